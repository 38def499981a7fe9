"""Forms of the follow-up room."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from kit.deadlines import MAX_AMOUNT, fixed_amount, fixed_parts
from kit.deadlines import Unit as ClockUnit
from kit.forms import PortalForm, plain_text

from .. import figures
from ..models.querysets import NO_STATION, ORDINARY
from ..states import STEP_WORDS, AssignmentState, Level, Light, OriginKind, Result, Rung, Show, Told
from .fields import date_field as _date_field
from .fields import text_field as _text_field
from .joint import JointFields
from .moves import (
    MOVE_FORMS,
    AddPartForm,
    AnswerForm,
    AskForm,
    CloseForm,
    ContactForm,
    DraftForm,
    GrantForm,
    HandlerForm,
    MilestoneForm,
    ProgressForm,
    RefuseForm,
    ResumeForm,
    ReturnDraftForm,
    SendBackForm,
    SignAllForm,
    SignForm,
    SupervisionForm,
)

__all__ = [
    "MOVE_FORMS",
    "AddPartForm",
    "AnswerForm",
    "AskForm",
    "CloseForm",
    "CodeForm",
    "ContactForm",
    "DraftForm",
    "FilterForm",
    "GrantForm",
    "HandlerForm",
    "JointFields",
    "MakePassForm",
    "MilestoneForm",
    "PressForm",
    "ProgressForm",
    "RefuseForm",
    "ResumeForm",
    "ReturnDraftForm",
    "RuleForm",
    "RungForm",
    "SendBackForm",
    "SignAllForm",
    "SignForm",
    "SlipFilterForm",
    "SlipReplyForm",
    "SupervisionForm",
    "views_for",
]

FIRST_YEAR, LAST_YEAR = 2000, 2100
A_MONTH = r"^20\d\d-(0[1-9]|1[0-2])$"
MOST_KEY = 10**18


def _key_field():
    return forms.IntegerField(required=False, min_value=1, max_value=MOST_KEY, widget=forms.HiddenInput, localize=False)


def views_for(*, reads_judgements: bool) -> list[tuple[str, str]]:
    """Return the views of the list that somebody may choose from, with their words."""
    return [(view.value, view.label) for view in Show if reads_judgements or view != Show.NOT_SATISFIED]


class FilterForm(forms.Form):
    """What the list is narrowed to; a wish that makes no sense is no wish."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60, validators=[plain_text])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *AssignmentState.choices])
    light = forms.ChoiceField(label=_("Light"), required=False, choices=[("", _("All")), *Light.choices])
    unit = forms.TypedChoiceField(label=_("Handling unit"), required=False, coerce=int, empty_value=None)
    station = forms.CharField(label=_("Station"), required=False, max_length=60, validators=[plain_text])
    kind = forms.ChoiceField(label=_("Came from"), required=False, choices=[("", _("All")), *OriginKind.choices])
    month = forms.RegexField(
        A_MONTH,
        label=_("Handed over in"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month"}),
    )
    since = _date_field(_("Changed since"), required=False)
    judged = forms.ChoiceField(label=_("Judgement"), required=False, choices=[("", _("All")), *Result.choices])
    again = forms.BooleanField(label=_("Handled again"), required=False)
    show = forms.ChoiceField(required=False, choices=Show, widget=forms.HiddenInput)
    moved = forms.ChoiceField(required=False, choices=[(verb, verb) for verb in STEP_WORDS], widget=forms.HiddenInput)
    year = forms.IntegerField(
        required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR, widget=forms.HiddenInput, localize=False
    )
    before = forms.DateField(required=False, widget=forms.HiddenInput)
    brand = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_KEY, widget=forms.HiddenInput, localize=False
    )
    group = forms.IntegerField(
        required=False, min_value=1, max_value=MOST_KEY, widget=forms.HiddenInput, localize=False
    )
    topic = forms.CharField(required=False, max_length=120, validators=[plain_text], widget=forms.HiddenInput)
    level = forms.ChoiceField(
        required=False, choices=[(level.value or ORDINARY, level.label) for level in Level], widget=forms.HiddenInput
    )
    figure = forms.ChoiceField(
        required=False, choices=[(key, each.name) for key, each in figures.FILTERS.items()], widget=forms.HiddenInput
    )
    closed_in = forms.RegexField(A_MONTH, required=False, widget=forms.HiddenInput)

    def __init__(self, *args, units, stations, reads_judgements=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["from"] = forms.DateField(required=False, widget=forms.HiddenInput)  # no name Python lets one write
        if not reads_judgements:  # a unit must not find out by asking the list
            del self.fields["judged"]
            told = [choice for choice in self.fields["figure"].choices if choice[0] not in figures.JUDGEMENTS]
            self.fields["figure"].choices = told
            self.fields["show"].choices = views_for(reads_judgements=False)
        self.fields["unit"].choices = [("", _("All")), *units]
        if len(units) < 2:
            del self.fields["unit"]
        given = self["station"].value()
        names = [*stations, given] if given and given not in (NO_STATION, *stations) else stations
        choices = [("", _("All")), *((name, name) for name in names), (NO_STATION, _("No station"))]
        self.fields["station"].widget = forms.Select(choices=choices)

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense, as `AssignmentQuerySet.matching` takes it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but a view of the list is asked for."""
        return bool(self.wishes.keys() - {"show"})

    def clean_month(self):
        """Return year and month as numbers."""
        return _month_of(self.cleaned_data["month"])

    def clean_closed_in(self):
        """Return year and month as numbers."""
        return _month_of(self.cleaned_data["closed_in"])

    def clean_from(self):
        """A day before the portal's time is no wish."""
        return _sensible(self.cleaned_data["from"])

    def clean_since(self):
        """A day before the portal's time is no wish."""
        return _sensible(self.cleaned_data["since"])

    def clean_before(self):
        """A day before the portal's time is no wish."""
        return _sensible(self.cleaned_data["before"])


def _month_of(text: str) -> tuple[int, ...] | None:
    return tuple(int(part) for part in text.split("-")) if text else None


def _sensible(day: date | None) -> date | None:
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


class RuleForm(PortalForm):
    """The next version of a clock."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    unit = forms.ChoiceField(label=_("Counted in"), choices=ClockUnit)
    amount = forms.IntegerField(
        label=_("Length"),
        min_value=1,
        max_value=MAX_AMOUNT,
        required=False,
        help_text=_("How many days or months. Left empty for a fixed day."),
    )
    month = forms.TypedChoiceField(
        label=_("Month of a fixed day"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "—"), *MONTHS.items()],
        help_text=_("Only for a fixed day of the year, such as 5 August."),
    )
    day = forms.IntegerField(label=_("Day of a fixed day"), min_value=1, max_value=31, required=False)
    rolls_forward = forms.BooleanField(
        label=_("A last day that is off moves to the next working day"), required=False, initial=True
    )
    blue_days = forms.IntegerField(label=_("Blue light: calendar days before"), min_value=0, max_value=365)
    yellow_days = forms.IntegerField(label=_("Yellow light: working days before"), min_value=0, max_value=60)
    source = forms.CharField(
        label=_("Source of the rule"), max_length=200, help_text=_("The document, article or meeting it comes from.")
    )
    valid_from = _date_field(
        _("Valid from"), help_text=_("What was handed over before this day keeps the dates it was given.")
    )

    def __init__(self, *args, rule, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.rule, self.on = rule, on
        if rule.unit == ClockUnit.FIXED and not self.is_bound:
            self.initial["month"], self.initial["day"] = fixed_parts(rule.amount)
            self.initial["amount"] = None

    def clean(self):
        """Days and months have a length, a fixed day has a month and a day that some year has."""
        values = super().clean()
        if values.get("unit") != ClockUnit.FIXED:
            if values.get("amount") is None and "amount" not in self.errors:
                self.add_error("amount", _("Please say how long."))
            return values
        missing = [name for name in ("month", "day") if values.get(name) is None and name not in self.errors]
        for name in missing:
            self.add_error(name, _("A fixed day needs its month and its day."))
        if values.get("month") and values.get("day"):
            try:
                values["amount"] = fixed_amount(values["month"], values["day"])
            except ValueError:
                self.add_error("day", _("That month has no such day."))
        return values

    def clean_valid_from(self):
        """A change holds from today on, and is not written for years ahead."""
        day = self.cleaned_data["valid_from"]
        if not self.on <= day <= self.on + timedelta(days=731):
            raise forms.ValidationError(_("The day must be today or later, within two years."))
        return day

    def clean_version(self):
        """Whoever changes a clock must have seen its newest version."""
        if self.cleaned_data["version"] != self.rule.version:
            raise forms.ValidationError(_("Somebody else has changed this clock in the meantime."))
        return self.cleaned_data["version"]

    @property
    def values(self) -> dict:
        """What the action takes."""
        return {name: value for name, value in super().values.items() if name not in ("version", "month", "day")}


class RungForm(PortalForm):
    """The next version of a rung of the ladder."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    is_active = forms.BooleanField(label=_("In use"), required=False)
    days = forms.IntegerField(
        label=_("Days after"), min_value=-180, max_value=365, help_text=_("Days before are written with a minus.")
    )
    unit = forms.ChoiceField(label=_("Counted in"), choices=[ClockUnit.CD, ClockUnit.WD])
    told = forms.ChoiceField(label=_("Who is told"), choices=Told)
    source = forms.CharField(
        label=_("Source of the rule"), max_length=200, help_text=_("The document, article or meeting it comes from.")
    )
    valid_from = _date_field(_("Valid from"), help_text=_("Reminders that are owed already keep their days."))

    def __init__(self, *args, rung, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.rung, self.on = rung, on
        self.fields["unit"].choices = [(unit.value, unit.label) for unit in (ClockUnit.CD, ClockUnit.WD)]

    clean_valid_from = RuleForm.clean_valid_from

    def clean_version(self):
        """Whoever changes a rung must have seen its newest version."""
        if self.cleaned_data["version"] != self.rung.version:
            raise forms.ValidationError(_("Somebody else has changed this rung in the meantime."))
        return self.cleaned_data["version"]

    @property
    def values(self) -> dict:
        """What the action takes."""
        return {name: value for name, value in super().values.items() if name != "version"}


class PressForm(PortalForm):
    """A slip given out by hand."""

    rung = forms.ChoiceField(
        label=_("Kind of slip"), choices=[(rung.value, rung.label) for rung in Rung if rung != Rung.REMIND]
    )
    words = _text_field(_("What the office says"), most=1000, rows=4, help_text=_("The unit reads this on the slip."))


class SlipReplyForm(PortalForm):
    """What the unit says to a slip."""

    text = _text_field(
        _("Reply of the unit"), most=2000, rows=6, help_text=_("Why it is late, and when it will be done.")
    )


class SlipFilterForm(forms.Form):
    """What the list of slips is narrowed to."""

    rung = forms.ChoiceField(
        label=_("Kind of slip"),
        required=False,
        choices=[("", _("All")), *((rung.value, rung.label) for rung in Rung if rung != Rung.REMIND)],
    )
    show = forms.ChoiceField(label=_("Reply"), required=False, choices=[("", _("All")), ("open", _("Without a reply"))])

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class MakePassForm(PortalForm):
    """To whom of the unit a way in without an account is mailed."""

    name = forms.CharField(label=_("Contact person"), max_length=40)
    email = forms.EmailField(label=_("E-mail"), max_length=254)


class CodeForm(forms.Form):
    """The short code that belongs to a mailed link."""

    code = forms.RegexField(
        r"^[0-9]{6}\Z",
        label=_("Code"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "maxlength": 6}),
        error_messages={"invalid": _("The code has six figures.")},
        help_text=_("Six figures that the office told you by telephone."),
    )
