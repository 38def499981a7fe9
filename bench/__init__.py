"""The bench: invented data at a scale, and how long pages take over it."""
