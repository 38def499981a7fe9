"""Addresses of the stations room."""

app_name = "stations"

urlpatterns: list = []
