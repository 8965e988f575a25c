"""Rows that an import kept although they lack what counting needs: listed and completed."""
