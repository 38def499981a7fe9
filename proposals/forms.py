"""Forms of the proposals room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from followups.forms import JointFields
from kit.forms import PortalForm, PortalModelForm
from members.models import Unit

from .models import Proposal
from .states import Category, ProposalState


class ProposalForm(PortalModelForm):
    """The words of a proposal: one matter, its situation, an analysis, concrete suggestions."""

    class Meta:
        model = Proposal
        fields = ("title", "category", "situation", "analysis", "suggestion")
        widgets = {
            "situation": forms.Textarea(attrs={"rows": 5}),
            "analysis": forms.Textarea(attrs={"rows": 4}),
            "suggestion": forms.Textarea(attrs={"rows": 6}),
        }
        labels = {"title": _("Subject")}
        help_texts = {
            "title": _("One matter, one proposal. Say what it is about in one line."),
            "situation": _("What is the case? Facts and figures help."),
            "analysis": _("Why is it so? May be left empty."),
            "suggestion": _("What should be done, by whom? Number the points: 1. 2. 3."),
        }


class FilterForm(forms.Form):
    """What the register is narrowed to."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *ProposalState.choices])
    category = forms.ChoiceField(label=_("Category"), required=False, choices=[("", _("All")), *Category.choices])
    q = forms.CharField(label=_("Words in the subject"), required=False, max_length=60)


class ReasonForm(PortalForm):
    """A reason in words."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))


class HandOverForm(JointFields, PortalForm):
    """To which unit or units, and until when."""

    unit = forms.ModelChoiceField(queryset=Unit.objects.none(), label=_("Unit"))
    due_on = forms.DateField(
        label=_("Reply due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave empty to use the committee's rule."),
    )

    def __init__(self, *args, units, on, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.on = on

    def clean_due_on(self):
        """A day given by hand must lie ahead."""
        day = self.cleaned_data["due_on"]
        if day and day <= self.on:
            raise forms.ValidationError(_("The day must lie after today."))
        return day
