"""Forms of duty: rules and single days."""

from __future__ import annotations

import re

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, PortalModelForm
from members.models import Membership

from .. import rota
from ..models import DutyRule
from ..states import DutyKind
from .fields import date_field, text_field

NTH = [(1, _("First weekend")), (2, _("Second weekend")), (3, _("Third weekend")), (4, _("Fourth weekend"))]
BY_WEEKDAY = (DutyKind.WEEKLY, DutyKind.WEEKLY_ROTA)


class DutyRuleForm(PortalModelForm):
    """A recurring duty: which days, what hours, whose turn, and what holidays do to it."""

    weekday = forms.TypedChoiceField(
        label=_("Weekday"), choices=[("", "—"), *WEEKDAYS.items()], coerce=int, empty_value=None, required=False
    )
    nth = forms.TypedChoiceField(
        label=_("Which weekend"), choices=[("", "—"), *NTH], coerce=int, empty_value=None, required=False
    )
    month_days = forms.CharField(
        label=_("Days of the month"), max_length=40, required=False, help_text=_("For example: 10, 20")
    )
    pool = text_field(
        _("Members in the order of their turns"),
        most=3000,
        help_text=_(
            "Member numbers or names, parted by 、 or on lines of their own. Turns are shared fairly by count."
        ),
    )
    valid_from = date_field(_("Valid from"))
    valid_until = date_field(_("Valid until"), required=False)

    class Meta:
        model = DutyRule
        fields = (
            "name",
            "kind",
            "weekday",
            "nth",
            "month_days",
            "starts_at",
            "ends_at",
            "people_needed",
            "holiday_policy",
            "adjusted_policy",
            "valid_from",
            "valid_until",
            "pool",
            "wall_text",
        )
        labels = {"starts_at": _("Starts at"), "ends_at": _("Ends at")}
        widgets = {
            "starts_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "ends_at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    def __init__(self, *args, station, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.station, self.instance.committee = station, station.committee
        self.fields["people_needed"] = forms.IntegerField(
            label=_("Members each time"), min_value=1, max_value=50, initial=1
        )

    @property
    def words(self) -> dict:
        """What the action takes besides the pool."""
        return {name: value for name, value in self.values.items() if name != "pool"}

    def clean_month_days(self):
        """Days are written 10, 20."""
        text = self.cleaned_data["month_days"]
        if text:
            try:
                return "、".join(map(str, rota.month_days_of(text)))
            except ValueError:
                raise forms.ValidationError(_("Write days from 1 to 31, for example: 10, 20.")) from None
        return text

    def clean_pool(self):
        """Every word is a member of the current term: by number, or by a name only one bears."""
        words = [word for word in re.split(r"[、,，;；\s]+", self.cleaned_data["pool"]) if word]
        members = list(Membership.objects.current().select_related("person").only("number", "person__name"))
        by_number = {membership.number: membership.person for membership in members}
        by_name: dict = {}
        for membership in members:
            by_name.setdefault(membership.person.name, []).append(membership.person)
        found, wrong = [], []
        for word in dict.fromkeys(words):
            called = by_name.get(word, [])
            person = by_number.get(word) or (called[0] if len(called) == 1 else None)
            (found if person else wrong).append(person or word)
        if wrong:
            raise forms.ValidationError(
                _("Not a member, or several of that name: %(words)s"), params={"words": "、".join(wrong)[:200]}
            )
        return list(dict.fromkeys(found))

    def clean(self):
        """Each kind of rule says its days in its own way; hours and validity run forward."""
        values = super().clean()
        needed = {DutyKind.NTH_WEEKEND: "nth", DutyKind.MONTH_DAYS: "month_days"}
        name = "weekday" if values.get("kind") in BY_WEEKDAY else needed.get(values.get("kind"))
        if name and values.get(name) in (None, "") and name not in self.errors:
            self.add_error(name, _("This kind of rule needs it."))
        for other in {"weekday", "nth", "month_days"} - {name}:
            values[other] = "" if other == "month_days" else None
        for first, last in (("starts_at", "ends_at"), ("valid_from", "valid_until")):
            if values.get(first) and values.get(last) and values[last] <= values[first]:
                self.add_error(last, _("This must be later."))
        return values

    def _post_clean(self):
        """Ask the model only about a form that is right in itself; its words would say the same less clearly."""
        if not self.errors:
            super()._post_clean()

    def _get_validation_exclusions(self):
        """Check that the name is new at the station, too."""
        return super()._get_validation_exclusions() - {"station"}


class MoveForm(PortalForm):
    """To which day a duty is moved."""

    to = date_field(_("New day"))

    def __init__(self, *args, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on

    def clean_to(self):
        """Nobody can come yesterday."""
        if self.cleaned_data["to"] < self.on:
            raise forms.ValidationError(_("This day is over."))
        return self.cleaned_data["to"]


class ReasonForm(PortalForm):
    """Why."""

    reason = text_field(_("Reason"), most=500, rows=3)


class CalendarForm(forms.Form):
    """Which month of duty days is shown, of which station."""

    month = forms.RegexField(r"^20\d\d-(0[1-9]|1[0-2])$", required=False)
    question = forms.BooleanField(required=False)

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
