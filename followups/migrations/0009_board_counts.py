"""Indexes from which the board counts a period without reading the rows themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0008_first_ladder"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="assignment",
            name="assignment_by_month",
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["committee", "handed_over_on"],
                include=(
                    "state",
                    "due_on",
                    "unit",
                    "brand",
                    "group",
                    "level",
                    "origin_place",
                    "origin_topic",
                    "signed_on",
                    "contacted_on",
                    "answered_on",
                    "closed_on",
                    "late_days",
                    "extensions",
                    "rounds",
                    "rating",
                    "id",
                ),
                name="assignment_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                fields=["committee", "closed_on"],
                include=("state", "unit", "brand", "group", "id"),
                name="assignment_by_closing",
            ),
        ),
    ]
