"""Every address of the portal."""

from django.contrib.auth import views as auth
from django.urls import include, path

from kit.doors import public
from members.access import signed_in

from . import coverage, home, import_pages

_sign_in = public(because="a stranger signs in here")(auth.LoginView.as_view(redirect_authenticated_user=True))
_sign_out = public(because="signing out twice must not fail")(auth.LogoutView.as_view())

urlpatterns = [
    path("", home.home, name="home"),
    path("sign-in/", _sign_in, name="login"),
    path("sign-out/", _sign_out, name="logout"),
    path("password/", signed_in(auth.PasswordChangeView.as_view()), name="password_change"),
    path("password/done/", signed_in(auth.PasswordChangeDoneView.as_view()), name="password_change_done"),
    path("language/", home.choose_language, name="set_language"),
    path("imports/", import_pages.import_list, name="import_list"),
    path("imports/<int:pk>/", import_pages.import_detail, name="import_detail"),
    path("imports/<int:pk>/commit/", import_pages.import_commit, name="import_commit"),
    path("imports/template/<slug:kind>/", import_pages.import_template, name="import_template"),
    path("board/coverage/", coverage.coverage, name="coverage"),
    path("", include("members.urls")),
    path("", include("followups.urls")),
    path("", include("stations.urls")),
    path("", include("consultations.urls")),
    path("", include("proposals.urls")),
    path("api/", include("cppcc_portal.api")),
]

handler500 = "cppcc_portal.trouble.server_error"
