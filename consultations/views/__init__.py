"""Pages of the consultations room."""
