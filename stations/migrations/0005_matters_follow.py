"""Promises matters that are with a unit for the day of their assignment, which may have moved since the hand-over."""

from django.db import migrations
from django.db.models import F, OuterRef, Subquery


def follow(apps, _schema_editor):
    """Copy the day of the assignment to every matter that is with the unit and has another."""
    matters = apps.get_model("stations", "Matter")._base_manager
    assignments = apps.get_model("followups", "Assignment")._base_manager
    day = assignments.filter(pk=OuterRef("assignment")).values("due_on")
    matters.filter(state="assigned").exclude(due_on=F("assignment__due_on")).update(due_on=Subquery(day))


class Migration(migrations.Migration):
    dependencies = [("stations", "0004_index_by_station"), ("followups", "0005_engine")]

    operations = [migrations.RunPython(follow, migrations.RunPython.noop)]
