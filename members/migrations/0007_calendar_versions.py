"""Versions of a committee's working calendar."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0006_unread_notices")]

    operations = [
        migrations.AddField(
            model_name="committee",
            name="calendar_years",
            field=models.JSONField(default=list, editable=False, verbose_name="calendar years entered"),
        ),
        migrations.CreateModel(
            name="CalendarVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                ("year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="complete year")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="notice or decree")),
                ("is_file", models.BooleanField(default=False, verbose_name="from a file")),
                ("checksum", models.CharField(blank=True, editable=False, max_length=64, verbose_name="checksum")),
                ("at", models.DateTimeField(verbose_name="entered at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="entered by",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "calendar version",
                "verbose_name_plural": "calendar versions",
                "ordering": ("-number",),
                "constraints": [models.UniqueConstraint(fields=("committee", "number"), name="calendar_version_once")],
            },
        ),
        migrations.AddField(
            model_name="calendarday",
            name="version",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="days",
                to="members.calendarversion",
                verbose_name="calendar version",
            ),
        ),
    ]
