"""Gives committees that were opened before the clocks of minutes."""

from django.db import migrations
from django.db.models import Min

# As they were first shipped: key, name, length, source; in working days, yellow on the day before.
CLOCKS = (
    ("minutes", "协商纪要", 7, "某市协商工作规则：会后7个工作日内形成纪要"),
    ("minutes_light", "微协商纪要", 3, "本会惯例"),
)


def add_clocks(apps, _schema_editor):
    """Write the clocks a committee lacks, valid from the day of its first clock; committees without any are skipped."""
    rules = apps.get_model("followups", "DeadlineRule")._base_manager
    firsts = rules.order_by().values("committee").annotate(first=Min("valid_from"))
    for committee, first in list(firsts.values_list("committee", "first")):
        rules.bulk_create(
            [
                rules.model(
                    committee_id=committee,
                    key=key,
                    version=1,
                    name=name,
                    amount=amount,
                    unit="wd",
                    blue_days=0,
                    yellow_days=1,
                    source=source,
                    valid_from=first,
                )
                for key, name, amount, source in CLOCKS
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("followups", "0009_board_counts")]

    operations = [migrations.RunPython(add_clocks, migrations.RunPython.noop)]
