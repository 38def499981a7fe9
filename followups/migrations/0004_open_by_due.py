"""An index of the open assignments by the day they are due, for lists with the reddest first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("followups", "0003_index_for_the_board")]

    operations = [
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("state__in", ["handed_over", "signed", "in_hand"])),
                fields=["committee", "due_on", "id"],
                name="assignment_open_by_due",
            ),
        ),
    ]
