"""Addresses of the follow-up room."""

from django.urls import path

from members.access import signed_in

app_name = "followups"

urlpatterns = [path("assignments/<int:pk>/", signed_in(lambda request, pk: None), name="detail")]
