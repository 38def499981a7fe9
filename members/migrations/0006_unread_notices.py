"""An index of the unread notices, which every page counts."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0005_top_area_once")]

    operations = [
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("read_at__isnull", True), ("sent_at__isnull", False)),
                fields=["to"],
                name="notice_unread",
            ),
        ),
    ]
