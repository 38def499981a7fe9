"""Drafts that are cleared inside the unit, one part for each unit, and a set of degrees for committees without one."""

from django.db import migrations, models
from django.db.models import Min

# The usual set as it was first shipped: letter, label, meaning, looked at again.
NAME, SOURCE = "四档：解决、正在解决、列入计划、解释说明", "某市年度提案办理情况通报"
LETTERS = (
    ("A", "已解决", "solved", False),
    ("B", "正在解决", "partly", True),
    ("C", "列入计划解决", "planned", True),
    ("D", "解释说明", "reference", False),
)


def add_degrees(apps, _schema_editor):
    """Write a set for each committee that has clocks and no set, valid from the day of its first clock."""
    rules, sets, degrees = (
        apps.get_model("followups", name)._base_manager for name in ("DeadlineRule", "DegreeSet", "Degree")
    )
    known = set(sets.values_list("committee", flat=True))
    firsts = rules.order_by().values("committee").annotate(first=Min("valid_from"))
    for committee, first in list(firsts.values_list("committee", "first")):
        if committee in known:
            continue
        made = sets.create(committee_id=committee, version=1, name=NAME, source=SOURCE, valid_from=first)
        degrees.bulk_create(
            [
                degrees.model(
                    committee_id=committee,
                    degree_set=made,
                    order=order,
                    letter=letter,
                    label=label,
                    kind=kind,
                    is_tracked=is_tracked,
                )
                for order, (letter, label, kind, is_tracked) in enumerate(LETTERS, 1)
            ]
        )


class Migration(migrations.Migration):
    dependencies = [("followups", "0011_judging"), ("members", "0012_unit_clears_answers")]

    operations = [
        migrations.AddField(
            model_name="draft",
            name="is_ready",
            field=models.BooleanField(default=False, verbose_name="waits to be cleared"),
        ),
        migrations.AddField(
            model_name="draft",
            name="version",
            field=models.PositiveSmallIntegerField(default=1, verbose_name="version"),
        ),
        migrations.AddField(
            model_name="draft",
            name="words",
            field=models.TextField(blank=True, max_length=1000, verbose_name="why it was sent back"),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(fields=("part_of", "unit"), name="unit_once_among_parts"),
        ),
        migrations.RunPython(add_degrees, migrations.RunPython.noop),
    ]
