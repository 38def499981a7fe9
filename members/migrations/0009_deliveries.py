"""What leaves the portal: deliveries, gateways, what people choose, quiet hours."""

import datetime

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0008_notices_owed_by_key"),
    ]

    operations = [
        migrations.AddField(
            model_name="committee",
            name="quiet_from",
            field=models.TimeField(default=datetime.time(21, 0), verbose_name="quiet from"),
        ),
        migrations.AddField(
            model_name="committee",
            name="quiet_until",
            field=models.TimeField(default=datetime.time(7, 0), verbose_name="quiet until"),
        ),
        migrations.AddField(
            model_name="notice",
            name="is_urgent",
            field=models.BooleanField(default=False, verbose_name="urgent"),
        ),
        migrations.AddField(
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
                ],
                default="work",
                max_length=10,
                verbose_name="kind",
            ),
        ),
        migrations.CreateModel(
            name="NoticeChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("channels", models.JSONField(default=list, verbose_name="message channels")),
                ("unwanted", models.JSONField(default=list, verbose_name="not wanted")),
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
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notice_choice",
                        to="members.person",
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "choice of notices",
                "verbose_name_plural": "choices of notices",
            },
        ),
        migrations.CreateModel(
            name="Delivery",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("email", "Mail"),
                            ("sms", "SMS"),
                            ("wecom", "WeCom"),
                            ("dingtalk", "DingTalk"),
                            ("feishu", "Feishu"),
                        ],
                        max_length=10,
                        verbose_name="message channel",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting"),
                            ("claimed", "Being sent"),
                            ("sent", "Sent"),
                            ("dead", "Not sent"),
                            ("dropped", "No longer needed"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
                ("not_before", models.DateTimeField(verbose_name="not before")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("claim", models.CharField(blank=True, editable=False, max_length=32)),
                ("fault", models.CharField(blank=True, max_length=200, verbose_name="what went wrong")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
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
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="deliveries",
                        to="members.notice",
                        verbose_name="notice",
                    ),
                ),
            ],
            options={
                "verbose_name": "delivery",
                "verbose_name_plural": "deliveries",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ("pending", "claimed"))),
                        fields=["not_before"],
                        name="delivery_due",
                    ),
                    models.Index(
                        models.F("committee"),
                        models.Case(models.When(state="dead", then=models.Value(0)), default=models.Value(1)),
                        models.OrderBy(models.F("id"), descending=True),
                        name="delivery_outbox",
                    ),
                    models.Index(condition=models.Q(("state", "dead")), fields=["committee"], name="delivery_dead"),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="delivery_sent_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gateway",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[("sms", "SMS"), ("wecom", "WeCom"), ("dingtalk", "DingTalk"), ("feishu", "Feishu")],
                        max_length=10,
                        verbose_name="message channel",
                    ),
                ),
                ("address", models.CharField(max_length=500, verbose_name="address")),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                "verbose_name": "gateway",
                "verbose_name_plural": "gateways",
                "ordering": ("pk",),
                "constraints": [models.UniqueConstraint(fields=("committee", "channel"), name="gateway_once")],
            },
        ),
    ]
