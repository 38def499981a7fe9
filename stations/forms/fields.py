"""Fields the forms of the front door share."""

from __future__ import annotations

from datetime import date
from html import escape

from django import forms
from django.db.models import QuerySet
from django.forms.utils import flatatt
from django.utils.choices import BaseChoiceIterator
from django.utils.functional import cached_property
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from kit.forms import LONGEST_KEY

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2100, 12, 31)


def date_field(label, **more):
    """A day, picked from the browser's calendar; not before 2000, not after 2100."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return DayField(label=label, widget=widget, **more)


class DayField(forms.DateField):
    """A date within the years the portal can count."""

    def clean(self, value):
        """Refuse a day no calendar of the portal reaches."""
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("This day is too far away."))
        return day


def text_field(label, *, most, rows=4, **more):
    """A text of several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


class LeanSelect(forms.Select):
    """A list to choose from, written at once: hundreds of stations or people need no object for every option."""

    def render(self, name, value, attrs=None, renderer=None):
        """Return the list with the chosen one marked."""
        chosen = "" if value is None else str(value)
        options = [
            f'<option value="{escape(key)}"{" selected" if key == chosen else ""}>{escape(str(label))}</option>'
            for key, label in ((str(key), label) for key, label in self.choices)
        ]
        attributes = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return mark_safe(f"<select{attributes}>{''.join(options)}</select>")  # noqa: S308 -- every word is escaped


class Options(BaseChoiceIterator):
    """The pairs of a list to choose from; those of a queryset are read when they are first looked at, and then once."""

    def __init__(self, blank, pairs):
        self.blank = blank
        self.rows = pairs if isinstance(pairs, QuerySet) else None
        self._pairs = pairs

    @cached_property
    def pairs(self):
        """Every (pk, name) there is to choose."""
        return list(self._pairs if self.rows is None else self.rows.values_list("pk", "name"))

    def __iter__(self):
        yield "", self.blank
        yield from self.pairs


class LeanChoice(forms.TypedChoiceField):
    """One of a list of (pk, name), read once and without a query per option; gives the pk or None.

    `options` may be a queryset: then the list is read only where it is drawn, and a form that is sent asks for the one
    row that was chosen, which `chosen` keeps. `find(pk)` may be set to look that row up sooner than the queryset does.
    """

    widget = LeanSelect

    def __init__(self, *, label, options=(), required=True, blank="", **more):
        super().__init__(label=label, required=required, coerce=int, empty_value=None, **more)
        self.blank = blank
        self.chosen = self.find = None
        self.options = options

    @property
    def options(self):
        """The pairs to choose from."""
        return self.choices.pairs

    @options.setter
    def options(self, pairs):
        self.choices = Options(self.blank or "—", pairs)

    def valid_value(self, value):
        """Whether it is one of those offered."""
        text = str(value)
        if self.choices.rows is None:
            return any(text == str(key) for key, _label in self.options)
        if text.isascii() and text.isdecimal() and len(text) <= LONGEST_KEY:
            self.chosen = self.find(int(text)) if self.find else self.choices.rows.filter(pk=text).first()
        return self.chosen is not None


class FilterBase(forms.Form):
    """A filter above a list: a wrong wish is no wish, never an error."""

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a view of the list is asked for."""
        return bool(self.wishes.keys() - {"show"})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
