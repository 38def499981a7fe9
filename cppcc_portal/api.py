"""The API: read what you may see, and the same moves as the pages."""

urlpatterns: list = []
