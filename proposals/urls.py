"""Addresses of the proposals room."""

from django.urls import path

from . import views

app_name = "proposals"

urlpatterns = [
    path("proposals/", views.proposal_list, name="list"),
    path("proposals/new/", views.create, name="create"),
    path("proposals/<int:pk>/", views.proposal_detail, name="detail"),
    path("proposals/<int:pk>/edit/", views.edit, name="edit"),
    path("proposals/<int:pk>/submit/", views.submit, name="submit"),
    path("proposals/<int:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("proposals/<int:pk>/return/", views.return_, name="return"),
    path("proposals/<int:pk>/file/", views.file, name="file"),
    path("proposals/<int:pk>/decline/", views.decline, name="decline"),
    path("proposals/<int:pk>/hand-over/", views.hand_over, name="hand_over"),
]
