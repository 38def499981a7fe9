"""One index holds all that is asked of the rows of one station, in place of the one of its key alone."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("stations", "0003_telephone_call")]

    operations = [
        migrations.AlterField(
            model_name="matter",
            name="station",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="matters",
                to="stations.station",
                verbose_name="station",
            ),
        ),
        migrations.AlterField(
            model_name="visit",
            name="station",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="visits",
                to="stations.station",
                verbose_name="station",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["station", "committee", "id"], name="matter_at_station"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("state__in", ("received", "classified", "working", "assigned", "escalated"))),
                fields=["station", "committee", "owner"],
                name="open_matter_at_station",
            ),
        ),
        migrations.AddIndex(
            model_name="visit",
            index=models.Index(fields=["station", "committee", "id"], name="visit_at_station"),
        ),
    ]
