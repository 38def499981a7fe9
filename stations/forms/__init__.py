"""Forms of the front door, by noun."""
