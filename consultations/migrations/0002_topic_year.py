"""The year of the plan on the topic itself, and the index the list of topics is read from."""

from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Write the year of each topic's plan on the topic."""
    topics, plans = (apps.get_model("consultations", name) for name in ("Topic", "Plan"))
    year = Subquery(plans.objects.filter(pk=OuterRef("plan")).values("year"))
    topics.objects.filter(plan__isnull=False).update(year=year)


class Migration(migrations.Migration):
    """Add the field, fill it, then build the index."""

    dependencies = [("consultations", "0001_sessions")]

    operations = [
        migrations.AddField(
            model_name="topic",
            name="year",
            field=models.PositiveSmallIntegerField(editable=False, null=True, verbose_name="year"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterModelOptions(
            name="topic",
            options={
                "ordering": ("-year", "line", "-pk"),
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
            },
        ),
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(fields=["committee", "-year", "line", "-id"], name="topic_by_line"),
        ),
    ]
