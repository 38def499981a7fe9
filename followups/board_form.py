"""The form above the board: a year or a term, and what it is narrowed to."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm

from .tallies import DIMENSIONS, Chosen

TERM = "term-"


class BoardForm(forms.Form):
    """Which year or term the board is about, what it is narrowed to, and by what its table is split."""

    year = forms.ChoiceField(label=_("Year or term"), required=False)
    unit = forms.TypedChoiceField(label=_("Handling unit"), required=False, coerce=int, empty_value=None)
    brand = forms.TypedChoiceField(label=_("Brand"), required=False, coerce=int, empty_value=None)
    group = forms.TypedChoiceField(label=_("Group"), required=False, coerce=int, empty_value=None)
    by = forms.ChoiceField(required=False, choices=[(key, key) for key in DIMENSIONS], widget=forms.HiddenInput)

    def __init__(self, *args, years, options, **kwargs):
        super().__init__(*args, **kwargs)
        self.years, self.options = years, options
        terms = [(f"{TERM}{term.pk}", str(term)) for term in options.terms]
        self.fields["year"].choices = [*((str(year), str(year)) for year in years), *terms]
        self.terms = {f"{TERM}{term.pk}": term for term in options.terms}
        for name in ("unit", "brand", "group"):
            self.fields[name].choices = [("", _("All")), *getattr(options, f"{name}s")]

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def chosen(self, *, on: date) -> Chosen:
        """Return what was asked for: a year, or a whole term; this year when neither makes sense."""
        wishes = self.wishes
        narrowed = {name: wishes.get(name) for name in ("unit", "brand", "group")}
        term = self.terms.get(wishes.get("year"))
        if term:
            return Chosen(term.starts_on, term.ends_on + timedelta(days=1), **narrowed)
        return Chosen.of_year(int(wishes.get("year", on.year)), **narrowed)


class YearForm(forms.Form):
    """Which year sums are about."""

    year = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, str(year)) for year in years]

    @property
    def asked(self) -> int | None:
        """The year that was asked for, if it makes sense."""
        return self.cleaned_data.get("year") if self.is_valid() else None


class BulletinForm(PortalForm):
    """Of which month a bulletin is made: the last twelve, and the present one."""

    of = forms.ChoiceField(label=_("Month"))

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        first = on.replace(day=1)
        months = []
        for _back in range(13):
            months.append(f"{first:%Y-%m}")
            first = (first - timedelta(days=1)).replace(day=1)
        self.fields["of"].choices = [(month, month) for month in months]
        self.initial["of"] = months[1]

    @property
    def month(self) -> dict[str, int]:
        """Year and month, as the action takes them."""
        year, month = self.cleaned_data["of"].split("-")
        return {"year": int(year), "month": int(month)}
