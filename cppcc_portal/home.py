"""The first page: what waits for this person today, from every room."""

from django.conf import settings
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import check_for_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django.views.i18n import set_language

import consultations.dashboard
import followups.dashboard
import members.dashboard
import proposals.dashboard
import stations.dashboard
from kit.doors import public
from members.access import signed_in

ROOMS = (followups.dashboard, stations.dashboard, consultations.dashboard, proposals.dashboard, members.dashboard)
NOON, EVENING = 12, 18


@signed_in
@require_GET
def home(request):
    """Show the cards of every room that has something for the actor; what draws the eye comes first."""
    now = timezone.localtime()
    cards = [card for room in ROOMS for card in room.cards_for(request.actor, on=now.date())]
    cards.sort(key=lambda card: card.tone != "bad")
    context = {"cards": cards, "today": now.date(), "greeting": _greeting(now.hour, request.actor.person.name)}
    return TemplateResponse(request, "home.html", context)


def _greeting(hour: int, name: str) -> str:
    """Return a greeting that fits the hour."""
    if hour < NOON:
        words = _("Good morning, %(name)s")
    else:
        words = _("Good afternoon, %(name)s") if hour < EVENING else _("Good evening, %(name)s")
    return words % {"name": name}


@public(because="the language can be chosen before signing in")
@require_POST
def choose_language(request):
    """Switch the language; whoever is signed in keeps it, for pages and for notices."""
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in dict(settings.LANGUAGES) and check_for_language(language):
        request.user.language = language
        request.user.save(update_fields=["language"])
    return set_language(request)
