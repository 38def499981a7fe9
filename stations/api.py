"""The API of the stations room."""

VIEWSETS: list = []
