"""Timetable: which days a calendar page shows, and what stands on each; drawn from two queries whatever is on it."""

from __future__ import annotations

import calendar
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from members.access import Actor
from stations.models import DutySlot, Station
from stations.states import SlotState

from .models import Session
from .states import UPCOMING, SessionState

VIEWS = ("month", "week", "list")
FIRST, LAST = date(2000, 1, 3), date(2099, 12, 27)
DAY_BEGINS, DAY_ENDS = 7, 22  # hours the week shows; what lies outside is drawn at the edge
SLICE = 30  # minutes of one row of the week
ROWS = (DAY_ENDS - DAY_BEGINS) * 60 // SLICE


@dataclass(frozen=True)
class Entry:
    """A session or a duty day on the calendar. `row` and `span` place it in the week."""

    title: str
    url: str
    begins: datetime
    ends: datetime
    where: str = ""
    state: str = ""
    kind: str = "session"
    pk: int = 0
    may_move: bool = False

    @property
    def row(self) -> int:
        """The first row of the week's column, counted from 1."""
        return min(max(self._rows(self.begins), 0), ROWS - 1) + 1

    @property
    def span(self) -> int:
        """How many rows it takes."""
        end = min(max(-(-self._minutes(self.ends) // SLICE), 1), ROWS)
        return max(end - self.row + 1, 1)

    def _minutes(self, moment: datetime) -> int:
        days = (moment.date() - self.begins.date()).days
        return (moment.hour - DAY_BEGINS) * 60 + moment.minute + days * 24 * 60

    def _rows(self, moment: datetime) -> int:
        return self._minutes(moment) // SLICE


@dataclass
class Day:
    """One day and what stands on it."""

    day: date
    is_off: bool = False  # of another month
    is_today: bool = False
    entries: list[Entry] = field(default_factory=list)

    @property
    def weekday(self) -> str:
        """The day of the week, short."""
        return str(WEEKDAYS_ABBR[self.day.weekday()])


@dataclass
class Timetable:
    """A page of the calendar: its title, its weeks of days, and where its neighbours begin."""

    view: str
    on: date
    title: str
    weeks: list[list[Day]]
    before: date
    after: date

    @property
    def days(self) -> list[Day]:
        """All days in one row."""
        return [day for week in self.weeks for day in week]

    @property
    def busy_days(self) -> list[Day]:
        """Days of the shown month or week with something on them."""
        return [day for day in self.days if day.entries and not day.is_off]

    @property
    def weekdays(self) -> list[str]:
        """The heads of the columns."""
        return [str(WEEKDAYS_ABBR[number]) for number in range(7)]

    @property
    def hours(self) -> list[str]:
        """The hours at the edge of a week."""
        return [f"{hour:02d}:00" for hour in range(DAY_BEGINS, DAY_ENDS)]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all stands on it."""
        return not self.busy_days


def clamp(day: date) -> date:
    """Return the day, or the nearest one the calendar shows."""
    return min(max(day, FIRST), LAST)


def timetable(*, actor: Actor, view: str, on: date, today: date) -> Timetable:
    """Return the calendar page around a day: the sessions the actor may see and the actor's own duty days."""
    on = clamp(on)
    if view == "week":
        first = on - timedelta(days=on.weekday())
        weeks = [[first + timedelta(days=number) for number in range(7)]]
        before, after = first - timedelta(days=7), first + timedelta(days=7)
        last = first + timedelta(days=6)
        title = f"{date_format(first, 'Y-m-d')} – {date_format(last, 'Y-m-d')}"
    else:
        weeks = calendar.Calendar().monthdatescalendar(on.year, on.month)
        first = on.replace(day=1)
        before = (first - timedelta(days=1)).replace(day=1)
        after = (first + timedelta(days=32)).replace(day=1)
        title = date_format(on, "YEAR_MONTH_FORMAT")
    found: dict[date, list[Entry]] = {}
    for entry in _entries(actor, weeks[0][0], weeks[-1][-1]):
        found.setdefault(entry.begins.date(), []).append(entry)
    days = [
        [
            Day(day, view != "week" and day.month != on.month, day == today, sorted(found.get(day, ()), key=_by_time))
            for day in week
        ]
        for week in weeks
    ]
    return Timetable(view, on, title, days, clamp(before), clamp(after))


def _by_time(entry: Entry) -> tuple[datetime, str, int]:
    return entry.begins, entry.kind, entry.pk


def _entries(actor: Actor, first: date, last: date) -> list[Entry]:
    begin, end = _midnight(first), _midnight(last + timedelta(days=1))
    sessions = Session.objects.visible_to(actor).between(begin, end).with_list_columns().order_by("starts_at")
    kept = _kept_stations(actor)
    entries = [
        Entry(
            title=session.title,
            url=session.get_absolute_url(),
            begins=timezone.localtime(session.starts_at),
            ends=timezone.localtime(session.ends_at),
            where=session.where,
            state=session.state,
            pk=session.pk,
            may_move=session.state in UPCOMING
            and (actor.is_clerk or (session.form.is_light and session.station_id in kept)),
        )
        for session in sessions
        if session.state != SessionState.CANCELLED
    ]
    slots = DutySlot.objects.of(actor.person).filter(
        day__range=(first, last), state__in=[SlotState.PLANNED, SlotState.CONFIRMED, SlotState.DONE]
    )
    return entries + [
        Entry(
            title=_("Duty at %(station)s") % {"station": slot.station.name},
            url=_address(slot),
            begins=_local(slot.day, slot.starts_at),
            ends=_local(slot.day, slot.ends_at),
            kind="duty",
            pk=slot.pk,
        )
        for slot in slots.select_related("station").only("day", "starts_at", "ends_at", "station__name")
    ]


def _kept_stations(actor: Actor) -> set[int]:
    if actor.is_clerk or not actor.is_keeper:
        return set()
    return set(Station.objects.kept_by(actor.person).values_list("pk", flat=True))


def _address(slot: DutySlot) -> str:
    try:
        return slot.get_absolute_url()
    except NoReverseMatch:
        return ""


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _local(day: date, at: time) -> datetime:
    return timezone.localtime(timezone.make_aware(datetime.combine(day, at)))
