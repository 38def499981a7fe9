"""Forms of residents' matters."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from followups.forms import JointFields
from followups.judging_forms import check_tries, tries_field
from kit.forms import PortalForm
from members.models import Unit

from ..states import Channel, Difficulty, MatterState, Rating
from .fields import FilterBase, LeanChoice, date_field, text_field


class MatterFilter(FilterBase):
    """What the ledger is narrowed by."""

    q = forms.CharField(
        label=_("Search"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *MatterState.choices])
    difficulty = forms.ChoiceField(label=_("Difficulty"), required=False, choices=[("", _("All")), *Difficulty.choices])
    station = LeanChoice(label=_("Station"), required=False, blank=_("All"))
    owner = LeanChoice(label=_("Named person"), required=False, blank=_("All"))
    since = date_field(_("Received from"), required=False)
    until = date_field(_("Received until"), required=False)
    show = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)

    def __init__(self, *args, stations, owners=(), **kwargs):
        super().__init__(*args, **kwargs)
        for name, options in (("station", stations), ("owner", owners)):
            if options:
                self.fields[name].options = options
            else:
                del self.fields[name]


class MatterForm(PortalForm):
    """A matter taken down at the desk."""

    station = LeanChoice(label=_("Station"))
    received_on = date_field(_("Received on"))
    channel = forms.ChoiceField(label=_("How it came"), choices=Channel.choices, initial=Channel.PHONE)
    subject = forms.CharField(label=_("What is it about"), max_length=100)
    text = text_field(
        _("What was said"), most=2000, required=False, help_text=_("Who the resident is, does not belong here.")
    )
    area = LeanChoice(label=_("Place"), required=False, blank=_("As the station"))
    answer = text_field(
        _("Answer given at once"), most=2000, rows=2, required=False, help_text=_("Leave empty if it needs work.")
    )

    def __init__(self, *args, on, stations, areas, find_station=None, find_area=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        for name, options, find in (("station", stations, find_station), ("area", areas, find_area)):
            self.fields[name].options, self.fields[name].find = options, find

    def clean_received_on(self):
        """Nobody has been heard tomorrow."""
        if self.cleaned_data["received_on"] > self.on:
            raise forms.ValidationError(_("This day has not come yet."))
        return self.cleaned_data["received_on"]


class ClassifyForm(PortalForm):
    """How hard a matter is, and who answers for it."""

    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=Difficulty.choices, widget=forms.RadioSelect)
    owner = LeanChoice(label=_("Named person"))

    def __init__(self, *args, owners, dues=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].options = owners
        if dues:
            self.fields["difficulty"].choices = dues


class TakeForm(PortalForm):
    """Who of the station handles it, and by when the resident is answered."""

    owner = LeanChoice(label=_("Named person"))
    due_on = date_field(_("Answer promised by"))
    note = text_field(
        _("How it will be handled"), most=500, rows=3, required=False, help_text=_("For example: who is asked first.")
    )

    def __init__(self, *args, on, owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["owner"].options = owners

    def clean_due_on(self):
        """A promise lies ahead."""
        if self.cleaned_data["due_on"] < self.on:
            raise forms.ValidationError(_("This day is over."))
        return self.cleaned_data["due_on"]


class AssignForm(JointFields, PortalForm):
    """Which unit or units handle it, what they are asked, and by when."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=None)
    difficulty = forms.ChoiceField(label=_("Difficulty"), choices=Difficulty.choices, widget=forms.RadioSelect)
    request = text_field(_("What is asked"), most=5000, rows=5)
    due_on = date_field(
        _("Answer due"), required=False, help_text=_("Leave empty: the rule of the difficulty gives the day.")
    )

    def __init__(self, *args, on, dues=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True)
        if dues:
            self.fields["difficulty"].choices = dues

    def clean_due_on(self):
        """A day given by hand lies ahead."""
        day = self.cleaned_data["due_on"]
        if day and day < self.on:
            raise forms.ValidationError(_("This day is over."))
        return day


class AnswerForm(PortalForm):
    """What the resident was told."""

    answer = text_field(
        _("Answer to the resident"), most=2000, rows=6, help_text=_("In words the resident can use; no names.")
    )


class CloseForm(PortalForm):
    """What the resident says to it."""

    rating = forms.ChoiceField(label=_("The resident is"), choices=Rating.choices, widget=forms.RadioSelect)
    tries = tries_field()
    note = text_field(
        _("What the resident says"), most=500, rows=2, required=False, help_text=_("The unit does not read this.")
    )

    def __init__(self, *args, said="", **kwargs):
        super().__init__(*args, **kwargs)
        if said:  # judged already; it is only struck off
            del self.fields["rating"], self.fields["tries"]

    def clean(self):
        """Nobody counts as not reached before three tries."""
        check_tries(self, self.cleaned_data.get("rating", ""))
        return self.cleaned_data


class ReopenForm(PortalForm):
    """Why a matter is taken up again, and who does it: the unit it was handed to, or the station."""

    by_unit = forms.TypedChoiceField(
        label=_("Who does it again"),
        choices=[("1", _("The unit it was handed to")), ("", _("The station"))],
        coerce=bool,
        empty_value=False,
        required=False,
        widget=forms.RadioSelect,
    )
    reason = text_field(_("Reason"), most=500, rows=3)

    def __init__(self, *args, handed_over=True, **kwargs):
        super().__init__(*args, **kwargs)
        if not handed_over:
            del self.fields["by_unit"]
