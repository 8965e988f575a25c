"""The pages of figures: overview, targets, districts, saved views."""
