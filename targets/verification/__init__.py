"""Who verifies what, and what verifying would do to the figures."""
