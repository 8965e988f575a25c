"""The steering committee's own work."""
