"""Bulletins with frozen figures, and counts of years for the committees above."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0012_working"),
        ("members", "0011_delivery_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("month", models.PositiveSmallIntegerField(verbose_name="month")),
                ("figures", models.JSONField(verbose_name="numbers")),
                ("definitions", models.JSONField(verbose_name="definitions")),
                ("on", models.DateField(verbose_name="as of")),
                ("frozen_at", models.DateTimeField(verbose_name="made at")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.person",
                        verbose_name="by",
                    ),
                ),
                (
                    "committee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "bulletin",
                "verbose_name_plural": "bulletins",
                "ordering": ("-year", "-month"),
                "constraints": [
                    models.UniqueConstraint(fields=("committee", "year", "month"), name="bulletin_once_a_month"),
                    models.CheckConstraint(
                        condition=models.Q(("month__gte", 1), ("month__lte", 12)), name="bulletin_of_a_month"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="YearCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("counts", models.JSONField(default=dict, verbose_name="numbers")),
                ("on", models.DateField(verbose_name="as of")),
                ("at", models.DateTimeField(verbose_name="counted at")),
                (
                    "committee",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="members.committee",
                        verbose_name="committee",
                    ),
                ),
            ],
            options={
                "verbose_name": "count of a year",
                "verbose_name_plural": "counts of years",
                "ordering": ("year",),
                "indexes": [models.Index(fields=["year", "committee"], name="year_count_by_year")],
                "constraints": [models.UniqueConstraint(fields=("committee", "year"), name="year_count_once")],
            },
        ),
    ]
