"""The page of one assignment."""

from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from kit.trace import chain
from members.access import signed_in
from members.history import steps_of

from .. import access, clocks
from ..judgements import judged, looks_at
from ..sections import sections_of
from ..states import ASK_WORDS, JUDGED_IN, QUIET_WORDS, STEP_WORDS, AssignmentState

BEATS = [state for state in AssignmentState if state != AssignmentState.PAUSED]
MORE = ("contact", "milestone", "handler", "add_part", "supervise")  # done now and then: in the menu, in this order


@signed_in
@require_GET
def detail(request, pk):
    """One assignment: what is asked, its clock and why, what the unit does, answers, history, where it came from."""
    actor, on = request.actor, timezone.localdate()
    assignment = access.assignment_to("view", pk, actor=actor)
    assignment.light, assignment.days_left = assignment.light_on(on), (assignment.due_on - on).days
    verbs = access.can_now(assignment, actor=actor)
    if assignment.rating:
        verbs.discard("send_back")  # what was judged is handled a second time, under a clock of its own
    sections = sections_of(assignment, actor=actor, on=on)
    return TemplateResponse(
        request,
        "followups/assignment_detail.html",
        {
            "assignment": assignment,
            "can": verbs,
            "more": _more(assignment, verbs, sections, on=on),
            "receipt": getattr(assignment, "receipt", None),
            "beats": _beats(assignment),
            "count": clocks.explain(assignment),
            "sections": sections,
            "today": on,
            "may_clear": "clear_draft" in verbs and sections.draft and sections.draft.by_id != actor.person.pk,
            "steps": steps_of(assignment),
            "judged": judged(assignment, actor=actor),
            "looks": looks_at(assignment),
            "may_plan_look": "plan_look_back" in verbs and assignment.state in JUDGED_IN,
            "chain": chain(assignment, actor=actor),
            "crumbs": [(_("Follow-up"), reverse("followups:list")), (assignment.title, None)],
        },
    )


def _more(assignment, verbs, sections, *, on):
    """Return what is done now and then as (label, address): it stands in the menu."""
    words = {**STEP_WORDS, **QUIET_WORDS}
    lines = [(words[verb], reverse(f"followups:{verb}", args=[assignment.pk])) for verb in MORE if verb in verbs]
    if "make_pass" in verbs:
        lines.append((_("Let in without an account"), reverse("followups:pass_make", args=[assignment.pk])))
    if "ask" in verbs:
        lines += [
            (ASK_WORDS[kind][0], reverse("followups:ask", args=[assignment.pk, kind.value]))
            for kind in sections.asks(assignment, on=on)
        ]
    return lines


def _beats(assignment):
    """Return the five states of the way with where the assignment stands: past, here or ahead; paused is in hand."""
    here = BEATS.index(AssignmentState.IN_HAND if assignment.state == AssignmentState.PAUSED else assignment.state)
    marks = ["past"] * here + ["here"] + ["ahead"] * (len(BEATS) - here - 1)
    return [(beat.label, mark) for beat, mark in zip(BEATS, marks, strict=True)]
