"""The first page: what waits for this person today, from every room."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import check_for_language
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

import consultations.dashboard
import followups.dashboard
import members.dashboard
import proposals.dashboard
import stations.dashboard
from kit.doors import public
from members.access import signed_in

ROOMS = (followups.dashboard, stations.dashboard, consultations.dashboard, proposals.dashboard, members.dashboard)


@signed_in
def home(request):
    """Show the cards of every room that has something for the actor."""
    on = timezone.localdate()
    cards = [card for room in ROOMS for card in room.cards_for(request.actor, on=on)]
    return TemplateResponse(request, "home.html", {"cards": cards, "today": on})


@public(because="the language can be chosen before signing in")
@require_POST
def choose_language(request):
    """Switch the language; whoever is signed in keeps it, for pages and for notices."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES) and check_for_language(language):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)
