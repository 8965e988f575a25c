"""Pages that enter records. Only urls import from here."""
