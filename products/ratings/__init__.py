"""Ratings and their scoring sheets."""
