"""Fields that the forms of this room share."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2100


def date_field(label, **more):
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def sensible_day(day: date) -> None:
    """Refuse a day outside the portal's time."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("This day cannot be meant."))


def text_field(label, *, most, rows=5, **more):
    """Return a field for several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class FoldedTicks(forms.SelectMultiple):
    """Many units to tick, folded away until asked for; open when one is ticked."""

    use_fieldset = True

    def id_for_label(self, id_, index="0"):
        """A group has no single field a label could point at."""
        return ""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        """Return the ticks as labels in a fold."""
        chosen = {str(one) for one in value or ()}
        rows = [(str(key), label) for key, label in self.choices]
        ticks = format_html_join(
            "",
            '<label><input type="checkbox" name="{}" value="{}"{}>{}</label>',
            ((name, key, " checked" if key in chosen else "", label) for key, label in rows),
        )
        return format_html(
            '<details class="fold pick-fold"{}><summary>{}</summary>'
            '<div class="pick"><div class="pick-names pick-wide">{}</div></div></details>',
            " open" if chosen else "",
            gettext("Choose units"),
            ticks,
        )
