"""The day the minutes of a session are due, set when the meeting is opened."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("consultations", "0002_topic_year")]

    operations = [
        migrations.AddField(
            model_name="session",
            name="minutes_due",
            field=models.DateField(editable=False, null=True, verbose_name="minutes due on"),
        ),
    ]
