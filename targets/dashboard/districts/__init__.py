"""Districts side by side, and one for itself."""
