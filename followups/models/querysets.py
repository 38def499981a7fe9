"""Assignments as lists and the board ask for them."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from .. import figures, questions
from ..states import JUDGED_IN, AssignmentState, Light, OriginKind, Part, Result, Show

NO_STATION = NO_TOPIC = "-"  # what a filter calls those that came from no station or topic
ORDINARY = "ordinary"  # what a filter calls those nobody supervises especially


class AssignmentQuerySet(models.QuerySet):
    """Assignments as lists and the board ask for them."""

    def visible_to(self, actor) -> AssignmentQuerySet:
        """Office and leaders see all, a unit its own, a person what they raised, members every outcome's as well."""
        if actor.sees_all:
            return self
        seen = Q(raised_by=actor.person) | Q(unit_id__in=actor.unit_ids)
        if actor.is_member:
            seen |= Q(origin_kind=OriginKind.OUTCOME)
        return self.filter(seen)

    def handled_by(self, actor) -> AssignmentQuerySet:
        """Those handed to the actor's units."""
        return self.filter(unit_id__in=actor.unit_ids)

    def together_with(self, assignment) -> AssignmentQuerySet:
        """The other parts of what was handed to several units: the leading row and what is part of it."""
        first = assignment.part_of_id or assignment.pk
        return self.filter(Q(pk=first) | Q(part_of=first)).exclude(pk=assignment.pk)

    def shares_of(self, assignment) -> AssignmentQuerySet:
        """What must be answered before the thing it came from is: itself, and every share that was split from it."""
        return self.filter(Q(pk=assignment.pk) | Q(part_of=assignment.pk, part=Part.SPLIT))

    def open(self) -> AssignmentQuerySet:
        """Not answered yet."""
        return self.filter(questions.is_open())

    def overdue(self, *, on: date) -> AssignmentQuerySet:
        """Open and past the day an answer was due."""
        return self.filter(questions.is_overdue(on))

    def due_soon(self, *, on: date) -> AssignmentQuerySet:
        """Open, in time, and at blue or yellow."""
        return self.filter(questions.shows(Light.BLUE, on) | questions.shows(Light.YELLOW, on))

    def unsigned(self) -> AssignmentQuerySet:
        """Handed over and not signed for."""
        return self.filter(questions.is_in(AssignmentState.HANDED_OVER))

    def unsigned_late(self, *, on: date) -> AssignmentQuerySet:
        """Handed over and not signed for in time."""
        return self.filter(questions.is_unsigned_late(on))

    def without_answer(self) -> AssignmentQuerySet:
        """With a receipt and no answer (有收条无回音)."""
        return self.filter(questions.is_without_answer())

    def answered(self) -> AssignmentQuerySet:
        """Answered, waiting to be struck off or sent back."""
        return self.filter(questions.is_in(AssignmentState.ANSWERED))

    def not_satisfied(self) -> AssignmentQuerySet:
        """Answered and judged not satisfied: to be handled again, or struck off all the same."""
        return self.answered().filter(rating=Result.NOT)

    def to_be_judged_by(self, actor) -> AssignmentQuerySet:
        """Answers the actor was asked about and has said nothing to."""
        asked = self.filter(questions.is_asked_about(), raised_by=actor.person, state__in=JUDGED_IN)
        return asked.order_by("feedback_due", "pk")

    def answered_since(self, day: date) -> AssignmentQuerySet:
        """Answered on or after a day, struck off since or not."""
        return self.filter(~questions.is_open(), answered_on__gte=day)

    def moved(self, *, since: date, verb: str = "") -> AssignmentQuerySet:
        """Those that a step was written for on or after a day, by one verb or by any."""
        steps = apps.get_model("followups", "AssignmentStep").objects.filter(at__gte=start_of(since))
        return self.filter(pk__in=(steps.filter(verb=verb) if verb else steps).values("thing"))

    def with_light(self, *, on: date) -> AssignmentQuerySet:
        """Adds `light`, the truth at this moment."""
        return self.annotate(
            light=Case(
                *(When(questions.shows(light, on), then=Value(light.value)) for light in Light if light != Light.GREEN),
                default=Value(Light.GREEN.value),
                output_field=models.CharField(),
            )
        )

    def looked_at(self, show: str, *, on: date) -> AssignmentQuerySet:
        """One view of the list; see `Show`."""
        if show == Show.ALL:
            return self
        return {
            Show.OPEN: self.open,
            Show.OVERDUE: lambda: self.overdue(on=on),
            Show.DUE_SOON: lambda: self.due_soon(on=on),
            Show.UNSIGNED: self.unsigned,
            Show.UNSIGNED_LATE: lambda: self.unsigned_late(on=on),
            Show.NO_ANSWER: self.without_answer,
            Show.ANSWERED: self.answered,
            Show.NOT_SATISFIED: self.not_satisfied,
        }[Show(show)]()

    def matching(self, *, on: date, **wishes) -> AssignmentQuerySet:
        """Those that meet every wish of the list's filter; an empty wish is none.

        Wishes: show, state, light, kind, moved (a verb), station (NO_STATION: from none), topic (NO_TOPIC), level
        (ORDINARY), figure (the key of a definition), q, unit, brand, group and year (numbers), month and closed_in
        (year, month), since, from and before (days), judged (a result) and again (handled a second time).
        """
        wish: Any = {name: value for name, value in wishes.items() if value}.get
        found = self.looked_at(wish("show", Show.ALL), on=on)
        if wish("state"):
            found = found.filter(questions.is_in(wish("state")))
        if wish("light"):
            found = found.filter(questions.shows(wish("light"), on))
        for name in ("unit", "brand", "group"):
            if wish(name):
                found = found.filter(**{f"{name}_id": wish(name)})
        if wish("kind"):
            found = found.filter(origin_kind=wish("kind"))
        if wish("station"):
            found = found.filter(origin_place="" if wish("station") == NO_STATION else wish("station"))
        if wish("topic"):
            found = found.filter(origin_topic="" if wish("topic") == NO_TOPIC else wish("topic"))
        if wish("level"):
            found = found.filter(level="" if wish("level") == ORDINARY else wish("level"))
        if wish("figure"):
            found = found.filter(figures.FILTERS[wish("figure")].ask(on))
        if wish("closed_in"):
            found = found.filter(questions.closed_in(*wish("closed_in")))
        if wish("from"):
            found = found.filter(handed_over_on__gte=wish("from"))
        if wish("year"):
            found = found.filter(questions.handed_over_in(wish("year")))
        if wish("month"):
            found = found.filter(questions.handed_over_in(*wish("month")))
        if wish("before"):
            found = found.filter(handed_over_on__lt=wish("before"))
        if wish("since") or wish("moved"):
            found = found.moved(since=wish("since", date(2000, 1, 1)), verb=wish("moved", ""))
        if wish("judged"):
            found = found.filter(rating=wish("judged"))
        if wish("again"):
            found = found.filter(rounds__gt=0)
        if wish("q"):
            found = found.filter(words__contains=wish("q").lower())
        return found

    def reddest_first(self) -> AssignmentQuerySet:
        """The longest overdue first, then by what is due next; meant for open ones, whose lights still change."""
        return self.order_by("due_on", "pk")

    def newest_first(self) -> AssignmentQuerySet:
        """The last handed over first; for lists in which most are done."""
        return self.order_by("-handed_over_on", "-pk")

    def with_list_columns(self) -> AssignmentQuerySet:
        """What a list of assignments shows, in one query."""
        return self.select_related("unit", "receipt").defer("request", "proof", "words", "unit__contact", "unit__phone")


def start_of(day: date) -> datetime:
    """Return the first moment of a day here."""
    return timezone.make_aware(datetime.combine(day, time.min))
