"""Pages of the followups room."""
