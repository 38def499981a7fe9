"""The API of the follow-up room: read what the actor sees, and the same moves as the pages, by the same forms."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from members.access import HasActor
from members.api import RoomViewSet
from members.models import Person

from .. import access, actions, clocks, forms, papers, reports
from ..board_form import BoardForm
from ..judging_forms import AgainForm, CloseWithDegreeForm, RateForm
from ..models import Assignment, Draft
from ..sections import sections_of
from ..states import RequestKind
from .serializers import (
    AssignmentDetailSerializer,
    AssignmentSerializer,
    DraftSerializer,
    FigureSerializer,
    PartSerializer,
    WhySerializer,
)


class AssignmentViewSet(RoomViewSet):
    """Assignments: list with the filter of the pages (`show`, `state`, `light`, `unit` …), detail, and the moves."""

    permission_classes = [HasActor]
    queryset = Assignment.objects.none()
    serializer_class = AssignmentSerializer

    def rows(self):
        """Return what the actor sees, narrowed as asked, reddest first."""
        on = timezone.localdate()
        found = super().rows().with_light(on=on).select_related("unit", "receipt")
        if self.action == "list":
            units = reports.units_of(self.actor)
            form = forms.FilterForm(self.request.GET, units=units, stations=[], reads_judgements=self.actor.sees_all)
            wishes = form.wishes
            return found.matching(on=on, **wishes).reddest_first()
        return found.prefetch_related("replies__degree", "milestones", "due_changes")

    def get_serializer_class(self):
        """Lists are short, one is told in full."""
        return AssignmentSerializer if self.action == "list" else AssignmentDetailSerializer

    @extend_schema(responses=FigureSerializer(many=True))
    @action(detail=False, methods=["get"])
    def figures(self, request: Request) -> Response:
        """Every figure of the board with its definition and version; for office and leaders.

        Takes `year` (2026, or term-<id>), `unit`, `brand` and `group` like the board.
        """
        if not self.actor.sees_all:
            raise PermissionDenied
        on, committee = timezone.localdate(), self.actor.committee
        options = reports.options_of(committee)
        chosen = BoardForm(request.GET, years=reports.years(on), options=options).chosen(on=on)
        told = papers.told(committee, chosen, on=on, options=options)
        rows = [
            {
                "definition": each.of.key,
                "version": each.of.version,
                "name": str(each.of.name),
                "table": each.table,
                "line": each.line,
                "label": each.label,
                "count": each.count if isinstance(each.count, int | float) else None,
            }
            for each in told
        ]
        return Response(FigureSerializer(rows, many=True).data)

    @extend_schema(responses=WhySerializer)
    @action(detail=True, methods=["get"])
    def why(self, request: Request, pk: str) -> Response:
        """Why the answer is due on its day, counted day by day."""
        assignment = access.assignment_to("view", pk, actor=self.actor)
        count = clocks.explain(assignment)
        days = count.days if count else []
        found = {
            "rule": count.rule if count else None,
            "start": assignment.handed_over_on,
            "days": [day._asdict() for day in days],
            "counted_to": days[-1].on if days else None,
            "due_on": assignment.due_on,
            "ends_on_it": bool(count and count.ends_on_it),
            "provisional": assignment.is_provisional,
            "calendar_version": assignment.calendar_version,
        }
        return Response(WhySerializer(found).data)

    @extend_schema(responses=PartSerializer(many=True))
    @action(detail=True, methods=["get"])
    def parts(self, request: Request, pk: str) -> Response:
        """The other parts of what several units handle together, with their light."""
        on = timezone.localdate()
        assignment = access.assignment_to("view", pk, actor=self.actor)
        found = sections_of(assignment, actor=self.actor, on=on).parts
        return Response(PartSerializer(found, many=True).data)

    @extend_schema(responses=DraftSerializer)
    @action(detail=True, methods=["get"])
    def draft(self, request: Request, pk: str) -> Response:
        """The answer that is still inside the unit; only for its officers, 404 while there is none."""
        return Response(DraftSerializer(self._draft("draft")).data)

    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Sign for it: `handler` (may be empty)."""
        return self._move("sign", actions.sign_for, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def progress(self, request: Request, pk: str) -> Response:
        """Report progress: `text`."""
        return self._move("progress", actions.report_progress)

    @action(detail=True, methods=["post"])
    def handler(self, request: Request, pk: str) -> Response:
        """Name who handles it: `handler`."""
        return self._move("handler", actions.name_handler)

    @action(detail=True, methods=["post"])
    def contact(self, request: Request, pk: str) -> Response:
        """Note that whoever raised it was heard: `way`, `text`."""
        return self._move("contact", actions.note_contact, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def milestone(self, request: Request, pk: str) -> Response:
        """Promise something in between: `title`, `due_on`."""
        assignment = access.assignment_to("milestone", pk, actor=self.actor)
        form = partial(forms.MilestoneForm, assignment=assignment, on=timezone.localdate())
        return self.move(assignment, form, actions.add_milestone)

    @action(detail=True, methods=["post"])
    def ask(self, request: Request, pk: str) -> Response:
        """Ask the office: `kind` (release, extension, pause), `reason`, for an extension `wished_on`."""
        assignment = access.assignment_to("ask", pk, actor=self.actor)
        kind = request.data.get("kind") if isinstance(request.data, dict) else None
        if kind not in RequestKind.values:
            return Response({"kind": [_("Please say what is asked for.")]}, status=status.HTTP_400_BAD_REQUEST)
        form = partial(forms.AskForm, assignment=assignment, kind=kind)
        return self.move(assignment, form, actions.ask, kind=kind, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        """Let the clock of a paused one run on: `words` (may be empty)."""
        return self._move("resume", actions.resume, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        """Answer it: `text`, `degree` (where the committee has letters); `as_draft` keeps it inside the unit.

        Where the unit clears its answers it waits to be cleared; `version` is the draft that was read.
        """
        assignment, on = access.assignment_to("answer", pk, actor=self.actor), timezone.localdate()
        draft = Draft.objects.filter(assignment=assignment).first()
        form = partial(forms.AnswerForm, assignment=assignment, on=on, draft=draft)
        return self.move(assignment, form, actions.give_answer, on=on)

    @action(detail=True, methods=["post"])
    def clear_draft(self, request: Request, pk: str) -> Response:
        """Clear a draft somebody else in the unit wrote, and send it: `version` of the draft that was read."""
        draft = self._draft("clear_draft")

        def act(assignment: Assignment, *, by: Person, version: int) -> None:
            draft.version = version
            actions.clear_draft(draft, by=by, on=timezone.localdate())

        return self.move(draft.assignment, forms.DraftForm, act)

    @action(detail=True, methods=["post"])
    def return_draft(self, request: Request, pk: str) -> Response:
        """Give a draft back to whoever wrote it: `version`, `words`."""
        draft = self._draft("return_draft")

        def act(assignment: Assignment, *, by: Person, version: int, words: str) -> None:
            draft.version = version
            actions.return_draft(draft, by=by, words=words)

        return self.move(draft.assignment, forms.ReturnDraftForm, act)

    @action(detail=True, methods=["post"])
    def supervise(self, request: Request, pk: str) -> Response:
        """Say who presses and the number with the supervision office: `level`, `external_number`."""
        assignment = access.assignment_to("supervise", pk, actor=self.actor)
        return self.move(assignment, partial(forms.SupervisionForm, assignment=assignment), actions.set_supervision)

    @action(detail=True, methods=["post"])
    def add_part(self, request: Request, pk: str) -> Response:
        """Ask one more unit for its opinion: `unit`, `request`."""
        assignment, on = access.assignment_to("add_part", pk, actor=self.actor), timezone.localdate()
        return self.move(assignment, partial(forms.AddPartForm, assignment=assignment), actions.add_assisting, on=on)

    @action(detail=True, methods=["post"])
    def send_back(self, request: Request, pk: str) -> Response:
        """Send the answer back: `reason`."""
        return self._move("send_back", actions.send_back, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        """Strike it off: `proof`, and `degree` where the office corrects it."""
        assignment, on = access.assignment_to("close", pk, actor=self.actor), timezone.localdate()
        return self.move(assignment, partial(CloseWithDegreeForm, on=on), actions.close, on=on)

    @action(detail=True, methods=["post"])
    def rate(self, request: Request, pk: str) -> Response:
        """Judge the answer: `result`, `attitude`, and what else is wanted; who may is who raised it."""
        assignment = access.assignment_to("rate", pk, actor=self.actor)
        return self.move(assignment, partial(RateForm, kind=assignment.origin_kind), actions.rate)

    @action(detail=True, methods=["post"])
    def rehandle(self, request: Request, pk: str) -> Response:
        """Have an answer handled a second time: `reason`."""
        return self._move("rehandle", actions.rehandle, on=timezone.localdate())

    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Take up again what was struck off: `reason`."""
        return self._move("reopen", actions.reopen, on=timezone.localdate())

    def _move(self, verb: str, act: Any, **more: Any) -> Response:
        """Fetch the assignment for this verb and move it."""
        assignment = access.assignment_to(verb, self.kwargs["pk"], actor=self.actor)
        return self.move(
            assignment, {**forms.MOVE_FORMS, "rehandle": AgainForm, "reopen": AgainForm}[verb], act, **more
        )

    def _draft(self, verb: str) -> Draft:
        """Return what the unit has drafted of the assignment in the address; 404 while there is nothing."""
        assignment = access.assignment_to(verb, self.kwargs["pk"], actor=self.actor)
        draft = Draft.objects.filter(assignment=assignment).select_related("by", "degree").first()
        if draft is None:
            raise Http404
        draft.assignment = assignment
        return draft
