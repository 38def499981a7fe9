"""Who may be invited where: the long lists a form of sessions chooses from, and the check of what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django import forms
from django.db.models import Q
from django.utils.functional import cached_property

from kit.forms import LONGEST_KEY
from members.models import Area, Brand, Group, Membership, Person, Unit
from members.states import Role
from stations.models import Station

from ..models import ConsultationForm, Topic
from .fields import Choices, SteadyChoices

LEAD = (Role.LEADER, Role.CLERK)  # may chair without being a member
FORMS = SteadyChoices(lambda: ConsultationForm.objects.all())
LIGHT_FORMS = SteadyChoices(lambda: ConsultationForm.objects.filter(is_light=True))
TOPICS = SteadyChoices(lambda: Topic.objects.open().order_by("-pk"))
BRANDS = SteadyChoices(lambda: Brand.objects.all())
STATIONS = SteadyChoices(lambda: Station.objects.in_use())
AREAS = SteadyChoices(lambda: Area.objects.all())
LEADERS = SteadyChoices(lambda: Person.objects.filter(grants__role__in=LEAD).only("pk").distinct())


class Circle:
    """Who may be invited where. `keeper`: only own stations and light forms.

    The long lists are read when a page shows them, and once; a form that is sent in checks the few ids it names.
    """

    def __init__(self, actor):
        self.me = actor.person.pk
        self.keeper = None if actor.is_clerk else actor.person

    @cached_property
    def members(self) -> list[tuple[int, str, str]]:
        """Every member of the term: id, name, sector."""
        members = Membership.objects.current().by_strokes()
        return list(members.values_list("person_id", "person__name", "sector__name"))

    @cached_property
    def groups(self) -> list[tuple[int, str, str]]:
        """Every group: id, name, kind."""
        return list(self._groups().order_by("kind", "pk").values_list("pk", "name", "kind"))

    @cached_property
    def units(self) -> list[tuple[int, str]]:
        """Every unit: id, name."""
        return list(self._units().values_list("pk", "name"))

    def members_among(self, ids: set[int]) -> Iterable[int]:
        """Return which of the ids are members of the term."""
        return Membership.objects.current().filter(person__in=ids).values_list("person_id", flat=True)

    def groups_among(self, ids: set[int]) -> Iterable[int]:
        """Return which of the ids are groups."""
        return self._groups().filter(pk__in=ids).values_list("pk", flat=True)

    def units_among(self, ids: set[int]) -> Iterable[int]:
        """Return which of the ids are units."""
        return self._units().filter(pk__in=ids).values_list("pk", flat=True)

    def may_chair(self, pk: int) -> bool:
        """Leaders, the office, members, and whoever writes this may chair."""
        return pk == self.me or LEADERS.named(pk) is not None or bool(self.members_among({pk}))

    def _groups(self):
        return Group.objects.filter(is_active=True)

    def _units(self):
        return Unit.objects.filter(is_active=True)

    def _leaders(self):
        return Person.objects.filter(Q(grants__role__in=LEAD) | Q(pk=self.me)).distinct()

    @property
    def stations(self) -> Choices:
        """The stations that may be chosen."""
        keeper = self.keeper
        return Choices(lambda: Station.objects.in_use().kept_by(keeper)) if keeper else STATIONS

    @property
    def forms(self) -> Choices:
        """The forms of consultation that may be chosen."""
        return LIGHT_FORMS if self.keeper else FORMS

    @cached_property
    def chairs(self) -> list[tuple[int | str, str]]:
        """Everybody who may chair."""
        named = dict(self._leaders().by_strokes().values_list("pk", "name"))
        named |= {pk: name for pk, name, _sector in self.members}
        return [("", "—"), *named.items()]


class ChairField(forms.TypedChoiceField):
    """Who chairs: its choices are a long list, so one that is named is asked for alone."""

    may_chair: Callable[[int], bool]

    def valid_value(self, value):
        """Say whether this one may chair."""
        value = str(value)
        return len(value) <= LONGEST_KEY and value.isascii() and value.isdigit() and self.may_chair(int(value))
