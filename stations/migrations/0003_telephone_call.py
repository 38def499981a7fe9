"""The channel is a telephone call, not a telephone number; words only."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stations", "0002_matter_old_number")]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="channel",
            field=models.CharField(
                choices=[
                    ("duty", "Duty day"),
                    ("field", "Field visit"),
                    ("phone", "Telephone call"),
                    ("mailbox", "Mailbox"),
                    ("chat", "Chat group"),
                    ("session", "Consultation session"),
                ],
                default="duty",
                max_length=10,
                verbose_name="channel",
            ),
        ),
    ]
