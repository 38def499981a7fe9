"""Pages on which a task list begins: from a topic, and from what came out of a session."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from followups.forms.task_lists import TaskListForm
from followups.models import TaskList
from kit.workflow import MoveRefused
from members.access import office_only
from members.once import once

from .. import access, questions
from ..actions import task_lists as actions
from ..forms.fields import PickField
from .common import form_page, session_crumbs, show_form, topic_crumbs


@office_only
@form_page
def topic_task_list(request, pk):
    """Begin the task list of a topic."""
    topic = access.topic_to("start_list", pk, actor=request.actor)
    if topic.task_list_id:
        return redirect("followups:task_list_detail", topic.task_list_id)
    form = _form(request, about=topic.title, kind="issues")
    if request.method == "POST" and form.is_valid():
        made = _begun(request, form, lambda: actions.list_from_topic(topic, by=request.actor.person, **form.values))
        if made:
            return redirect(made)
    title = _("Write a task list")
    context = {
        "form": form,
        "title": title,
        "back": topic.get_absolute_url(),
        "crumbs": topic_crumbs(title, (topic.title, topic.get_absolute_url())),
    }
    return show_form(request, "followups/task_list_form.html", context)


@office_only
@form_page
def session_task_list(request, pk):
    """Begin a task list about outcomes of a session; `?outcome=` ticks one of them."""
    session = access.session_to("start_list", pk, actor=request.actor)
    outcomes = [one for one in questions.OUTCOMES.rows(session.committee_id, session.pk) if not one.task_list_id]
    form = _form(request, about=session.title, kind="report")
    form.fields["outcomes"] = PickField(label=_("Outcomes it is about"), rows=[(one.pk, str(one)) for one in outcomes])
    asked = request.POST if request.method == "POST" else request.GET
    ticked = PickField.ticked(asked.getlist("outcomes" if request.method == "POST" else "outcome"))
    if request.method == "POST" and form.is_valid():
        words = form.values
        chosen = set(words.pop("outcomes"))
        made = _begun(
            request,
            form,
            lambda: actions.list_from_outcomes(
                [one for one in outcomes if one.pk in chosen],
                committee=request.actor.committee,
                by=request.actor.person,
                **words,
            ),
        )
        if made:
            return redirect(made)
    title = _("Write a task list")
    context = {
        "form": form,
        "title": title,
        "back": session.get_absolute_url(),
        "outcomes": [(one.pk, str(one)) for one in outcomes],
        "ticked": ticked,
        "crumbs": session_crumbs(session, title),
    }
    return show_form(request, "followups/task_list_form.html", context)


def _form(request, **first):
    """Return the form of a list that begins with these words."""
    return TaskListForm(
        request.POST or None,
        instance=TaskList(committee=request.actor.committee),
        initial={"given_on": timezone.localdate(), **first},
    )


def _begun(request, form, begin):
    """Begin a list once and return where its points are written; None when it was refused, which is told."""
    try:
        return once(form, request.actor, lambda: reverse("followups:task_list_points", args=[begin().pk]))
    except MoveRefused as refused:
        messages.warning(request, str(refused))
        return None
