"""Forms of topics and plans."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, PortalModelForm, plain_text
from members.models import Group, Unit
from members.states import GroupKind

from ..models import ConsultationForm, Plan, Topic
from ..states import TopicSource, TopicState
from .fields import FIRST_YEAR, LAST_YEAR, PickField, text_field

QUARTERS = [
    ("", "—"),
    (1, _("First quarter")),
    (2, _("Second quarter")),
    (3, _("Third quarter")),
    (4, _("Fourth quarter")),
]


class TopicForm(PortalModelForm):
    """A topic in full."""

    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=QUARTERS, coerce=int, empty_value=None, required=False)

    class Meta:
        model = Topic
        fields = (
            "title",
            "source",
            "form",
            "goal",
            "plan",
            "line",
            "quarter",
            "leader",
            "lead_group",
            "intended",
            "is_public",
        )
        widgets = {"goal": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "line": _("Leave empty to take the next free line."),
            "goal": _("What is to be talked over, with whom, to what end."),
            "intended": _("For example a recommendation or a report."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = ConsultationForm.objects.all()
        self.fields["plan"].queryset = Plan.objects.all()
        self.fields["lead_group"].queryset = Group.objects.filter(kind=GroupKind.SPECIAL_COMMITTEE)
        self.fields["line"].widget.attrs["min"] = 1
        chosen = [unit.pk for unit in self.instance.units.all()] if self.instance.pk else []
        self.fields["units"] = PickField(
            label=_("Units"), rows=Unit.objects.filter(is_active=True).values_list("pk", "name"), initial=chosen
        )

    def clean_line(self):
        """Lines are counted from one."""
        line = self.cleaned_data["line"]
        if line is not None and not 1 <= line <= 999:
            raise forms.ValidationError(_("Lines are numbered from 1 to 999."))
        return line

    def clean(self):
        """A line belongs to a plan."""
        super().clean()
        if self.cleaned_data.get("line") and not self.cleaned_data.get("plan"):
            self.cleaned_data["line"] = None
        return self.cleaned_data

    @property
    def ticked_units(self) -> set[int]:
        """The units that are ticked now."""
        return PickField.ticked(self["units"].value())

    @property
    def words(self) -> dict:
        """The cleaned values as actions take them."""
        units = Unit.objects.filter(pk__in=self.cleaned_data["units"])
        return {**{name: value for name, value in self.values.items() if name != "units"}, "units": list(units)}


class LineForm(PortalForm):
    """A line of the plan, written into the table."""

    title = forms.CharField(label=_("Topic"), max_length=120)
    form = forms.ModelChoiceField(label=_("Form of consultation"), queryset=None)
    source = forms.ChoiceField(label=_("Source"), choices=TopicSource, initial=TopicSource.PARTY)
    leader = forms.CharField(label=_("Led by"), max_length=60, required=False)
    quarter = forms.TypedChoiceField(label=_("Quarter"), choices=QUARTERS, coerce=int, empty_value=None, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["form"].queryset = ConsultationForm.objects.all()
        if not self.is_bound:  # drawn without a template for each field: five of those cost as much as the plan
            for field in self.fields.values():
                field.widget.attrs["class"] = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"

    @property
    def beside(self) -> list[forms.BoundField]:
        """The fields that stand side by side below the title."""
        return [self[name] for name in ("form", "source", "leader", "quarter")]


class PlanForm(PortalForm):
    """The year of a new plan."""

    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False)
    note = text_field(_("Note"), most=2000, required=False, help_text=_("For example who approved it, and when."))


class ReasonForm(PortalForm):
    """A reason in words."""

    reason = text_field(_("Reason"), most=200)


class ConsultationFormForm(PortalModelForm):
    """A form of consultation."""

    class Meta:
        model = ConsultationForm
        fields = ("name", "is_light")


class TopicFilter(forms.Form):
    """What the list of topics is narrowed to; a wish that makes no sense is no wish."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60, validators=[plain_text])
    year = forms.TypedChoiceField(label=_("Plan"), required=False, coerce=int, empty_value=None)
    form = forms.TypedChoiceField(label=_("Form of consultation"), required=False, coerce=int, empty_value=None)
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *TopicState.choices])

    def __init__(self, *args, years, forms_, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All")), *((year, str(year)) for year in years)]
        self.fields["form"].choices = [("", _("All")), *forms_]

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
