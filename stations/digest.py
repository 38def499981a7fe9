"""What the front door puts into the digest of the morning: duty days to come, records owed, matters one answers for."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from kit.cards import Row
from members.access import Actor
from members.digests import AHEAD, Section, by_day

from .models import DutySlot, Matter

MOST = 200


def digest_for(actor: Actor, *, on: date) -> list[Section]:
    """Return a person's duty days of the next three days, the records owed of the last, and the matters promised."""
    until = on + AHEAD
    slots = DutySlot.objects.of(actor.person).to_come(on=on).filter(day__lte=until).select_related("station")
    matters = Matter.objects.open().filter(owner=actor.person, due_on__lte=until).order_by("due_on", "pk")
    things = [(slot.day, _duty(slot)) for slot in slots[:MOST]]
    things += [(slot.day, _record(slot)) for slot in DutySlot.objects.of(actor.person).just_over(on=on)[:MOST]]
    return by_day([*things, *((matter.due_on, _matter(matter)) for matter in matters[:MOST])], on=on)


def _duty(slot: DutySlot) -> Row:
    when = f"{slot.day:%Y-%m-%d} {slot.starts_at:%H:%M}–{slot.ends_at:%H:%M}"
    return Row(_("Duty at %(station)s") % {"station": slot.station}, slot.get_absolute_url(), when)


def _record(slot: DutySlot) -> Row:
    words = _("no record of %(day)s yet") % {"day": f"{slot.day:%Y-%m-%d}"}
    return Row(_("Duty at %(station)s") % {"station": slot.station}, slot.get_absolute_url(), words)


def _matter(matter: Matter) -> Row:
    return Row(matter.subject, matter.get_absolute_url(), _("due on %(day)s") % {"day": f"{matter.due_on:%Y-%m-%d}"})
