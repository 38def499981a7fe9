"""Fields the forms of this room share: dates and times as people type them, and choices among many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kit.forms import LONGEST_KEY
from kit.tenancy import current_scope
from members.models import Unit

from ..questions import asked
from ..questions import one as one_of

FIRST_YEAR, LAST_YEAR = 2000, 2100


def day_field(label, **more):
    """Return a field for a day, within the portal's time."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[sensible_day],
        **more,
    )


def time_field(label, **more):
    """Return a field for a time of day."""
    return forms.TimeField(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), **more)


def text_field(label, *, most, rows=4, **more):
    """Return a field for several lines."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def sensible_day(day: date) -> None:
    """Refuse a day outside the portal's time."""
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise forms.ValidationError(_("This day cannot be meant."))


def moment(day: date, at: time) -> datetime:
    """Return a day and a time here as a moment."""
    return timezone.make_aware(datetime.combine(day, at.replace(second=0, microsecond=0)))


def lines_of(text: str) -> list[str]:
    """Return the lines of a text that hold something, each once, in their order."""
    return list(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))


class Choices:
    """Rows to choose from: all of them for a list, or the one a form names."""

    def __init__(self, rows: Callable[[], QuerySet]):
        self.rows = rows

    def named(self, pk: int) -> Any:
        """Return the row with this key, or None."""
        return self.rows().filter(pk=pk).first()


class SteadyChoices(Choices):
    """Choices that are the same for everybody of a committee, so one of them is asked for with prepared SQL."""

    def __init__(self, rows: Callable[[], QuerySet]):
        super().__init__(rows)
        self._question = asked(lambda pk: rows().filter(pk=pk).order_by())

    def named(self, pk: int) -> Any:
        """Return the row of the committee in scope with this key, or None."""
        scope = current_scope()
        return one_of(self._question, scope, pk) if isinstance(scope, int) else super().named(pk)


class ChoiceField(forms.ModelChoiceField):
    """One of some `Choices`; a form that is sent asks for that one, and only a page that is shown for the list."""

    among = Choices(lambda: Unit.objects.none())

    def __init__(self, **more):
        super().__init__(queryset=None, **more)

    def __deepcopy__(self, memo):
        """Copy the field for one form; the widget shows what the copy says."""
        copied = forms.Field.__deepcopy__(self, memo)
        copied.widget.choices = lambda: copied.choices
        return copied

    @property
    def queryset(self):
        """The rows of the list."""
        return self.among.rows()

    @queryset.setter
    def queryset(self, _rows):
        """Nothing to keep: `among` says the rows."""

    def to_python(self, value):
        """Return the row that is named; what is not among the choices is refused."""
        if value in self.empty_values:
            return None
        text = str(value)
        short = len(text) <= LONGEST_KEY and text.isascii() and text.isdigit()
        found = self.among.named(int(text)) if short else None
        if found is None:
            raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": text})
        return found


class PickField(forms.TypedMultipleChoiceField):
    """Ids ticked among (id, label) rows; what is not among them is no choice.

    Rows that are long to read need not be read to check a few ticks: `among` returns which of some ids are choices.
    """

    def __init__(
        self,
        *,
        label,
        rows: Iterable[tuple[int, str]] = (),
        among: Callable[[set[int]], Iterable[int]] | None = None,
        **more,
    ):
        self.among = among
        super().__init__(
            label=label,
            coerce=int,
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=list(rows),
            **more,
        )

    def validate(self, value):
        """Ask for all ticked ids in one go where the rows were not read."""
        if self.among is None or not value:
            super().validate(value)
            return
        short = {int(one) for one in value if len(one) <= LONGEST_KEY and one.isascii() and one.isdigit()}
        known = {str(pk) for pk in self.among(short)} if short else set()
        for one in value:
            if one not in known:
                raise forms.ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": one})

    def valid_value(self, value):
        """Look the value up in a set instead of walking through all choices."""
        if not hasattr(self, "_known"):
            self._known = {str(pk) for pk, _label in self.choices}
        return str(value) in self._known

    @staticmethod
    def ticked(values) -> set[int]:
        """Return the ids among what was typed or stored; the rest is nonsense."""
        return {int(value) for value in values or () if str(value).isascii() and str(value).isdigit()}


class HoursMixin(forms.Form):
    """A day with a time from and a time to, which must come after; gives `starts_at` and `ends_at`."""

    def clean(self):
        """Put day and times together."""
        super().clean()
        day, begin, end = (self.cleaned_data.get(name) for name in ("day", "begins", "ends"))
        if begin and end and end <= begin:
            self.add_error("ends", _("The end must come after the beginning."))
        elif day and begin and end:
            self.cleaned_data["starts_at"] = moment(day, begin)
            self.cleaned_data["ends_at"] = moment(day, end)
        return self.cleaned_data

    @property
    def hours(self) -> dict[str, datetime]:
        """The cleaned time as actions take it."""
        return {name: self.cleaned_data[name] for name in ("starts_at", "ends_at")}


class SeenMixin(forms.Form):
    """The mark of the clashes that whoever saves has been shown."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def show_mark(self, mark: str) -> None:
        """Show the form again with the mark of what clashes now; all else stays as it was typed."""
        data = self.data.copy()  # type: ignore[attr-defined]  # a bound form holds a QueryDict
        data["seen"] = mark
        self.data = data


def hours_of(starts_at: datetime, ends_at: datetime) -> dict[str, object]:
    """Return the initial values of day, from and to."""
    begin, end = timezone.localtime(starts_at), timezone.localtime(ends_at)
    return {"day": begin.date(), "begins": begin.time(), "ends": end.time()}
