"""Pages of topics: the list, one topic with its chain, drafting and changing, and its moves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from followups.models import TaskList
from followups.task_lists import progress_of
from kit.doors import can
from kit.htmx import or_part
from kit.paging import page_of
from kit.trace import chain
from kit.workflow import MoveRefused
from members.access import directory, office_only
from members.acting import acted
from members.history import steps_of
from members.once import once
from stations.models import Matter

from .. import access, questions
from ..actions import topics as actions
from ..forms.topics import ReasonForm, TopicFilter, TopicForm
from ..models import ConsultationForm, Plan, Topic
from ..states import TopicSource
from .common import form_page, show_form, topic_crumbs
from .rows import topic_rows

RECENT = 12  # years of plans the list of topics offers


@directory
@require_GET
@or_part("consultations/_topic_rows.html")
def topic_list(request):
    """The topics, by year of plan, form and state."""
    plans = list(Plan.objects.all()[:RECENT])
    filters = TopicFilter(
        request.GET,
        years=_years(plans, request.GET.get("year", "")),
        forms_=ConsultationForm.objects.values_list("pk", "name"),
    )
    topics = Topic.objects.visible_to(request.actor).matching(**filters.wishes).with_list_columns()
    crumbs = [(_("Topics and plan"), None)]
    page = page_of(topics, request)
    context = {"page": page, "lines": topic_rows(page), "filters": filters, "plans": plans[:3], "crumbs": crumbs}
    return TemplateResponse(request, "consultations/topic_list.html", context)


def _years(plans, asked):
    """Return the years to choose from: those of the latest plans, and an older one that was asked for."""
    years = [plan.year for plan in plans]
    older = int(asked) if len(asked) == 4 and asked.isascii() and asked.isdigit() else None
    if older and older not in years and Plan.objects.filter(year=older).exists():
        years.append(older)
    return years


@directory
@require_GET
def topic_detail(request, pk):
    """One topic: what it is about, its sessions, where it came from and what came of it."""
    topic = access.topic_to("view", pk, actor=request.actor)
    key = topic.committee_id, topic.pk
    children = questions.CHILDREN.rows(*key)
    context = {
        "topic": topic,
        "can": can(topic, may=access.TOPIC_MAY, actor=request.actor),
        "is_open": topic.state in ("drafted", "confirmed"),
        "units": questions.UNITS.rows(*key),
        "sessions": questions.SESSIONS.rows(*key),  # whoever sees topics sees every session
        "children": children,
        "lists": _lists_of([topic, *children]) if request.actor.sees_all else [],
        "steps": steps_of(topic),
        "chain": chain(topic, actor=request.actor),
        "crumbs": topic_crumbs(topic.title),
    }
    return TemplateResponse(request, "consultations/topic_detail.html", context)


def _lists_of(topics):
    """Return the task lists of some topics with how far each has come."""
    keys = {topic.task_list_id for topic in topics} - {None}
    lists = list(TaskList.objects.filter(pk__in=keys).order_by("pk")) if keys else []
    progress = progress_of(lists) if lists else {}
    return [(task_list, progress[task_list.pk]) for task_list in lists]


@office_only
@form_page
def topic_create(request):
    """Draft a topic, also from a resident's matter (?matter=), on a plan (?plan=), or below another one (?parent=)."""
    named = request.POST if request.method == "POST" else request.GET
    matter = _named(Matter.objects.visible_to(request.actor), named.get("matter"))
    plan = _named(Plan.objects.all(), named.get("plan")) if request.method == "GET" else None
    parent = _named(Topic.objects.visible_to(request.actor), named.get("parent"))
    first = {"source": TopicSource.RESIDENTS, "title": matter.subject[:120], "goal": matter.text} if matter else {}
    if parent:
        first |= {name: getattr(parent, name) for name in ("source", "form", "lead_group", "leader")}
    form = TopicForm(
        request.POST or None,
        instance=Topic(committee=request.actor.committee),
        initial={**first, **({"plan": plan} if plan else {})},
    )
    if request.method == "POST" and form.is_valid():
        try:
            return redirect(
                once(
                    form,
                    request.actor,
                    lambda: actions.draft_topic(
                        committee=request.actor.committee,
                        by=request.actor.person,
                        matter=matter,
                        parent=parent,
                        **form.words,
                    ),
                )
            )
        except MoveRefused as refused:
            messages.warning(request, str(refused))
    context = {
        "form": form,
        "matter": matter,
        "parent": parent,
        "title": _("Draft a topic"),
        "crumbs": topic_crumbs(_("Draft a topic")),
    }
    return show_form(request, "consultations/topic_form.html", context)


@office_only
@form_page
def topic_edit(request, pk):
    """Change the words of a topic."""
    topic = access.topic_to("edit", pk, actor=request.actor)
    form = TopicForm(request.POST or None, instance=topic)
    if request.method == "POST" and form.is_valid():
        return acted(
            request, topic, lambda: actions.edit_topic(topic, by=request.actor.person, **form.words), _("Saved.")
        )
    way = topic_crumbs(_("Change"), (topic.title, topic.get_absolute_url()))
    context = {"form": form, "topic": topic, "title": _("Change the topic"), "crumbs": way}
    return show_form(request, "consultations/topic_form.html", context)


@office_only
@require_POST
def topic_confirm(request, pk):
    """Fix it as one that is consulted about."""
    topic = access.topic_to("confirm", pk, actor=request.actor)
    return acted(
        request, topic, lambda: actions.confirm_topic(topic, by=request.actor.person), _("The topic is settled.")
    )


@office_only
@require_POST
def topic_close(request, pk):
    """Close it: its consultation is done."""
    topic = access.topic_to("close", pk, actor=request.actor)
    return acted(request, topic, lambda: actions.close_topic(topic, by=request.actor.person), _("Closed."))


@office_only
@form_page
def topic_drop(request, pk):
    """Drop it, with the reason."""
    topic = access.topic_to("drop", pk, actor=request.actor)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return acted(request, topic, lambda: actions.drop_topic(topic, by=request.actor.person, **form.values))
    way = topic_crumbs(_("Drop the topic"), (topic.title, topic.get_absolute_url()))
    context = {"form": form, "title": _("Drop the topic"), "subtitle": topic.title, "back": topic, "crumbs": way}
    return show_form(request, "consultations/verb_form.html", context)


def _named(things, pk):
    """Return the thing an address or a form names; None when it names none, 404 when there is no such thing."""
    if not pk:
        return None
    thing = things.filter(pk=pk).first() if pk.isascii() and pk.isdigit() and len(pk) < 19 else None
    if thing is None:
        raise Http404
    return thing
