"""Forms of stations."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kit.forms import PortalModelForm
from members.models import Area, Brand, Person

from ..models import Station
from ..states import StationKind, StationLayer
from .fields import FilterBase, LeanChoice, date_field


class StationFilter(FilterBase):
    """What the list of stations is narrowed by."""

    q = forms.CharField(
        label=_("Search"), max_length=40, required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *StationKind.choices])
    layer = forms.ChoiceField(label=_("Layer"), required=False, choices=[("", _("All")), *StationLayer.choices])
    area = LeanChoice(label=_("Area"), required=False, blank=_("All"))

    def __init__(self, *args, areas, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].options = areas


class StationForm(PortalModelForm):
    """Describes a station."""

    opened_on = date_field(_("opened on"), required=False)
    closed_on = date_field(_("closed on"), required=False, help_text=_("A closed station plans no duty any more."))

    class Meta:
        model = Station
        fields = (
            "name",
            "kind",
            "layer",
            "parent",
            "area",
            "brand",
            "address",
            "hours",
            "head",
            "liaison",
            "opened_on",
            "closed_on",
        )

    def __init__(self, *args, committee, **kwargs):
        super().__init__(*args, **kwargs)
        self.instance.committee = committee
        others = Station.objects.exclude(pk=self.instance.pk).exclude(parent=self.instance.pk or 0)
        self.fields["parent"].queryset = others
        self.fields["area"].queryset = Area.objects.all()
        self.fields["brand"].queryset = Brand.objects.all()
        for name in ("head", "liaison"):
            self.fields[name].queryset = Person.objects.by_strokes()
        self.fields["head"].help_text = _("Need not be a member. Whoever keeps the station also needs the role for it.")

    def clean_parent(self):
        """A station stands on at most two others, and never on itself."""
        parent = self.cleaned_data["parent"]
        above, layer = parent, 0
        while above is not None:
            layer += 1
            if above.pk == self.instance.pk or layer > 2:
                raise forms.ValidationError(_("Three layers at most, and no station above itself."))
            above = above.parent
        return parent

    def clean(self):
        """A station closes after it opens."""
        values = super().clean()
        if values.get("opened_on") and values.get("closed_on") and values["closed_on"] < values["opened_on"]:
            self.add_error("closed_on", _("This is before it was opened."))
        return values
