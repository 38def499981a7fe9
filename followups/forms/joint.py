"""The fields by which a hand-over goes to several units; mixed into the hand-over forms of every room."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from members.models import Unit

from ..states import Part
from .fields import FoldedTicks

HOW = [
    (Part.LEAD.value, _("The unit above leads; the others give it their opinions")),
    (Part.SPLIT.value, _("Each answers for its own share")),
]


class JointFields(forms.Form):
    """Further units, and how they handle it together; a form that mixes this in has a field `unit`."""

    further = forms.ModelMultipleChoiceField(
        label=_("Further units"),
        queryset=Unit.objects.none(),
        required=False,
        widget=FoldedTicks,
        help_text=_("Only when several units handle it together."),
    )
    how = forms.ChoiceField(
        label=_("Handled together"),
        choices=HOW,
        required=False,
        initial=Part.LEAD.value,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.fields["further"].queryset = Unit.objects.filter(is_active=True)  # type: ignore[attr-defined]
        others = [name for name in self.fields if name not in ("further", "how")]
        after = others.index("unit") + 1  # asked, and checked, after the unit that handles it
        self.order_fields([*others[:after], "further", "how", *others[after:]])

    def clean_further(self) -> list[Unit]:
        """The unit that handles it is no further one."""
        further, unit = list(self.cleaned_data["further"]), self.cleaned_data.get("unit")
        if unit in further:
            raise forms.ValidationError(_("“%(unit)s” is named twice."), params={"unit": unit})
        return further

    def clean_how(self) -> str:
        """Nothing said means that one leads."""
        return self.cleaned_data["how"] or Part.LEAD.value
