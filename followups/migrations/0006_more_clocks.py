"""Gives committees that were opened before the clocks of release, contact, assistance, feedback and look-back."""

from django.db import migrations
from django.db.models import Min

# As they were first shipped: key, name, length, counted in, blue (days before), yellow (working days before), source.
CUSTOM = "本会惯例"
CLOCKS = (
    ("release", "申退（退办申请）", 7, "wd", 0, 1, "某市提案办理办法：交办之日起7个工作日内提出，逾期不再调整"),
    ("decide", "审批承办单位申请", 3, "wd", 0, 1, CUSTOM),
    ("contact", "与提出人沟通", 15, "wd", 4, 1, "某县提案办理规定：15个工作日内与提案人见面沟通"),
    ("assist", "会办意见", 1, "month", 7, 3, "某市提案办理通知：会办单位一个月内向主办单位提出会办意见"),
    ("feedback", "答复意见反馈", 15, "wd", 4, 1, "某县提案办理规定：收到答复后15个工作日内反馈意见"),
    ("rehandle", "二次办理", 30, "cd", 15, 3, CUSTOM),
    ("track", "跟踪回头看", 90, "cd", 15, 3, CUSTOM),
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
                    unit=unit,
                    blue_days=blue,
                    yellow_days=yellow,
                    source=source,
                    valid_from=first,
                )
                for key, name, amount, unit, blue, yellow, source in CLOCKS
            ],
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("followups", "0005_engine")]

    operations = [migrations.RunPython(add_clocks, migrations.RunPython.noop)]
