"""Addresses kept under a name."""
