"""The first page: what waits for this person today, from every room."""

from django.template.response import TemplateResponse
from django.utils import timezone

import consultations.dashboard
import followups.dashboard
import members.dashboard
import proposals.dashboard
import stations.dashboard
from members.access import signed_in

ROOMS = (followups.dashboard, stations.dashboard, consultations.dashboard, proposals.dashboard, members.dashboard)


@signed_in
def home(request):
    """Show the cards of every room that has something for the actor."""
    on = timezone.localdate()
    cards = [card for room in ROOMS for card in room.cards_for(request.actor, on=on)]
    return TemplateResponse(request, "home.html", {"cards": cards, "today": on})
