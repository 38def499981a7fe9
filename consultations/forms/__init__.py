"""Forms of the consultations room: topics and plans, sessions, and what is written in a meeting."""
