"""Form controls without a template for every option: what Django draws, an order of magnitude sooner.

Django renders each `<option>` through two templates. A filter over three hundred stations was most of its page.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString, mark_safe

INPUTS = {f"django/forms/widgets/{kind}.html" for kind in ("text", "hidden", "date", "number", "email", "input")}
SELECT, OPTION = "django/forms/widgets/select.html", "django/forms/widgets/select_option.html"


class QuickForms(DjangoTemplates):
    """Django's own form renderer, with lists to choose from and one-line fields written in Python."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """Return the HTML of a form part; plain inputs and select lists go the short way."""
        if template_name in INPUTS:
            return _input(context["widget"])
        if template_name == SELECT:
            widget = context["widget"]
            groups = widget["optgroups"]
            if all(option["template_name"] == OPTION for _, options, _ in groups for option in options):
                return _select(widget, groups)
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    head = f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"'
    return mark_safe(f"{head}{value}{_attributes(widget['attrs'])}>")  # noqa: S308 -- every value went through _text


def _select(widget: Mapping[str, Any], groups: Iterable[tuple]) -> SafeString:
    parts = [f'<select name="{_text(widget["name"])}"{_attributes(widget["attrs"])}>']
    for name, options, _index in groups:
        if name:
            parts.append(f'\n  <optgroup label="{_text(name)}">')
        parts += [
            f'\n  <option value="{_text(option["value"])}"{_attributes(option["attrs"])}>'
            f"{_text(option['label'])}</option>\n"
            for option in options
        ]
        if name:
            parts.append("\n  </optgroup>")
    parts.append("\n</select>")
    return mark_safe("".join(parts))  # noqa: S308 -- every value went through _text


def _attributes(attributes: Mapping[str, Any]) -> str:
    if not attributes:
        return ""
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in attributes.items()
        if value is not False
    )


def _text(value: Any) -> str:
    """Return the value as HTML text; what is marked safe stays as it is, as in a template."""
    text = str(value)
    return text if hasattr(text, "__html__") else escape(text)
