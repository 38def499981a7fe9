"""Forms: what every form of the portal has, whoever fills it in."""

from __future__ import annotations

import unicodedata
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.utils.translation import gettext_lazy as _

# Characters that steer the direction of text or cannot be seen: they turn a name into a trap for the reader.
_STEERING = {*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x200B, 0xFEFF, 0x00AD}
LONGEST_TEXT = 5000
LONGEST_KEY = 18  # digits of the largest key both databases hold
LARGEST_NUMBER = 32_767  # what a small number column of PostgreSQL holds; SQLite would not mind and must not decide


def plain_text(value: str) -> None:
    """Refuse control characters other than new lines and tabs, and invisible or direction-changing ones."""
    for char in value:
        code = ord(char)
        if (
            code in _STEERING
            or 0xD800 <= code <= 0xDFFF
            or (unicodedata.category(char) == "Cc" and char not in "\n\r\t")
        ):
            raise ValidationError(
                _("This text contains an invisible or forbidden character (U+%(code)s)."),
                "forbidden",
                {"code": f"{code:04X}"},
            )


def _guard(field: forms.Field) -> None:
    """Give a field the limits of its kind, so that nothing reaches a database that cannot hold it."""
    if isinstance(field, forms.CharField):
        field.validators.append(plain_text)
        if field.max_length is None:
            field.max_length = LONGEST_TEXT
            field.validators.append(MaxLengthValidator(LONGEST_TEXT))
    elif isinstance(field, forms.IntegerField):
        field.validators.append(MaxValueValidator(LARGEST_NUMBER))
    elif isinstance(field, forms.ModelMultipleChoiceField):
        check = field._check_values  # type: ignore[attr-defined]

        def check_short(values: Any) -> Any:
            """Refuse keys longer than any key is before they are compared in the database."""
            if any(len(str(value)) > LONGEST_KEY for value in values):
                raise ValidationError(field.error_messages["invalid_pk_value"], "invalid_pk_value", {"pk": "…"})
            return check(values)

        field._check_values = check_short  # type: ignore[attr-defined]


class _PortalFields:
    """Mixed into forms: text rules for every text field, and the key that makes a repeated post harmless."""

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            _guard(field)
        self.fields["form_key"] = forms.CharField(
            widget=forms.HiddenInput,
            initial=lambda: uuid4().hex,
            max_length=32,
            min_length=32,
            error_messages={"required": _("This page is out of date. Please reload it and send the form again.")},
        )

    @property
    def values(self) -> dict:
        """The cleaned values an action takes: everything but the form key."""
        return {name: value for name, value in self.cleaned_data.items() if name != "form_key"}


class PortalForm(_PortalFields, forms.Form):
    """A form that acts; give it querysets, never a request."""


class PortalModelForm(_PortalFields, forms.ModelForm):
    """A form that edits descriptive fields of a row; the committee is set by the caller, never by the form."""

    def _get_validation_exclusions(self):
        """Check what must be unique within the committee too, once the caller has set the committee."""
        exclude = super()._get_validation_exclusions()  # type: ignore[misc]  # the mixin comes before ModelForm
        if getattr(self.instance, "committee_id", None):
            exclude.discard("committee")
        return exclude
