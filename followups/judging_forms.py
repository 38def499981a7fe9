"""Forms of judging: what is said to an answer, doing it again, later looks, and the committee's letters."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm

from .degrees import Letter
from .forms import CloseForm
from .models import Degree
from .states import TRIES, Attitude, ContactWay, DegreeKind, Finding, OriginKind, Result, ToThePoint

MOST_LETTERS = 6
MOST_TRIES = 99
SAID = (Result.SATISFIED, Result.BASICALLY, Result.NOT)
AHEAD = timedelta(days=1100)  # how far a look or a set of letters is planned ahead at most


def _lines(label, *, most, rows=4, **more):
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **more)


def _day(label, **more):
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)


def tries_field() -> forms.IntegerField:
    """How often somebody who could not be reached was tried; asked for with that answer only."""
    return forms.IntegerField(
        label=_("How often it was tried"),
        min_value=1,
        max_value=MOST_TRIES,
        required=False,
        help_text=_("Only if nobody could be reached: at least three tries, on different days or hours."),
    )


def check_tries(form: Any, result: str) -> None:
    """Refuse “could not be reached” below three tries."""
    if result == Result.UNREACHED and (form.cleaned_data.get("tries") or 0) < TRIES and "tries" not in form.errors:
        form.add_error("tries", _("Somebody counts as not reached after three tries at least."))


class RateForm(PortalForm):
    """What whoever raised it says: what came of it, the way, how they were heard, whether it is to the point, words.

    For a resident's matter, whoever took it down writes what the resident says; they may not have been reached.
    """

    result = forms.ChoiceField(label=_("What came of it"), widget=forms.RadioSelect)
    attitude = forms.ChoiceField(
        label=_("The way it was handled"), choices=Attitude.choices, widget=forms.RadioSelect, required=False
    )
    contact = forms.ChoiceField(
        label=_("How the unit heard you"), choices=[("", "—"), *ContactWay.choices], required=False
    )
    to_the_point = forms.ChoiceField(
        label=_("Does the answer speak to what was asked?"), choices=[("", "—"), *ToThePoint.choices], required=False
    )
    tries = tries_field()
    words = _lines(
        _("In your own words"),
        most=1000,
        required=False,
        help_text=_("Goes to the committee office alone. The unit learns judgements only in totals."),
    )

    def __init__(self, *args: Any, kind: str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        is_resident = kind == OriginKind.MATTER
        results = (*SAID, Result.UNREACHED) if is_resident else SAID
        self.fields["result"].choices = [(one.value, one.label) for one in results]  # type: ignore[attr-defined]
        if is_resident:
            self.fields["words"].label = _("What the resident says")
            self.fields["contact"].label = _("How the unit heard the resident")
        else:
            del self.fields["tries"]

    def clean(self) -> dict[str, Any]:
        """Who was spoken with says something about the way too; who is not satisfied says why."""
        values = self.cleaned_data
        result = values.get("result")
        check_tries(self, result or "")
        if result in SAID and not values.get("attitude") and "attitude" not in self.errors:
            self.add_error("attitude", _("Please judge the way apart from what came of it."))
        if result == Result.NOT and not values.get("words") and "words" not in self.errors:
            self.add_error("words", _("Please say in a few words what is missing."))
        return values


class AgainForm(PortalForm):
    """Why something is handled a second time, or taken up again."""

    reason = _lines(
        _("Reason"), most=500, help_text=_("The unit reads this. Do not write who judged or what they said.")
    )


class CloseWithDegreeForm(CloseForm):
    """On what proof it is struck off, and the degree as the office sees it where the committee has letters."""

    degree = forms.ModelChoiceField(
        label=_("Degree of solution"),
        queryset=Degree.objects.none(),
        required=False,
        empty_label=_("As the unit says"),
        help_text=_("Choose another letter to correct the unit's; the history tells both."),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        degrees = Degree.objects.in_force(on=on)
        self.fields["degree"].queryset = degrees  # type: ignore[attr-defined]
        if not degrees:
            del self.fields["degree"]


class PlanLookForm(PortalForm):
    """When to look again."""

    due_on = _day(_("To be looked at by"))

    def __init__(self, *args: Any, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_due_on(self) -> date:
        """A later look lies ahead, and within three years."""
        day = self.cleaned_data["due_on"]
        if not self.on <= day <= self.on + AHEAD:
            raise forms.ValidationError(_("The day must be today or later, within three years."))
        return day


class LookForm(PortalForm):
    """What a later look found."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect)
    words = _lines(
        _("What was found"),
        most=2000,
        rows=5,
        help_text=_("Seen where, by whom, in which state. The unit reads this. What is not done is taken up again."),
    )


class LooksFilter(forms.Form):
    """The views of the list of later looks."""

    show = forms.CharField(required=False, max_length=10)


class DegreesForm(PortalForm):
    """The next version of the committee's letters; a line without a letter is none."""

    seen = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name"), max_length=60)
    source = forms.CharField(
        label=_("Source of the rule"), max_length=200, help_text=_("The document, article or meeting it comes from.")
    )
    valid_from = _day(_("Valid from"), help_text=_("Answers given before this day keep the letter they were given."))

    def __init__(self, *args: Any, on: date, version: int, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.on, self.version = on, version
        self.initial.setdefault("seen", version)
        key = self.fields.pop("form_key")
        for number in range(1, MOST_LETTERS + 1):
            place = {"number": number}
            label = forms.CharField(
                label=_("Meaning in words (line %(number)d)") % place, max_length=60, required=False
            )
            letter = forms.CharField(label=_("Letter (line %(number)d)") % place, max_length=2, required=False)
            kind = forms.ChoiceField(
                label=_("Counts as (line %(number)d)") % place,
                choices=[("", "—"), *DegreeKind.choices],
                required=False,
            )
            tracked = forms.BooleanField(label=_("Looked at again (line %(number)d)") % place, required=False)
            self.fields |= {
                f"letter_{number}": letter,
                f"label_{number}": label,
                f"kind_{number}": kind,
                f"is_tracked_{number}": tracked,
            }
        self.fields["form_key"] = key

    @staticmethod
    def initial_of(letters: list[Letter] | list[Degree]) -> dict[str, Any]:
        """Return what the lines show for some letters."""
        names = ("letter", "label", "kind", "is_tracked")
        return {f"{name}_{number}": getattr(letter, name) for number, letter in enumerate(letters, 1) for name in names}

    def clean_seen(self) -> int:
        """Whoever changes the letters must have seen the newest version."""
        if self.cleaned_data["seen"] != self.version:
            raise forms.ValidationError(_("Somebody else has changed the letters in the meantime."))
        return self.cleaned_data["seen"]

    def clean_valid_from(self) -> date:
        """A change holds from today on, and is not written for years ahead."""
        day = self.cleaned_data["valid_from"]
        if not self.on <= day <= self.on + AHEAD:
            raise forms.ValidationError(_("The day must be today or later, within three years."))
        return day

    def clean(self) -> dict[str, Any]:
        """Two letters at least, each once, each with a meaning."""
        values, letters, known = self.cleaned_data, [], set()
        for number in range(1, MOST_LETTERS + 1):
            letter = values.get(f"letter_{number}", "").upper()
            label, kind = values.get(f"label_{number}", ""), values.get(f"kind_{number}", "")
            if not letter:
                if label or kind:
                    self.add_error(f"letter_{number}", _("This line has a meaning and no letter."))
                continue
            if letter in known:
                self.add_error(f"letter_{number}", _("This letter stands there twice."))
            if not label:
                self.add_error(f"label_{number}", _("Please say what the letter means."))
            if not kind:
                self.add_error(f"kind_{number}", _("Please say what the letter counts as."))
            known.add(letter)
            letters.append(Letter(letter, label, kind, values.get(f"is_tracked_{number}", False)))
        if len(letters) < 2 and not self.errors:
            raise forms.ValidationError(_("A set has two letters at least."))
        values["letters"] = letters
        return values

    @property
    def lines(self) -> list[list[Any]]:
        """The lines of letters as bound fields, for a table."""
        names = ("letter", "label", "kind", "is_tracked")
        return [[self[f"{name}_{number}"] for name in names] for number in range(1, MOST_LETTERS + 1)]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes."""
        return {name: self.cleaned_data[name] for name in ("seen", "name", "source", "valid_from", "letters")}
