"""Tracks a province's targets for OCOP products and brands."""

__version__ = "1.0.0"
