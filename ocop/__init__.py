"""The OCOP target tracker of Trà Vinh province."""

__version__ = "1.0.0"
