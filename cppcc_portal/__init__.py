"""The roof: settings, addresses, the home page and the clock. It imports every app and none imports it."""

from .celery import app as celery_app

__all__ = ["celery_app"]
