"""The rows of the list of assignments as HTML.

Through the template language thirty rows of eight columns cost twice what the rest of the page costs together, so they
are filled into one line of HTML per row here; the head of the table and everything around it is a template.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .models import Assignment
from .states import TONES, AssignmentState, Light, OriginKind

TICK = (
    '<label class="d-inline-block py-2 pe-3"><input type="checkbox" class="form-check-input" name="assignment"'
    ' value="{}" form="sign-all"><span class="visually-hidden">{}: {}</span></label>'
)


def rows_of(page: Iterable[Assignment], *, tickable: frozenset[int] | None, names_units: bool) -> SafeString:
    """Return the rows of a page of assignments, which have `light` and `days_left`.

    `tickable` are the units for which the reader may sign, None when nothing waits to be ticked; `names_units` adds
    the column of the handling unit.
    """
    station, state, light, due, receipt_word = (
        f' data-label="{escape(word)}"'
        for word in (_("Station"), _("State"), _("Light"), _("Answer due"), _("Receipt"))
    )
    provisional = f"<small>{escape(_('provisional'))}</small>"
    unit, tick_word = escape(_("Handling unit")), escape(_("Tick to sign for"))
    kinds, states, lights = (
        {choice.value: escape(str(choice.label)) for choice in choices}
        for choices in (OriginKind, AssignmentState, Light)
    )
    tones = {state.value: f" pill-{tone}" if tone else "" for state, tone in TONES.items()}
    before, _zero, after = reverse("followups:detail", args=[0]).rpartition("0")  # the key goes in between
    lines = []
    for thing in page:
        title, receipt = escape(thing.title), getattr(thing, "receipt", None)
        origin = "" if thing.origin_title == thing.title else f" · {escape(thing.origin_title)}"
        may_tick = tickable and thing.state == AssignmentState.HANDED_OVER and thing.unit_id in tickable
        days = "" if thing.light == Light.DONE else f"<small>{escape(thing.days_words)}</small>"
        days += provisional if thing.is_provisional and thing.light != Light.DONE else ""
        lines += [
            '<tr class="is-late">' if thing.light == Light.RED else "<tr>",
            "" if tickable is None else f"<td>{TICK.format(thing.pk, tick_word, title) if may_tick else ''}</td>",
            f'<th scope="row"><a href="{before}{thing.pk}{after}">{title}</a>',
            f"<small>{kinds[thing.origin_kind]}{origin}</small></th>",
            f'<td data-label="{unit}">{escape(thing.unit.name)}</td>' if names_units else "",
            f"<td{station if thing.origin_place else ''}>{escape(thing.origin_place)}</td>",
            f'<td{state}><span class="pill{tones[thing.state]}">{states[thing.state]}</span></td>',
            f'<td{light}><span class="light light-{thing.light}">{lights[thing.light]}</span></td>',
            f'<td class="date"{due}><span>{thing.due_on}{days}</span></td>',
            f'<td class="date"{receipt_word}>〔{receipt.year}〕{receipt.number}</td>'
            if receipt
            else '<td class="date"></td>',
            "</tr>\n",
        ]
    return mark_safe("".join(lines))  # noqa: S308 -- every word of people went through escape
