"""Addresses of the consultations room."""

app_name = "consultations"

urlpatterns: list = []
