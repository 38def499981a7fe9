"""Tests with the real Redis, Celery worker and Celery beat."""
