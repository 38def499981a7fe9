"""The plan workbook (年度协商计划): lines become confirmed topics, matched by their number."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kit import workflow
from kit.sheets import Row, parse_rows, read_table
from members.importing import BadRow, ImportKind, Reading, on_sheet, repeated
from members.models import Committee, Person

from ..defaults import install_forms
from ..models import ConsultationForm, Plan, Topic
from ..states import TopicState
from .known import Known, bad
from .sheets import PLAN_COLUMNS, PLAN_SHEET

PLAIN = ("title", "source", "quarter", "leader", "intended", "is_public")


def read_plan(content: bytes, filename: str, committee: Committee) -> Reading:
    """Look through a year's plan; the year is the one in the file's name, else this year. Writes nothing."""
    table = read_table(content, filename)
    if PLAN_SHEET in table.sheets and table.sheet != PLAN_SHEET:
        table = read_table(content, filename, sheet=PLAN_SHEET)
    found = parse_rows(table, PLAN_COLUMNS)
    known = Known.of(committee)
    named = re.search(r"20\d\d", filename)
    year = int(named.group()) if named else timezone.localdate().year
    wrong = on_sheet(PLAN_SHEET, found.errors) + _check(found.rows, known)
    reading = Reading(
        errors=sorted(wrong, key=lambda error: error.line),
        notes=[_("Year of the plan: %(year)s") % {"year": year}, *found.notices],
        counts={PLAN_SHEET: len(found.rows)},
    )

    def write(by: Person | None) -> None:
        if reading.errors:
            raise ValueError("a plan with errors is not taken over")
        write_plan(committee, year, found.rows, known, by=by)

    reading.write = write
    return reading


def _check(rows: Sequence[Row], known: Known) -> list[BadRow]:
    """Lines once; forms, leaders, special committees and units known."""
    wrong = repeated(PLAN_SHEET, "序号", ((row.line, row.values["line"]) for row in rows))
    for row in rows:
        values = row.values
        if values["form"] not in known.forms:
            wrong.append(bad(PLAN_SHEET, row, "form", _("there is no such form of consultation")))
        if values["leader"] and values["leader"] not in known.people:
            wrong.append(bad(PLAN_SHEET, row, "leader", _("there is no such person")))
        if values["lead_group"] and values["lead_group"] not in known.special_committees:
            wrong.append(bad(PLAN_SHEET, row, "lead_group", _("there is no such special committee")))
        wrong += [
            bad(PLAN_SHEET, row, "units", _("there is no such unit"), unit)
            for unit in values["units"] or ()
            if unit not in known.units
        ]
    return wrong


@transaction.atomic
def write_plan(committee: Committee, year: int, rows: Sequence[Row], known: Known, *, by: Person | None) -> None:
    """Make or bring up to date the lines of a year's plan; a blank cell leaves what is there. All are confirmed."""
    install_forms(committee)
    forms = {form.name: form for form in ConsultationForm.objects.filter(committee=committee)}
    plan = Plan.objects.get_or_create(committee=committee, year=year)[0]
    for row in rows:
        values = row.values
        words = {name: values[name] for name in PLAIN if values[name] is not None}
        words["form"] = forms[values["form"]]
        if values["lead_group"]:
            words["lead_group"] = known.special_committees[values["lead_group"]]
        topic, _new = Topic.objects.update_or_create(
            committee=committee, plan=plan, line=values["line"], defaults=words
        )
        if values["units"]:
            topic.units.set([known.units[name] for name in values["units"]])
        if topic.state == TopicState.DRAFTED:
            workflow.apply(topic, "confirm", by=by)


PLAN = ImportKind(
    key="plan",
    title=gettext_lazy("Plan of the year"),
    help=gettext_lazy(
        "A workbook with the sheet 年度协商计划; the year stands in the file's name. Lines are matched by 序号."
    ),
    read=read_plan,
    sheets=((PLAN_SHEET, PLAN_COLUMNS),),
)
