"""Whether a unit's answers are cleared inside the unit."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("members", "0011_delivery_key")]

    operations = [
        migrations.AddField(
            model_name="unit",
            name="clears_answers",
            field=models.BooleanField(
                default=False,
                help_text="One person writes an answer, another one of the unit reads it and sends it.",
                verbose_name="answers are cleared inside the unit",
            ),
        ),
    ]
