"""A kind of notice for ways in without an account."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0009_deliveries"),
    ]

    operations = [
        migrations.AlterField(
            model_name="notice",
            name="kind",
            field=models.CharField(
                choices=[
                    ("meeting", "Consultation sessions"),
                    ("duty", "Duty days"),
                    ("work", "Things handed over, matters and proposals"),
                    ("reminder", "Small reminders"),
                    ("digest", "Digest of the morning"),
                    ("alert", "Warnings about the portal and one's account"),
                    ("pass", "Ways in without an account"),
                ],
                default="work",
                max_length=10,
                verbose_name="kind",
            ),
        ),
    ]
