"""The page of one target."""
