"""The API: read what you may see, and the same moves as the pages. Its description is at /api/schema/."""

import importlib

from django.urls import path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from members.access import HasActor

ROOMS = ("followups", "stations", "consultations", "proposals")


class SchemaView(SpectacularAPIView):
    """What the API offers, as OpenAPI, to anybody with a role."""

    permission_classes = [HasActor]


router = SimpleRouter()
for room in ROOMS:
    for prefix, viewset in importlib.import_module(f"{room}.api").VIEWSETS:
        router.register(prefix, viewset, basename=f"api-{prefix}")

urlpatterns = [
    path("schema/", SchemaView.as_view(), name="api-schema"),
    *router.urls,
]
