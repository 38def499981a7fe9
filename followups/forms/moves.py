"""Forms of the acts on an assignment: one per verb, the same for pages and API."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm
from members.models import Unit

from ..models import Assignment, Degree, Draft, UnitRequest
from ..states import ContactWay, Level, Part, RequestKind
from .fields import date_field, sensible_day, text_field

MOST_AT_ONCE = 500


class SignForm(PortalForm):
    """Who in the unit will handle it."""

    handler = forms.CharField(
        label=_("Handler"), max_length=40, required=False, help_text=_("Who in the unit handles it. May be left empty.")
    )


class HandlerForm(PortalForm):
    """Who in the unit handles it from now on."""

    handler = forms.CharField(label=_("Handler"), max_length=40, help_text=_("Who in the unit handles it."))


class ProgressForm(PortalForm):
    """How far it has come."""

    text = text_field(_("What has been done"), most=2000)


class ContactForm(PortalForm):
    """How the unit heard whoever raised it, and what was said."""

    way = forms.ChoiceField(
        label=_("How"),
        choices=[(way.value, way.label) for way in ContactWay if way != ContactWay.NONE],
        widget=forms.RadioSelect,
    )
    text = text_field(_("What was said"), most=1000, rows=4)


class MilestoneForm(PortalForm):
    """Something promised in between."""

    title = forms.CharField(label=_("Milestone"), max_length=100)
    due_on = date_field(_("By"), validators=[sensible_day])

    def __init__(self, *args: Any, assignment: Assignment, on: date, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.last, self.on = assignment.due_on, on

    def clean_due_on(self) -> date:
        """A promise lies ahead, and before the answer."""
        day = self.cleaned_data["due_on"]
        if day < self.on:
            raise forms.ValidationError(_("This day is over."))
        if day > self.last:
            raise forms.ValidationError(_("The answer is due on %(day)s already."), params={"day": self.last})
        return day


class AnswerForm(PortalForm):
    """The unit's answer: its words, and the degree of solution where the committee has letters for it.

    An assisting unit gives an opinion, so it names no degree. `draft` is what the unit has kept of it so far.
    """

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    text = text_field(_("Answer"), most=5000, rows=10, help_text=_("What was done, what will be done, and by when."))
    degree = forms.ModelChoiceField(
        label=_("Degree of solution"), queryset=Degree.objects.none(), widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, assignment: Assignment, on: date, draft: Draft | None = None, **kwargs: Any):
        kept: dict[str, Any] = {"version": 0}
        if draft:
            kept = {"version": draft.version, "text": draft.text, "degree": draft.degree_id}
        super().__init__(*args, initial=kept, **kwargs)
        self.version_now = kept["version"]
        degrees = Degree.objects.none() if assignment.part == Part.ASSIST else Degree.objects.in_force(on=on)
        self.fields["degree"].queryset = degrees  # type: ignore[attr-defined]
        if not degrees:
            del self.fields["degree"]
        elif self.is_draft:
            self.fields["degree"].required = False

    @property
    def is_draft(self) -> bool:
        """Whether it is only to be kept: the second button of the page says so."""
        return str(self.data.get("as_draft", "")).lower() not in ("", "0", "false", "none")

    def clean(self) -> dict[str, Any]:
        """Whoever goes on with a draft must have read its newest words; sent again, theirs take its place."""
        self.cleaned_data["as_draft"] = self.is_draft
        version = self.cleaned_data.get("version")
        if version is not None and version != self.version_now:
            self.data = {**self.data.dict(), "version": self.version_now} if hasattr(self.data, "dict") else self.data
            words = _("The draft has been changed since you read it. Compare it with yours; sent again, yours stays.")
            self.add_error(None, words)
        return self.cleaned_data


class DraftForm(PortalForm):
    """Which draft was read before it is cleared."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class ReturnDraftForm(DraftForm):
    """Why a draft goes back to whoever wrote it."""

    words = text_field(_("What is missing"), most=1000, rows=4, help_text=_("Whoever wrote the draft reads this."))


class SendBackForm(PortalForm):
    """Why an answer is not enough."""

    reason = text_field(_("Reason"), most=500, rows=4, help_text=_("The unit reads this."))


class CloseForm(PortalForm):
    """On what proof it is struck off."""

    proof = text_field(_("Proof"), most=2000, rows=4, help_text=_("What shows that it is done: seen on site, papers …"))


class AskForm(PortalForm):
    """What a unit asks the office for: the reason, and for more time the wished day."""

    wished_on = date_field(_("Wished day"), validators=[sensible_day])
    reason = text_field(_("Reason"), most=1000, help_text=_("The office reads this and decides."))

    def __init__(self, *args: Any, assignment: Assignment, kind: RequestKind | str, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.due_on = assignment.due_on
        if kind != RequestKind.EXTENSION:
            del self.fields["wished_on"]

    def clean_wished_on(self) -> date:
        """More time means a later day."""
        day = self.cleaned_data["wished_on"]
        if day <= self.due_on:
            raise forms.ValidationError(_("Please wish for a day after %(day)s."), params={"day": self.due_on})
        return day


class GrantForm(PortalForm):
    """The office's yes: the unit that takes it over, or the new day, and words."""

    unit = forms.ModelChoiceField(label=_("Unit that takes it over"), queryset=Unit.objects.none())
    until = date_field(_("New day"), validators=[sensible_day])
    words = text_field(_("Words of the decision"), most=1000, rows=3, required=False)

    def __init__(self, *args: Any, asked: UnitRequest, **kwargs: Any):
        super().__init__(*args, initial={"until": asked.wished_on}, **kwargs)
        assignment = asked.assignment
        self.due_on = assignment.due_on
        if asked.kind == RequestKind.RELEASE:
            taken = Assignment.objects.together_with(assignment).values("unit")
            others = Unit.objects.filter(is_active=True).exclude(pk=assignment.unit_id).exclude(pk__in=taken)
            self.fields["unit"].queryset = others  # type: ignore[attr-defined]
        else:
            del self.fields["unit"]
        if asked.kind != RequestKind.EXTENSION:
            del self.fields["until"]

    def clean_until(self) -> date:
        """More time means a later day."""
        day = self.cleaned_data["until"]
        if day <= self.due_on:
            raise forms.ValidationError(_("The day must lie after %(day)s."), params={"day": self.due_on})
        return day


class RefuseForm(PortalForm):
    """The office's no, with words."""

    words = text_field(_("Reason"), most=1000, rows=4, help_text=_("The unit reads this."))


class ResumeForm(PortalForm):
    """Why the clock of a paused assignment runs on."""

    words = text_field(_("Remark"), most=1000, rows=3, required=False)


class SupervisionForm(PortalForm):
    """Who presses, and the number it has with a supervision office."""

    level = forms.ChoiceField(label=_("Supervised by"), choices=Level.choices, required=False)
    external_number = forms.CharField(
        label=_("Number with the supervision office"),
        max_length=40,
        required=False,
        help_text=_("Given by the supervision office of party committee or government. May be left empty."),
    )

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any):
        now = {"level": assignment.level, "external_number": assignment.external_number}
        super().__init__(*args, initial=now, **kwargs)
        self.assignment = assignment

    def clean_external_number(self) -> str:
        """A number names one assignment of the committee."""
        number = self.cleaned_data["external_number"].strip()
        others = Assignment.objects.filter(external_number=number).exclude(pk=self.assignment.pk)
        other = others.first() if number else None
        if other:
            words = _("The number “%(number)s” is given already to “%(title)s”.")
            raise forms.ValidationError(words, params={"number": number, "title": other.title})
        return number


class AddPartForm(PortalForm):
    """Which unit is asked for its opinion, and about what."""

    unit = forms.ModelChoiceField(label=_("Assisting unit"), queryset=Unit.objects.none())
    request = text_field(_("What is asked"), most=5000)

    def __init__(self, *args: Any, assignment: Assignment, **kwargs: Any):
        super().__init__(*args, initial={"request": assignment.request or assignment.title}, **kwargs)
        taken = Assignment.objects.together_with(assignment).values("unit")
        others = Unit.objects.filter(is_active=True).exclude(pk=assignment.unit_id).exclude(pk__in=taken)
        self.fields["unit"].queryset = others  # type: ignore[attr-defined]


class SignAllForm(PortalForm):
    """Which assignments a unit signs for at once: the ticked ones, or everything that waits."""

    everything = forms.BooleanField(required=False)

    def __init__(self, *args: Any, mine: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.mine = mine

    def clean(self) -> dict[str, Any]:
        """Find what was ticked among the unit's own; what is not theirs is no choice."""
        if self.cleaned_data.get("everything"):
            chosen = list(self.mine.unsigned().order_by("due_on", "pk")[:MOST_AT_ONCE])
        else:
            ticked = [pk for pk in self.data.getlist("assignment") if pk.isascii() and pk.isdigit() and len(pk) < 19]
            chosen = list(self.mine.filter(pk__in=ticked[:MOST_AT_ONCE]).order_by("due_on", "pk"))
        if not chosen:
            raise forms.ValidationError(_("Please tick at least one assignment that waits to be signed for."))
        self.cleaned_data["assignments"] = chosen
        return self.cleaned_data


MOVE_FORMS = {
    "sign": SignForm,
    "handler": HandlerForm,
    "progress": ProgressForm,
    "contact": ContactForm,
    "send_back": SendBackForm,
    "close": CloseForm,
    "resume": ResumeForm,
}
