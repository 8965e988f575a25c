"""Workbooks and text tables: read, understood, written."""
