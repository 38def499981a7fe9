"""Addresses of the proposals room."""

app_name = "proposals"

urlpatterns: list = []
