"""Pages of imports. Only urls import from here."""
