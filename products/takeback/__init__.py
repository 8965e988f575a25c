"""Pages on which mistakes are taken back: records cancelled and brought back."""
