"""Forms of task lists: their words, their points, and the report back."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalForm, PortalModelForm, plain_text
from members.models import Membership, Person, Unit
from members.states import Role

from ..actions.task_lists import MOST_POINTS, Point
from ..models import TaskList
from ..states import Level, Show, TaskListKind, TaskListState
from ..supervision import WATCHED
from ..task_lists import LONGEST_REPORT
from .fields import sensible_day

BLANK = 3  # empty rows that wait below the points; five more with every press


def _day_input(**attrs):
    return forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")


class TaskListForm(PortalModelForm):
    """What the paper is: kind, title and day must be there, all else may follow."""

    class Meta:
        model = TaskList
        fields = (
            "kind",
            "title",
            "given_on",
            "number",
            "giver",
            "rank",
            "giver_person",
            "meeting_on",
            "about",
            "words",
        )
        widgets = {"given_on": _day_input(), "meeting_on": _day_input(), "words": forms.Textarea(attrs={"rows": 5})}
        help_texts = {
            "giver": _("Whose instruction it is, or to whom the report went."),
            "giver_person": _("Has an account here and is told when you report back."),
            "meeting_on": _("When a meeting took it up."),
            "words": _("The words of the instruction, or what the report says in short."),
            "about": _("The topic, session or outcome it comes from."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leaders = Person.objects.filter(grants__role=Role.LEADER).distinct().order_by("sort_key", "pk")
        self.fields["giver_person"].queryset = leaders
        for name in ("given_on", "meeting_on"):
            self.fields[name].validators.append(sensible_day)


class PointForm(forms.Form):
    """One point; a row without words is no point."""

    text = forms.CharField(
        label=_("What is to be done"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "form-control"}),
        validators=[plain_text],
    )
    unit = forms.TypedChoiceField(
        label=_("Handling unit"),
        required=False,
        coerce=int,
        empty_value=None,
        widget=forms.Select(attrs={"class": "form-select"}),
    )
    due_on = forms.DateField(
        label=_("To be done by"), required=False, widget=_day_input(**{"class": "form-control"}),
        validators=[sensible_day],
    )  # fmt: skip
    raised_by = forms.CharField(
        label=_("Raised by"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"class": "form-control"}),
        validators=[plain_text],
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", "—"), *units]

    def clean(self):
        """A point with words needs a unit."""
        values = super().clean()
        if values.get("text") and not values.get("unit") and "unit" not in self.errors:
            self.add_error("unit", _("Which unit does it?"))
        return values

    @property
    def raiser(self) -> str:
        """Who is said to have raised it; nobody while the row has no words."""
        values = getattr(self, "cleaned_data", {})
        return values.get("raised_by", "") if values.get("text") else ""


class _PointFormSet(forms.BaseFormSet):
    """The points of a list, each with who raised it looked up among the members."""

    def clean(self):
        """Find everybody named as having raised a point; a name several members bear asks for the number."""
        words = {form.raiser for form in self.forms} - {""}
        found: dict[str, set[int]] = {word: set() for word in words}
        members = Membership.objects.current()
        named = members.filter(person__name__in=words) | members.filter(number__in=words)
        for pk, name, number in named.values_list("person_id", "person__name", "number") if words else ():
            for word in {name, number} & words:
                found[word].add(pk)
        self.raisers = {word: next(iter(pks)) for word, pks in found.items() if len(pks) == 1}
        for form in self.forms:
            word = form.raiser
            if word and word not in self.raisers:
                shared = _("Several members have this name; please give the number.")
                form.add_error("raised_by", shared if found[word] else _("There is no such member."))

    def points(self) -> list[Point]:
        """Return the points that have words, in their order."""
        rows = [form.cleaned_data for form in self.forms if form.cleaned_data.get("text")]
        units = Unit.objects.in_bulk({row["unit"] for row in rows})
        people = Person.objects.in_bulk(self.raisers.values())
        return [
            Point(row["text"], units[row["unit"]], row["due_on"], people.get(self.raisers.get(row["raised_by"], 0)))
            for row in rows
        ]


PointFormSet = forms.formset_factory(
    PointForm, formset=_PointFormSet, extra=BLANK, max_num=MOST_POINTS, absolute_max=MOST_POINTS, validate_max=True
)


class PointsForm(PortalForm):
    """What stands around the points: the mark of those that were read."""

    mark = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)


class ReportForm(PortalForm):
    """What is reported back."""

    text = forms.CharField(
        label=_("What is reported back"), max_length=LONGEST_REPORT, widget=forms.Textarea(attrs={"rows": 18})
    )


class TaskListFilter(forms.Form):
    """What the list of task lists is narrowed to; a wish that makes no sense is no wish."""

    q = forms.CharField(label=_("Words"), required=False, max_length=60, validators=[plain_text])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *TaskListKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), *TaskListState.choices])

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class SupervisionFilter(forms.Form):
    """What goes to the supervision office; a wish that makes no sense is no wish."""

    show = forms.ChoiceField(
        label=_("Which"),
        required=False,
        choices=[(Show.OPEN, Show.OPEN.label), (Show.OVERDUE, Show.OVERDUE.label), (Show.ALL, Show.ALL.label)],
    )
    level = forms.ChoiceField(
        label=_("Supervised by"),
        required=False,
        choices=[("", _("All")), (WATCHED, _("Whoever supervises")), *[one for one in Level.choices if one[0]]],
    )
    unit = forms.TypedChoiceField(label=_("Handling unit"), required=False, coerce=int, empty_value=None)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [("", _("All")), *units]

    @property
    def wishes(self) -> dict:
        """What was asked for and makes sense, as `supervision.chosen` takes it."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}
