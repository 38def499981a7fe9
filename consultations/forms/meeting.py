"""Forms of the meeting page: each writes one thing down."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from followups.forms import JointFields
from kit.forms import PortalForm
from members.models import Unit

from ..models import Participant, Session
from ..states import OutcomeKind, ParticipantKind, Presence, SpeechMode
from .fields import day_field, text_field


class AttendanceForm(PortalForm):
    """Who is there: one choice for every seat."""

    def __init__(self, *args, session: Session, **kwargs):
        super().__init__(*args, **kwargs)
        self.session = session

    def clean(self):
        """Read `seat-<id>` for the session's own seats; a choice nobody offered is an error."""
        super().clean()
        marks = {}
        for pk in self.session.participants.values_list("pk", flat=True):
            mark = self.data.get(f"seat-{pk}")
            if mark is not None:
                if mark and mark not in Presence.values:
                    raise forms.ValidationError(_("Please choose present, late or absent."))
                marks[pk] = mark
        self.cleaned_data["marks"] = marks
        return self.cleaned_data


class GuestForm(PortalForm):
    """Somebody who came without invitation."""

    kind = forms.ChoiceField(label=_("Comes as"), choices=ParticipantKind, initial=ParticipantKind.RESIDENT)
    name = forms.CharField(label=_("Name or who it is"), max_length=60)
    side = forms.CharField(label=_("Side"), max_length=40, required=False)


class _SeatForm(PortalForm):
    """A form that asks whose it is, among those who sit in the session."""

    def __init__(self, *args, seats: list[Participant], **kwargs):
        super().__init__(*args, **kwargs)
        self.seats = {str(seat.pk): seat for seat in seats}
        field = self.fields["participant"]
        field.choices = [("", "—"), *((pk, str(seat)) for pk, seat in self.seats.items())]

    def clean_participant(self):
        """Return the seat itself, or None."""
        return self.seats.get(self.cleaned_data["participant"])


class PositionForm(_SeatForm):
    """On which side somebody stands, and what that side wants."""

    participant = forms.ChoiceField(label=_("Whose"))
    side = forms.CharField(label=_("Side"), max_length=40, help_text=_("For example “ground-floor households”."))
    position = text_field(_("Standpoint"), most=1000, rows=3)


class SpeechForm(_SeatForm):
    """What somebody said."""

    participant = forms.ChoiceField(label=_("Speaker"), required=False)
    mode = forms.ChoiceField(label=_("Spoken or in writing"), choices=SpeechMode, initial=SpeechMode.ORAL)
    text = text_field(_("What the speaker said"), most=5000)
    reply = text_field(_("Reply on the spot"), most=2000, rows=2, required=False)


class ConsensusForm(PortalForm):
    """A point that was agreed."""

    text = text_field(_("Point agreed"), most=2000, rows=2)


class ReservedForm(_SeatForm):
    """A view kept against the consensus."""

    participant = forms.ChoiceField(label=_("Whose"), required=False)
    text = text_field(_("Reserved view"), most=2000, rows=2)


class OutcomeForm(JointFields, PortalForm):
    """What leaves the session."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OutcomeKind, widget=forms.RadioSelect, initial=OutcomeKind.TODO)
    text = text_field(_("Outcome"), most=1000, rows=2)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=None, required=False, empty_label="—")
    due_on = day_field(
        _("To be done by"), required=False, help_text=_("Leave empty to use the committee's rule for outcomes.")
    )
    explanation = text_field(_("Explanation"), most=2000, rows=2, required=False)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["unit"].queryset = Unit.objects.filter(is_active=True)

    def clean(self):
        """What is to be done needs a unit and a day ahead; what is explained needs words. Source: domain, D09."""
        super().clean()
        kind, day = self.cleaned_data.get("kind"), self.cleaned_data.get("due_on")
        if kind == OutcomeKind.TODO:
            if not self.cleaned_data.get("unit"):
                self.add_error("unit", _("Say which unit does it."))
            if day and day <= self.on:
                self.add_error("due_on", _("The day must lie after today."))
        if (
            kind == OutcomeKind.EXPLAINED
            and not self.cleaned_data.get("explanation")
            and "explanation" not in self.errors
        ):
            self.add_error("explanation", _("Write down what was explained."))
        return self.cleaned_data


class CourseForm(PortalForm):
    """The course of the meeting in running text."""

    minutes = forms.CharField(
        label=_("Course of the meeting"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Facts told, questions, answers: what the minutes say before the points agreed."),
    )


class BareForm(PortalForm):
    """Nothing but the press of a button."""
