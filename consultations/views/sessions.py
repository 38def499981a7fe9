"""Pages of sessions: the list, one session, scheduling and changing, its moves."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followups.models import TaskList
from followups.task_lists import tasks_of
from kit.doors import can
from kit.forms import PortalForm
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from kit.workflow import MoveRefused
from members.access import signed_in, station_side
from members.acting import acted
from members.history import steps_of
from members.once import once

from .. import access, clashes, questions, reports
from ..actions import meeting as meeting_actions
from ..actions import sessions as actions
from ..forms.circle import Circle
from ..forms.papers import PapersForm
from ..forms.sessions import LeaveForm, QuickForm, SessionFilter, SessionForm, initial_of
from ..forms.topics import ReasonForm
from ..models import ConsultationForm, Participant, Session, Topic
from .common import form_page, session_crumbs, show_form
from .rows import outcome_rows, seat_lines, session_rows


class _InTheWay(Exception):
    """Something clashes that whoever saves has not seen yet."""

    def __init__(self, found):
        super().__init__()
        self.clashes = found


@signed_in
@require_GET
@or_part("consultations/_session_rows.html")
def session_list(request):
    """The sessions the actor may see: own ones, those to come, those without minutes, all."""
    actor, now = request.actor, timezone.now()
    filters = SessionFilter(request.GET, forms_=ConsultationForm.objects.values_list("pk", "name"))
    wishes = filters.wishes
    show = wishes.pop("show", "all")
    sessions = Session.objects.visible_to(actor)
    if show == "mine":
        sessions = sessions.inviting(actor)
    elif show == "coming":
        sessions = sessions.upcoming(at=now).order_by("starts_at", "pk")
    elif show == "owed":
        sessions = sessions.without_minutes(at=now)
    page = page_of(sessions.matching(**wishes).with_list_columns(), request)
    mine = Participant.objects.of(actor).filter(session__in=[session.pk for session in page])
    answers = {seat.session_id: seat for seat in mine.only("session", "state")}
    for session in page:
        session.my_seat = answers.get(session.pk)
    context = {
        "page": page,
        "lines": session_rows(page),
        "filters": filters,
        "show": show,
        "may_create": actor.is_clerk or actor.is_keeper,
        "crumbs": [(_("Consultations"), None)],
    }
    return TemplateResponse(request, "consultations/session_list.html", context)


@signed_in
@require_GET
def session_detail(request, pk):
    """One session: what, when, where, who comes, the papers, what came out; and what the actor may do now."""
    return detail_page(request, access.session_to("view", pk, actor=request.actor))


def detail_page(request, session, *, status=200, **bound):
    """Show a session; `bound` holds a form that was refused, so that it is shown again with what was typed."""
    actor = request.actor
    may = can(session, may=access.SESSION_MAY, actor=actor)
    key = session.committee_id, session.pk
    seats = questions.SEATS.rows(*key)
    mine = [seat for seat in seats if access.is_invited(actor, seat)]
    runs = "run" in may
    reads = "read_minutes" in may and session.is_held
    kinds = {seat.kind for seat in seats}
    sides = reports.sides(seats)
    for side in sides:
        side.lines = seat_lines(side.seats, session, reads=reads)
    outcomes = outcomes_of(session, actor) if reads else []
    context = {
        "session": session,
        "can": may,
        "runs": runs,
        "reads": reads,
        "sides": sides,
        "answers": reports.answers(seats),
        "requests": [seat for seat in seats if seat.state == "leave_asked"] if runs else [],
        "mine": mine if session.state == "notified" else [],
        "missing": actions.sides_missing(kinds) if runs and session.is_upcoming else [],
        "papers": questions.PAPERS.rows(*key),
        "consensus": questions.CONSENSUS.rows(*key) if reads else [],
        "reserved": questions.RESERVED.rows(*key) if reads else [],
        "outcomes": outcomes,
        "outcome_lines": outcome_rows(
            outcomes, propose=actor.is_member, linked=actor.sees_directory, lists="start_list" in may
        ),
        "steps": steps_of(session) if runs or actor.sees_all else None,
        "chain": chain(session, actor=actor),
        "today": timezone.localdate(),
        "leave_form": LeaveForm(),
        "papers_form": PapersForm() if runs and not session.has_minutes and session.state != "cancelled" else None,
        "bare": PortalForm(),
        "crumbs": session_crumbs(session),
        **bound,
    }
    return TemplateResponse(request, "consultations/session_detail.html", context, status=status)


def outcomes_of(session, actor):
    """Return the outcomes with the light of what was handed over, and the task list of each as the actor may see it."""
    found = questions.OUTCOMES.rows(session.committee_id, session.pk)
    today = timezone.localdate()
    for outcome in found:
        outcome.light = outcome.assignment.light_on(today) if outcome.assignment else None
    _attach_lists([outcome for outcome in found if outcome.task_list_id], actor, on=today)
    return found


def _attach_lists(outcomes, actor, *, on):
    """Give outcomes their task lists, and whoever sees the lists also the measures with their state."""
    if not outcomes:
        return
    lists = TaskList.objects.in_bulk({outcome.task_list_id for outcome in outcomes})
    measures: dict = {}
    for task in tasks_of(lists.values(), on=on) if actor.sees_all else ():
        measures.setdefault(task.task_list_id, []).append(task)
    for outcome in outcomes:
        outcome.task_list = lists[outcome.task_list_id]
        outcome.task_list.measures = measures.get(outcome.task_list_id, ())
        outcome.task_list.is_open_to_reader = actor.sees_all


@station_side
@form_page
def session_create(request):
    """Put a session on the calendar; what clashes is told before it is saved."""
    actor = request.actor
    form = SessionForm(
        request.POST or None, request.FILES or None, circle=Circle(actor), initial=_first_values(request)
    )
    found = []
    if request.method == "POST" and form.is_valid():

        def schedule():
            # Asked inside, so that a form sent twice does not stand in its own way.
            clashing = _clashes(form, actor)
            if not _may_save(form, clashing):
                raise _InTheWay(clashing)
            return actions.schedule_session(
                committee=actor.committee,
                by=actor.person,
                guests=form.guests,
                uploads=form.cleaned_data["uploads"],
                **form.words,
            )

        try:
            return redirect(once(form, actor, schedule))
        except MoveRefused as refused:
            messages.warning(request, str(refused))
        except _InTheWay as stop:
            found = stop.clashes
    return _session_form(request, form, found, _("Schedule a session"))


@station_side
@form_page
def session_edit(request, pk):
    """Change a session that was not opened yet."""
    session = access.session_to("edit", pk, actor=request.actor)
    circle = Circle(request.actor)
    form = SessionForm(request.POST or None, circle=circle, initial=initial_of(session))
    del form.fields["papers"]  # the page of the session takes them
    found = []
    if request.method == "POST" and form.is_valid():
        found = _clashes(form, request.actor, but=session)
        if _may_save(form, found):

            def edit():
                actions.edit_session(
                    session, by=request.actor.person, guests=form.guests, at=timezone.now(), **form.words
                )

            return acted(request, session, edit, _("Saved."))
    return _session_form(request, form, found, _("Change the session"), session)


def _first_values(request):
    """Return what a new session starts with: a day from the calendar, a topic with its form, the keeper's station."""
    first = {"day": timezone.localdate() + timedelta(days=7), "begins": "09:00", "ends": "11:00"}
    wanted = request.GET.get("day", "")
    if wanted and request.method == "GET":
        first["day"] = wanted
    topic = request.GET.get("topic", "")
    if topic.isascii() and topic.isdigit() and len(topic) < 19:
        named = Topic.objects.visible_to(request.actor).filter(pk=topic).first()
        if named:
            first |= {"topic": named, "title": named.title, "form": named.form_id}
    return first


def _clashes(form, actor, but=None):
    words, guests = form.cleaned_data, form.guests
    people = {person.pk for person in (*guests.members, *guests.experts)}
    if words["chair"]:
        people.add(words["chair"])
    where = {"station": words["station"], "place": words["place"]}
    return clashes.clashes(committee=actor.committee.pk, **form.hours, **where, people=people, but=but)


def _may_save(form, found):
    """Say whether nothing clashes, or whoever saves has seen this very list; else the form asks with it."""
    mark = clashes.digest(found)
    if form.cleaned_data["seen"] == mark:
        return True
    form.show_mark(mark)
    return not found


def _session_form(request, form, found, title, session=None):
    crumbs = session_crumbs(session, _("Change")) if session else session_crumbs(None, title)
    context = {"form": form, "clashes": found, "title": title, "session": session, "crumbs": crumbs}
    return show_form(request, "consultations/session_form.html", context)


@station_side
@form_page
def session_quick(request):
    """Open a session on the spot, from one short form."""
    actor, now = request.actor, timezone.localtime()
    first = {"day": now.date(), "begins": f"{now:%H:%M}", "ends": f"{now + timedelta(hours=1):%H:%M}"}
    if now.hour == 23:
        first["ends"] = "23:59"
    form = QuickForm(request.POST or None, circle=Circle(actor), initial=first)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(once(form, actor, lambda: _open_at_once(request, form)))
        except MoveRefused as refused:
            messages.warning(request, str(refused))
    context = {"form": form, "crumbs": session_crumbs(None, _("On-site session"))}
    return show_form(request, "consultations/session_quick.html", context)


def _open_at_once(request, form):
    """Make the session; one for today or earlier is opened, and its meeting page is where one goes."""
    actor, now = request.actor, timezone.now()
    session = actions.schedule_session(committee=actor.committee, by=actor.person, guests=form.guests, **form.words)
    if timezone.localdate(session.starts_at) > timezone.localdate(now):
        return session
    meeting_actions.open_session(session, by=actor.person, at=now)
    return f"{session.get_absolute_url()}meeting/"


@station_side
@require_POST
def session_notify(request, pk):
    """Send the notice to everybody invited."""
    session = access.session_to("notify", pk, actor=request.actor)
    return acted(
        request,
        session,
        lambda: actions.notify_session(session, by=request.actor.person, at=timezone.now()),
        _("The notice has gone out; reminders follow seven, three and one day before."),
    )


@station_side
@form_page
def session_cancel(request, pk):
    """Call it off, with the reason."""
    session = access.session_to("cancel", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(
            request,
            session,
            lambda: actions.cancel_session(session, by=request.actor.person, **form.values),
            _("Cancelled. Whoever had been invited is told."),
        )
    context = {
        "form": form,
        "title": _("Cancel the session"),
        "subtitle": session.title,
        "lead": _("Whoever was invited reads this reason."),
        "back": session.get_absolute_url(),
        "crumbs": session_crumbs(session, _("Cancel the session")),
    }
    return show_form(request, "consultations/verb_form.html", context)
