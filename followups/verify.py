"""What must agree in the follow-up room: states with steps, receipts with their series, the board, the reminders."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from kit.tenancy import committee_scope, every_committee
from members.models import Committee, Notice, NumberSeries, RoleGrant
from members.states import Role
from members.verify import state_differences

from . import figures, tallies
from .models import Assignment, AssignmentStep, DueChange, LookBack, Rating, Receipt, YearCount
from .states import JUDGED_IN, RUNNING, AssignmentState

TOLD = ("unit_id", "origin_place", "origin_topic", "handed_over_on", "level", "state", "due_on")
BOARD_KEYS = [each.key for each in figures.BOARD]


def differences() -> list[str]:
    """Return everything that does not agree, over all committees; nothing when all is well."""
    with every_committee(because="the nightly check looks at everybody's rows"):
        found = [
            *state_differences(Assignment),
            *_receipt_differences(),
            *_reminder_differences(),
            *_judgement_differences(),
        ]
        committees = list(Committee.objects.all())
    for committee in committees:
        with committee_scope(committee.pk):
            found += _board_differences(committee, on=timezone.localdate())
            found += _year_differences(committee)
    return found


def _receipt_differences() -> list[str]:
    """Receipts of each committee and year are 1..n, n is what the series says, and whatever was signed for has one."""
    found = []
    series = {
        (row["committee_id"], row["year"]): row["last"]
        for row in NumberSeries.objects.filter(kind="receipt").values("committee_id", "year", "last")
    }
    given = Receipt.objects.order_by().values("committee_id", "year")
    for row in given.annotate(count=Count("pk"), first=Min("number"), last=Max("number")):
        key = (row["committee_id"], row["year"])
        if (row["first"], row["last"]) != (1, row["count"]):
            found.append(f"receipts of committee {key[0]} in {key[1]} are not numbered 1 to {row['count']}")
        if series.pop(key, 0) != row["last"]:
            found.append(f"receipts of committee {key[0]} in {key[1]}: the series does not end at {row['last']}")
    found += [f"receipts of committee {pk} in {year}: the series is at {last}" for (pk, year), last in series.items()]
    unsigned = Assignment.objects.exclude(state=AssignmentState.HANDED_OVER).filter(receipt=None)
    found += [f"assignment {pk}: signed for without a receipt" for pk in unsigned.values_list("pk", flat=True)]
    early = Receipt.objects.filter(assignment__state=AssignmentState.HANDED_OVER)
    early = early.exclude(assignment__steps__verb="pass_on")  # its receipt was given by the unit before
    found += [f"assignment {pk}: a receipt without a signature" for pk in early.values_list("assignment_id", flat=True)]
    return found


def _judgement_differences() -> list[str]:
    """An assignment's judgement is the one of its round, only answers are judged, and a look that is done found sth."""
    this_time = Rating.objects.filter(assignment=OuterRef("pk"), round=OuterRef("rounds")).values("result")[:1]
    told = Assignment.objects.annotate(told=Coalesce(Subquery(this_time), Value("")))
    other = told.exclude(rating=F("told")).values_list("pk", "rating", "told")
    early = Assignment.objects.exclude(state__in=JUDGED_IN).exclude(rating="").values_list("pk", flat=True)
    empty = LookBack.objects.exclude(done_on=None).filter(Q(finding="") | Q(words="")).values_list("pk", flat=True)
    return [
        *(f"assignment {pk}: judgement “{shown}”, its last one says “{said}”" for pk, shown, said in other),
        *(f"assignment {pk}: judged before it was answered" for pk in early),
        *(f"look-back {pk}: done without a finding" for pk in empty),
    ]


def _board_differences(committee: Committee, *, on: date) -> list[str]:
    """Count every column of every table of the board once more, in plain Python, year by year."""
    counted: dict[int, Counter] = defaultdict(Counter)
    for thing in Assignment.objects.only(*TOLD).iterator():
        lines = (
            ("unit", thing.unit_id),
            ("station", thing.origin_place),
            ("topic", thing.origin_topic),
            ("month", f"{thing.handed_over_on:%Y-%m}"),
            ("level", thing.level),
        )
        columns = ["total", f"is_{thing.state}"]
        if thing.state in RUNNING and thing.due_on < on:
            columns.append("overdue")
        counted[thing.handed_over_on.year].update((line, column) for line in lines for column in columns)
    found = []
    for year, numbers in sorted(counted.items()):
        chosen = tallies.Chosen.of_year(year)
        shown: Counter = Counter()
        for by in tallies.DIMENSIONS:
            for key, counts in tallies.lines(committee, chosen, on=on, by=by):
                told = {column: counts[column] for column in BOARD_KEYS if counts[column]}
                shown.update({((by, key), column): number for column, number in told.items()})
        found += unequal(f"board of committee {committee.pk} in {year}", shown=shown, counted=numbers)
    return found


def _year_differences(committee: Committee) -> list[str]:
    """Count the kept years once more, as of their day, unless something has changed since they were counted."""
    since = AssignmentStep.objects.order_by("-at").values_list("at", flat=True).first()
    moved = DueChange.objects.order_by("-at").values_list("at", flat=True).first()
    rated = Rating.objects.order_by("-at").values_list("at", flat=True).first()
    last = max((at for at in (since, moved, rated) if at), default=None)
    found = []
    for kept in YearCount.objects.all():
        if last is None or last < kept.at:
            now = tallies.sums(committee, tallies.Chosen.of_year(kept.year), on=kept.on)
            if now != kept.counts:
                found.append(f"year {kept.year} of committee {committee.pk}: {kept.counts} kept, {now} counted")
    return found


def unequal(what: str, *, shown: Counter, counted: Counter) -> list[str]:
    """Return every figure that is shown otherwise than it was counted."""
    return [
        f"{what}: {line[0]} {line[1]}, {column}: {shown[line, column]} shown, {counted[line, column]} counted"
        for line, column in sorted(counted.keys() | shown.keys(), key=str)
        if shown[line, column] != counted[line, column]
    ]


def _reminder_differences() -> list[str]:
    """Open assignments owe (or have given) their reminders; answered ones and signatures given owe none any more."""
    owed: dict[int, Counter] = defaultdict(Counter)
    kept: dict[int, set] = defaultdict(set)
    for key, sent_at in Notice.objects.filter(key__startswith="assignment:").values_list("key", "sent_at").iterator():
        _room, pk, occasion = key.split(":", 2)
        kind = occasion.split(":")[0]
        kept[int(pk)].add(kind)
        if sent_at is None:
            owed[int(pk)][kind] += 1
    offices = set(RoleGrant.objects.filter(role=Role.CLERK).values_list("committee_id", flat=True))
    found = []
    for pk, state, committee in Assignment.objects.values_list("pk", "state", "committee_id").iterator():
        is_open = state in ("handed_over", "signed", "in_hand")
        forbidden = [] if is_open else ["due-reminder", "overdue"]
        forbidden += [] if state == "handed_over" else ["sign-reminder"]
        found += [f"assignment {pk}: {kind} still owed in state {state}" for kind in forbidden if owed[pk][kind]]
        wanted = ["overdue"] if is_open and committee in offices else []
        wanted += ["sign-reminder"] if state == "handed_over" and "handed-over" in kept[pk] else []
        found += [f"assignment {pk}: owes no {kind}" for kind in wanted if kind not in kept[pk]]
    return found
