"""Notices that are owed can be looked up by how their key begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Adds the index of what is owed, by key."""

    dependencies = [("members", "0007_calendar_versions")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("sent_at__isnull", True)),
                fields=["key"],
                name="notice_owed_by_key",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
    ]
