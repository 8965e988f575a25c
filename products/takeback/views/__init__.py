"""Pages on which records are cancelled, merged, brought back and separated again."""
