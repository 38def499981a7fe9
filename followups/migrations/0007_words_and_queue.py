"""Words to search in as one column, and an index of a unit's queue."""

import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0006_more_clocks"),
        ("members", "0007_calendar_versions"),
    ]

    operations = [
        migrations.AddField(
            model_name="assignment",
            name="words",
            field=models.GeneratedField(
                db_persist=True,
                expression=django.db.models.functions.text.Lower(
                    django.db.models.functions.text.Concat(
                        "title", models.Value(" "), "origin_title", models.Value(" "), "origin_place"
                    )
                ),
                output_field=models.TextField(),
            ),
        ),
        migrations.AlterField(
            model_name="deadlinerule",
            name="unit",
            field=models.CharField(
                choices=[
                    ("wd", "working days"),
                    ("cd", "calendar days"),
                    ("month", "months"),
                    ("fixed", "a fixed day of the year"),
                ],
                max_length=5,
                verbose_name="counted in",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("state__in", ("handed_over", "signed", "in_hand", "paused"))),
                fields=["committee", "unit", "due_on", "id"],
                name="assignment_queue",
            ),
        ),
    ]
