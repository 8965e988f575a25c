"""Files people hand in to be kept and looked at: what they are, pictures of their pages."""
