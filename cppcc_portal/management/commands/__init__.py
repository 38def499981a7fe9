"""What can be typed after `manage.py`: setup, serve, tick, catalogue."""
