"""Forms of visits: what a member fills in on a phone, at the station or on the road."""

from __future__ import annotations

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, plain_text

from ..actions import MatterHeard
from ..states import Direction, VisitState
from .fields import FilterBase, LeanChoice, date_field, text_field

MOST_VISITORS = 5000
MOST_MATTERS = 20
OLDEST = timedelta(days=400)  # a record may be late, not historical


class VisitForm(PortalForm):
    """A visit: five things at most, two of them filled in already."""

    station = LeanChoice(label=_("Station"))
    day = date_field(_("Day"))
    direction = forms.ChoiceField(
        label=_("Where"), choices=Direction.choices, initial=Direction.IN, widget=forms.RadioSelect
    )
    person_times = forms.IntegerField(
        label=_("Visitors (person-times)"), min_value=0, max_value=MOST_VISITORS, required=False
    )
    nobody = forms.BooleanField(label=_("Nobody came"), required=False)
    people = forms.TypedMultipleChoiceField(
        label=_("Who was there"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = text_field(_("What else happened"), most=2000, rows=3, required=False)

    def __init__(self, *args, on, stations=None, find_station=None, people=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        if stations is None:
            del self.fields["station"]
        else:
            self.fields["station"].options, self.fields["station"].find = stations, find_station
        if len(people) > 1:
            self.fields["people"].choices = people
            self.initial.setdefault("people", [pk for pk, _name in people])
        else:
            del self.fields["people"]
        self.fields["person_times"].widget.attrs |= {"inputmode": "numeric"}

    def clean_day(self):
        """What has not happened cannot be logged."""
        day = self.cleaned_data["day"]
        if day > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        if day < self.on - OLDEST:
            raise forms.ValidationError(_("This day is too long ago."))
        return day

    def clean(self):
        """Either a number or “nobody came”."""
        values = super().clean()
        if values.get("nobody"):
            if values.get("person_times"):
                self.add_error("nobody", _("Somebody came or nobody came: one of the two."))
            values["person_times"] = 0
        elif values.get("person_times") is None and "person_times" not in self.errors:
            self.add_error("person_times", _("How many came? Tick “nobody came” if nobody did."))
        if "people" in self.fields and not values.get("people") and "people" not in self.errors:
            self.add_error("people", _("Tick at least one."))
        return values


class MatterRow(forms.Form):
    """One matter raised on a visit; a row without a subject is no matter."""

    subject = forms.CharField(label=_("What is it about"), max_length=100, required=False, validators=[plain_text])
    area = LeanChoice(label=_("Place"), required=False)
    at_once = forms.BooleanField(label=_("Answered at once"), required=False)
    answer = forms.CharField(
        label=_("What was answered"),
        max_length=2000,
        required=False,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, areas=(), place="", **kwargs):
        super().__init__(*args, **kwargs)
        if areas:
            self.fields["area"].blank = place
            self.fields["area"].options = areas
        else:
            del self.fields["area"]

    def clean(self):
        """A matter answered at once has an answer, and an answer belongs to a matter."""
        values = super().clean()
        if values.get("at_once") and not values.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("What was the resident told?"))
        if (
            not values.get("subject")
            and "subject" not in self.errors
            and (values.get("at_once") or values.get("answer"))
        ):
            self.add_error("subject", _("What was it about?"))
        return values

    def heard(self, areas_by_pk) -> MatterHeard | None:
        """The matter the action takes; None for an empty row."""
        values = self.cleaned_data
        if not values.get("subject"):
            return None
        return MatterHeard(
            subject=values["subject"],
            area=areas_by_pk.get(values.get("area")),
            answer=values["answer"] if values["at_once"] else "",
        )


MatterRows = forms.formset_factory(
    MatterRow, extra=1, max_num=MOST_MATTERS, absolute_max=MOST_MATTERS, validate_max=True
)


class VisitFilter(FilterBase):
    """What the list of visits is narrowed by."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *VisitState.choices])
    direction = forms.ChoiceField(label=_("Where"), required=False, choices=[("", _("All")), *Direction.choices])
    station = LeanChoice(label=_("Station"), required=False, blank=_("All"))
    sector = LeanChoice(label=_("Sector"), required=False, blank=_("All"))
    since = date_field(_("Day from"), required=False)
    until = date_field(_("Day until"), required=False)

    def __init__(self, *args, stations, sectors=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name, options in (("station", stations), ("sector", sectors)):
            if options:
                self.fields[name].options = options
            else:
                del self.fields[name]
