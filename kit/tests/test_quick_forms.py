"""The short way draws what Django draws."""

from datetime import date

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from kit.quick_forms import QuickForms

CHOICES = [("", gettext_lazy("All")), (7, '<b>seven</b> & "more" \' '), ("x<y", mark_safe("<i>kept</i>")), (None, 5)]
GROUPED = [("Towns & <sub>", [(1, "one"), (2, "two")]), ("", [(3, "three")]), ("plain", "plain")]


@pytest.mark.parametrize(
    ("widget", "value"),
    [
        (forms.Select(choices=CHOICES), "7"),
        (forms.Select(choices=CHOICES), None),
        (forms.Select(choices=CHOICES), "x<y"),
        (forms.Select(choices=[]), ""),
        (forms.Select(choices=GROUPED), 2),
        (forms.SelectMultiple(choices=GROUPED), [1, 3]),
        (forms.NullBooleanSelect(), "true"),
        (forms.Select(attrs={"class": 'a"b', "disabled": True, "hidden": False, "size": 3}, choices=CHOICES), "7"),
    ],
)
def test_a_select_looks_as_django_draws_it(widget, value):
    drawn = [
        widget.render("na&me", value, {"id": "id_x", "required": True}, renderer())
        for renderer in (QuickForms, DjangoTemplates)
    ]
    assert drawn[0] == drawn[1]


@pytest.mark.parametrize(
    "widget",
    [
        forms.TextInput(attrs={"maxlength": 60, "autofocus": True, "hidden": False, "title": 'a"b'}),
        forms.HiddenInput(),
        forms.NumberInput(attrs={"min": 1}),
        forms.EmailInput(),
        forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        forms.TextInput(attrs={"type": "month"}),
    ],
)
@pytest.mark.parametrize(
    "value", [None, "", "<b>道路</b> & \"so\" 'on'", 2026, 0, date(2026, 3, 2), mark_safe("<i>kept</i>")]
)
def test_a_line_to_write_in_looks_as_django_draws_it(widget, value):
    drawn = [widget.render("na&me", value, {"id": "id_x"}, renderer()) for renderer in (QuickForms, DjangoTemplates)]
    assert drawn[0] == drawn[1]


def test_other_controls_take_the_long_way():
    box = forms.CheckboxSelectMultiple(choices=CHOICES)
    assert box.render("box", ["7"], {}, QuickForms()) == box.render("box", ["7"], {}, DjangoTemplates())
