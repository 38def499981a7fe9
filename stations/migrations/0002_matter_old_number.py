"""Matters taken over from an earlier ledger keep the number they had there."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stations", "0001_front_door")]

    operations = [
        migrations.AddField(
            model_name="matter",
            name="old_number",
            field=models.CharField(blank=True, editable=False, max_length=30, verbose_name="number in earlier records"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.UniqueConstraint(
                condition=~models.Q(old_number=""), fields=["committee", "old_number"], name="matter_old_number_once"
            ),
        ),
    ]
