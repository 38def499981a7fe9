"""Messages that wait can be looked up by how their notice's key begins."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0010_notice_kind_pass"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="key",
            field=models.CharField(blank=True, editable=False, max_length=120),
        ),
        migrations.AddIndex(
            model_name="delivery",
            index=models.Index(
                condition=models.Q(("state__in", ("pending", "claimed"))),
                fields=["key"],
                name="delivery_waiting_by_key",
                opclasses=["varchar_pattern_ops"],
            ),
        ),
    ]
