"""The fault harness: the real portal under load, its processes killed at random, its promises checked afterwards."""
