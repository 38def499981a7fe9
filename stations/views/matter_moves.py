"""Moves of a resident's matter, one page per verb."""

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from followups.clocks import due_day
from followups.models import DeadlineRule
from members.acting import acted
from members.models import Person
from members.once import once

from .. import access, actions, reports
from ..forms.matters import AnswerForm, AssignForm, ClassifyForm, CloseForm, ReopenForm, TakeForm
from ..states import Difficulty, Rating
from .pages import form_page, show_form


@access.ledger_side
@form_page
def classify(request, pk):
    """Say how hard it is and who answers for it; the day follows."""
    matter, on = access.matter_to("classify", pk, actor=request.actor), timezone.localdate()
    owners = reports.people_of(matter.station)
    dues = _dues(matter, actions.clock_start(matter, on=on))
    initial = {"difficulty": matter.difficulty or None, "owner": matter.owner_id or matter.station.liaison_id}
    form = ClassifyForm(request.POST or None, owners=owners, dues=dues, initial=initial)
    if request.method == "POST" and form.is_valid():
        person = Person.objects.get(pk=form.cleaned_data["owner"])

        def sort():
            actions.classify_matter(
                matter, by=request.actor.person, difficulty=form.cleaned_data["difficulty"], owner=person, on=on
            )
            return matter

        # A matter may be classified again, so its state does not keep a form that is sent twice from counting twice.
        done = _("Classified. The named person has been told.")
        return acted(request, matter, lambda: once(form, request.actor, sort), done)
    return _page(request, matter, form, _("Classify"))


@access.ledger_side
@form_page
def take(request, pk):
    """Handle it at the station, by a day."""
    matter, on = access.matter_to("take", pk, actor=request.actor), timezone.localdate()
    initial = {"owner": matter.owner_id or matter.station.liaison_id, "due_on": matter.due_on}
    form = TakeForm(request.POST or None, on=on, owners=reports.people_of(matter.station), initial=initial)
    if request.method == "POST" and form.is_valid():
        values = form.values
        owner = Person.objects.get(pk=values.pop("owner"))
        return acted(
            request,
            matter,
            lambda: actions.take_matter(matter, by=request.actor.person, owner=owner, **values),
            _("Taken on. The named person has been told."),
        )
    return _page(request, matter, form, _("Handle it here"))


@access.ledger_side
@form_page
def assign(request, pk):
    """Hand it to a unit."""
    matter, on = access.matter_to("assign", pk, actor=request.actor), timezone.localdate()
    initial = {"difficulty": matter.difficulty or None, "request": matter.text or matter.subject}
    form = AssignForm(request.POST or None, on=on, dues=_dues(matter, on), initial=initial)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            matter,
            lambda: actions.assign_matter(matter, by=request.actor.person, on=on, **form.values),
            _("Handed over. The unit has been told and must sign for it."),
        )
    return _page(request, matter, form, _("Hand to a unit"))


@access.ledger_side
@form_page
def answer(request, pk):
    """Write down what the resident was told; the unit's answer is there to begin with."""
    matter, on = access.matter_to("answer", pk, actor=request.actor), timezone.localdate()
    reply = matter.assignment.replies.order_by("-pk").first() if matter.assignment else None
    form = AnswerForm(request.POST or None, initial={"answer": reply.text[:2000] if reply else ""})
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            matter,
            lambda: actions.answer_matter(matter, by=request.actor.person, on=on, **form.values),
            _("Answered. It can be closed once the resident has said how it was."),
        )
    return _page(request, matter, form, _("Tell the resident"))


@access.ledger_side
@form_page
def close(request, pk):
    """Strike it off with what the resident says."""
    matter, on = access.matter_to("close", pk, actor=request.actor), timezone.localdate()
    said = actions.said_of(matter)
    form = CloseForm(request.POST or None, said=said)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            matter,
            lambda: actions.close_matter(matter, by=request.actor.person, on=on, **form.values),
            _("Closed."),
        )
    lead = _("Judged already: %(said)s.") % {"said": Rating(said).label} if said else ""
    return _page(request, matter, form, _("Close the matter"), lead)


@access.ledger_side
@form_page
def reopen(request, pk):
    """Take it up again."""
    matter, on = access.matter_to("reopen", pk, actor=request.actor), timezone.localdate()
    form = ReopenForm(request.POST or None, handed_over=matter.assignment is not None, initial={"by_unit": "1"})
    if request.method == "POST" and form.is_valid():
        return acted(
            request, matter, lambda: actions.reopen_matter(matter, by=request.actor.person, on=on, **form.values)
        )
    return _page(request, matter, form, _("Reopen"))


def _dues(matter, start):
    """Return the difficulties with the day each would give; without the day where the committee lacks the rule."""
    choices = []
    for difficulty in Difficulty:
        try:
            due = due_day(matter.committee, f"matter_{difficulty.value}", on=start)
            day = date_format(due.on, "Y-m-d")
            label = _("%(difficulty)s – answer by %(day)s") % {"difficulty": difficulty.label, "day": day}
        except DeadlineRule.DoesNotExist:
            label = difficulty.label
        choices.append((difficulty.value, label))
    return choices


def _page(request, matter, form, title, lead=""):
    crumbs = [
        (_("Residents' matters"), reverse("stations:matter_list")),
        (matter.label, matter.get_absolute_url()),
        (title, None),
    ]
    return show_form(
        request,
        "stations/verb_form.html",
        form,
        title=title,
        subtitle=f"{matter.label} · {matter.subject}",
        matter=matter,
        lead=lead,
        back=matter.get_absolute_url(),
        crumbs=crumbs,
    )
