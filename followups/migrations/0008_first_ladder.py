"""Gives committees that were opened before the ladder of escalation, and the clock of the reply to a slip."""

from django.db import migrations, models
from django.db.models import Min

# As they were first shipped: key, rung, counted from, days, counted in, who is told, source.
CUSTOM, COLOURS = "本会惯例", "某市三色单督办制度：临期黄单、逾期红单，直至办结"
RUNGS = (
    ("sign-1", "remind", "sign_due", 1, "wd", "unit", CUSTOM),
    ("sign-3", "remind", "sign_due", 3, "wd", "office", CUSTOM),
    ("due-7", "remind", "due", -7, "cd", "unit", CUSTOM),
    ("due-3", "remind", "due", -3, "cd", "unit", CUSTOM),
    ("due-1", "remind", "due", -1, "cd", "unit", CUSTOM),
    ("overdue", "remind", "due", 1, "cd", "office", CUSTOM),
    ("urge", "urge", "due", 7, "cd", "office", COLOURS),
    ("supervise", "supervise", "due", 15, "cd", "leaders", COLOURS),
    ("bulletin", "bulletin", "due", 30, "cd", "leaders", COLOURS),
)


def add_ladder(apps, _schema_editor):
    """Write the rungs and the clock a committee lacks, valid from the day of its first clock."""
    rules = apps.get_model("followups", "DeadlineRule")._base_manager
    rungs = apps.get_model("followups", "LadderRung")._base_manager
    firsts = rules.order_by().values("committee").annotate(first=Min("valid_from"))
    for committee, first in list(firsts.values_list("committee", "first")):
        rungs.bulk_create(
            [
                rungs.model(
                    committee_id=committee,
                    key=key,
                    rung=rung,
                    anchor=anchor,
                    days=days,
                    unit=unit,
                    told=told,
                    source=source,
                    valid_from=first,
                )
                for key, rung, anchor, days, unit, told, source in RUNGS
            ],
            ignore_conflicts=True,
        )
        rules.bulk_create(
            [
                rules.model(
                    committee_id=committee,
                    key="slip",
                    name="督办单回复",
                    amount=5,
                    unit="wd",
                    blue_days=0,
                    yellow_days=1,
                    source=CUSTOM,
                    valid_from=first,
                )
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("followups", "0007_words_and_queue")]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="pressed",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times pressed"),
        ),
        migrations.RunPython(add_ladder, migrations.RunPython.noop),
    ]
