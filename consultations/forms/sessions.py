"""Forms that put a session on the calendar, move it, and answer an invitation."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, plain_text
from members.models import Person, Unit
from members.states import GroupKind

from ..actions.sessions import Guests
from ..clashes import members_of
from ..models import Session
from ..states import ParticipantKind, SessionState
from .circle import AREAS, BRANDS, LIGHT_FORMS, TOPICS, ChairField, Circle
from .fields import ChoiceField, HoursMixin, PickField, SeenMixin, day_field, hours_of, lines_of, text_field, time_field
from .papers import PapersMixin, papers_field

MOST_NAMES = 60


class _PlaceMixin(forms.Form):
    """A station, a place in words, or both; a keeper stays at an own station."""

    def clean(self):
        """Ask for at least one of the two."""
        super().clean()
        if not self.cleaned_data.get("station") and not self.cleaned_data.get("place") and "place" not in self.errors:
            self.add_error("place", _("Choose a station or write where it is."))
        return self.cleaned_data


class SessionForm(PapersMixin, SeenMixin, HoursMixin, _PlaceMixin, PortalForm):
    """A session with everybody who is invited; five fields are needed, all else may stay empty."""

    title = forms.CharField(label=_("Title"), max_length=120)
    form = ChoiceField(label=_("Form of consultation"))
    topic = ChoiceField(label=_("Topic"), required=False, empty_label="—")
    brand = ChoiceField(label=_("Brand"), required=False, empty_label="—")
    day = day_field(_("Day"))
    begins = time_field(_("Starts at"))
    ends = time_field(_("Ends at"))
    station = ChoiceField(label=_("Station"), required=False, empty_label=_("— none, or a place in words —"))
    place = forms.CharField(
        label=_("Place in words"),
        max_length=100,
        required=False,
        help_text=_("A room, a yard, under the big tree: wherever people sit together."),
    )
    area = ChoiceField(label=_("Area"), required=False, empty_label="—")
    chair = ChairField(label=_("Chaired by"), required=False, coerce=int, empty_value=None)
    members = PickField(label=_("Members"))
    groups = PickField(label=_("Whole groups"))
    units = PickField(label=_("Units that send an officer"))
    residents = text_field(
        _("Residents"),
        most=3000,
        required=False,
        help_text=_("One per line: a name or who it is, for example “ground-floor household”."),
    )
    experts = text_field(_("Experts"), most=2000, rows=2, required=False, help_text=_("One per line."))
    note = text_field(
        _("What to bring, whom to ask"), most=2000, rows=3, required=False, help_text=_("Goes out with the notice.")
    )

    papers = papers_field(required=False)

    def __init__(self, *args, circle: Circle, **kwargs):
        super().__init__(*args, **kwargs)
        self.circle = circle
        self.fields["form"].among = circle.forms
        self.fields["topic"].among = TOPICS
        self.fields["brand"].among = BRANDS
        self.fields["station"].among = circle.stations
        self.fields["area"].among = AREAS
        if circle.keeper:
            self.fields["station"].required = True
        self.fields["chair"].choices = lambda: circle.chairs
        self.fields["chair"].may_chair = circle.may_chair
        self.fields["members"].among = circle.members_among
        self.fields["groups"].among = circle.groups_among
        self.fields["units"].among = circle.units_among

    def clean_residents(self):
        """One name per line."""
        return _names(self.cleaned_data["residents"])

    def clean_experts(self):
        """One name per line."""
        return _names(self.cleaned_data["experts"])

    @property
    def words(self) -> dict:
        """The session's own fields as actions take them."""
        names = ("title", "form", "topic", "brand", "station", "place", "area", "note")
        words = {name: self.cleaned_data[name] for name in names}
        return {**words, **self.hours, "chair_id": self.cleaned_data["chair"]}

    @cached_property
    def guests(self) -> Guests:
        """Who is invited; somebody who is ticked twice sits there once."""
        ticked = {person.pk: person for person in _of(Person, self.cleaned_data["members"])}
        ticked |= {person.pk: person for person in members_of(self.cleaned_data["groups"])}
        experts, names = _known_experts(self.cleaned_data["experts"])
        return Guests(
            members=sorted(ticked.values(), key=lambda person: (person.sort_key, person.pk)),
            units=_of(Unit, self.cleaned_data["units"]),
            experts=experts,
            expert_names=names,
            residents=self.cleaned_data["residents"],
        )

    # What the page needs to draw the long lists by hand.

    @property
    def member_rows(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The members under their sectors."""
        rows = sorted(self.circle.members, key=lambda row: row[2])
        return [(sector, [row[:2] for row in held]) for sector, held in groupby(rows, key=lambda row: row[2])]

    @property
    def group_rows(self) -> list[tuple[str, list[tuple[int, str]]]]:
        """The groups under their kinds."""
        rows = groupby(self.circle.groups, key=lambda row: row[2])
        return [(str(GroupKind(kind).label), [row[:2] for row in held]) for kind, held in rows]

    @property
    def ticked_members(self) -> set[int]:
        """The members that are ticked now."""
        return PickField.ticked(self["members"].value())

    @property
    def ticked_groups(self) -> set[int]:
        """The groups that are ticked now."""
        return PickField.ticked(self["groups"].value())

    @property
    def ticked_units(self) -> set[int]:
        """The units that are ticked now."""
        return PickField.ticked(self["units"].value())


def _names(text: str) -> list[str]:
    names = lines_of(text)
    if len(names) > MOST_NAMES:
        raise forms.ValidationError(_("At most %(count)d lines.") % {"count": MOST_NAMES})
    if any(len(name) > 60 for name in names):
        raise forms.ValidationError(_("A line may have at most 60 characters."))
    return names


def _of(model, ids: Sequence[int]) -> list:
    """Return the rows with these ids; for none nothing is asked."""
    return list(model.objects.filter(pk__in=ids)) if ids else []


def _known_experts(names: Sequence[str]) -> tuple[list[Person], list[str]]:
    """Part names into people the committee knows (exactly one of that name) and mere names."""
    if not names:
        return [], []
    found: dict[str, list[Person]] = {}
    for person in Person.objects.filter(name__in=names):
        found.setdefault(person.name, []).append(person)
    experts = [people[0] for people in found.values() if len(people) == 1]
    known = {person.name for person in experts}
    return experts, [name for name in names if name not in known]


def initial_of(session: Session) -> dict:
    """Return what the form shows of a session that is there already."""
    seats = list(session.participants.select_related("person"))
    kinds = ParticipantKind

    def lines(kind):
        return "\n".join(str(seat) for seat in seats if seat.kind == kind)

    return {
        **{name: getattr(session, name) for name in ("title", "form", "topic", "brand", "station", "place", "area")},
        **hours_of(session.starts_at, session.ends_at),
        "note": session.note,
        "chair": session.chair_id,
        "members": [seat.person_id for seat in seats if seat.kind == kinds.MEMBER],
        "units": [seat.unit_id for seat in seats if seat.kind == kinds.OFFICER],
        "residents": lines(kinds.RESIDENT),
        "experts": lines(kinds.EXPERT),
    }


class QuickForm(HoursMixin, _PlaceMixin, PortalForm):
    """A session held where the problem is: no invitations, no room; the meeting page opens at once."""

    title = forms.CharField(label=_("What is it about?"), max_length=120)
    form = ChoiceField(label=_("Form of consultation"), empty_label=None)
    place = forms.CharField(label=_("Place in words"), max_length=100, required=False)
    station = ChoiceField(label=_("Station"), required=False, empty_label="—")
    day = day_field(_("Day"))
    begins = time_field(_("Starts at"))
    ends = time_field(_("Ends at"))
    people = text_field(
        _("Members, experts"), most=1000, rows=2, required=False, help_text=_("One name per line; may follow later.")
    )
    units = PickField(label=_("Units that are there"))
    residents = text_field(_("Residents"), most=1000, rows=3, required=False, help_text=_("One per line."))

    def __init__(self, *args, circle: Circle, **kwargs):
        super().__init__(*args, **kwargs)
        self.circle = circle
        self.fields["form"].among = LIGHT_FORMS
        self.fields["station"].among = circle.stations
        self.fields["station"].required = bool(circle.keeper)
        self.fields["units"].among = circle.units_among

    def clean_people(self):
        """One name per line."""
        return _names(self.cleaned_data["people"])

    def clean_residents(self):
        """One name per line."""
        return _names(self.cleaned_data["residents"])

    @property
    def ticked_units(self) -> set[int]:
        """The units that are ticked now."""
        return PickField.ticked(self["units"].value())

    @property
    def words(self) -> dict:
        """The session's own fields as actions take them."""
        return {**{name: self.cleaned_data[name] for name in ("title", "form", "station", "place")}, **self.hours}

    @property
    def guests(self) -> Guests:
        """Who is there: a name only one member bears is that member, any other name an expert."""
        by_name: dict[str, list[int]] = {}
        for pk, name, _sector in self.circle.members if self.cleaned_data["people"] else ():
            by_name.setdefault(name, []).append(pk)
        known = [by_name[name][0] for name in self.cleaned_data["people"] if len(by_name.get(name, ())) == 1]
        return Guests(
            members=_of(Person, known),
            units=_of(Unit, self.cleaned_data["units"]),
            expert_names=[name for name in self.cleaned_data["people"] if len(by_name.get(name, ())) != 1],
            residents=self.cleaned_data["residents"],
        )


class MoveForm(SeenMixin, HoursMixin, PortalForm):
    """The new time of a session."""

    day = day_field(_("Day"))
    begins = time_field(_("Starts at"))
    ends = time_field(_("Ends at"))


class LeaveForm(PortalForm):
    """Why somebody cannot come, or why leave is refused."""

    reason = forms.CharField(label=_("Reason"), max_length=200)


class SessionFilter(forms.Form):
    """What the list of sessions is narrowed to; a wish that makes no sense is no wish."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60, validators=[plain_text])
    form = forms.TypedChoiceField(label=_("Form of consultation"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *SessionState.choices])
    show = forms.ChoiceField(
        required=False, choices=[(name, name) for name in ("mine", "coming", "owed", "all")], widget=forms.HiddenInput
    )
    topic = forms.IntegerField(required=False, min_value=1, max_value=10**15, widget=forms.HiddenInput, localize=False)

    def __init__(self, *args, forms_, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [("", _("All")), *forms_]

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
