"""Stories told from beginning to end through a real browser."""
