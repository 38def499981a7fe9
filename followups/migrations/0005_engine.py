"""The follow-up engine to the full: parts, requests, judgements, pressing, task lists and passes."""

import django.db.models.deletion
from django.db import migrations, models


def count_late_days(apps, schema_editor):
    """Say of answers given before how late they were."""
    assignments = apps.get_model("followups", "Assignment")._base_manager
    changed = []
    for assignment in assignments.filter(answered_on__isnull=False).only("due_on", "answered_on").iterator():
        assignment.late_days = max((assignment.answered_on - assignment.due_on).days, 0)
        changed.append(assignment)
    assignments.bulk_update(changed, ["late_days"], batch_size=500)


class Migration(migrations.Migration):
    dependencies = [
        ("followups", "0004_open_by_due"),
        ("members", "0006_unread_notices"),
    ]

    operations = [
        migrations.CreateModel(
            name="Degree",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("order", models.PositiveSmallIntegerField(verbose_name="order")),
                ("letter", models.CharField(max_length=2, verbose_name="letter")),
                ("label", models.CharField(max_length=60, verbose_name="label")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("solved", "Solved or adopted"),
                            ("partly", "Under way"),
                            ("planned", "Planned"),
                            ("later", "Not possible now"),
                            ("reference", "For reference, explained"),
                        ],
                        max_length=10,
                        verbose_name="meaning",
                    ),
                ),
                ("is_tracked", models.BooleanField(default=False, verbose_name="looked at again")),
            ],
            options={
                "verbose_name": "degree of solution",
                "verbose_name_plural": "degrees of solution",
                "ordering": ("degree_set", "order"),
            },
        ),
        migrations.CreateModel(
            name="DegreeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("version", models.PositiveSmallIntegerField(verbose_name="version")),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source of the rule")),
                ("valid_from", models.DateField(verbose_name="valid from")),
            ],
            options={
                "verbose_name": "set of degrees",
                "verbose_name_plural": "sets of degrees",
                "ordering": ("-version",),
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField(max_length=5000, verbose_name="answer")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "draft answer",
                "verbose_name_plural": "draft answers",
            },
        ),
        migrations.CreateModel(
            name="DueChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("extension", "Extension"),
                            ("pause", "Pause"),
                            ("pass_on", "Passed on to another unit"),
                            ("rehandle", "Handled a second time"),
                            ("reopen", "Reopened"),
                            ("calendar", "New calendar"),
                        ],
                        max_length=9,
                        verbose_name="cause",
                    ),
                ),
                ("old_due", models.DateField(verbose_name="was due")),
                ("new_due", models.DateField(verbose_name="now due")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="reason")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "moved day",
                "verbose_name_plural": "moved days",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="LadderRung",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=30, verbose_name="key")),
                ("version", models.PositiveSmallIntegerField(default=1, verbose_name="version")),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("remind", "Reminder"),
                            ("urge", "Urging"),
                            ("supervise", "Supervision"),
                            ("bulletin", "Bulletin"),
                        ],
                        max_length=9,
                        verbose_name="rung",
                    ),
                ),
                (
                    "anchor",
                    models.CharField(
                        choices=[("sign_due", "the day to sign for it"), ("due", "the day the answer is due")],
                        max_length=8,
                        verbose_name="counted from",
                    ),
                ),
                ("days", models.SmallIntegerField(verbose_name="days after (before: less than nought)")),
                (
                    "unit",
                    models.CharField(
                        choices=[
                            ("wd", "working days"),
                            ("cd", "calendar days"),
                            ("month", "months"),
                            ("fixed", "a fixed day of the year"),
                        ],
                        default="cd",
                        max_length=5,
                        verbose_name="counted in",
                    ),
                ),
                (
                    "told",
                    models.CharField(
                        choices=[
                            ("unit", "The unit"),
                            ("office", "The unit and the office"),
                            ("leaders", "The unit, the office and leaders"),
                        ],
                        max_length=7,
                        verbose_name="who is told",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("source", models.CharField(blank=True, max_length=200, verbose_name="source of the rule")),
                ("valid_from", models.DateField(verbose_name="valid from")),
            ],
            options={
                "verbose_name": "rung of the ladder",
                "verbose_name_plural": "ladder of escalation",
                "ordering": ("anchor", "days", "pk"),
            },
        ),
        migrations.CreateModel(
            name="LightChange",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "old_light",
                    models.CharField(
                        choices=[
                            ("done", "Answered"),
                            ("paused", "Clock stopped"),
                            ("green", "On time"),
                            ("blue", "Due soon"),
                            ("yellow", "Urgent"),
                            ("red", "Overdue"),
                        ],
                        max_length=8,
                        verbose_name="from",
                    ),
                ),
                (
                    "light",
                    models.CharField(
                        choices=[
                            ("done", "Answered"),
                            ("paused", "Clock stopped"),
                            ("green", "On time"),
                            ("blue", "Due soon"),
                            ("yellow", "Urgent"),
                            ("red", "Overdue"),
                        ],
                        max_length=8,
                        verbose_name="to",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="answer due")),
                ("on", models.DateField(verbose_name="on")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "change of light",
                "verbose_name_plural": "changes of light",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="LookBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("due_on", models.DateField(verbose_name="to be looked at by")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="looked at on")),
                (
                    "finding",
                    models.CharField(
                        blank=True,
                        choices=[("stays", "Stays done"), ("partly", "Partly"), ("not", "Not done")],
                        max_length=6,
                        verbose_name="finding",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=2000, verbose_name="what was found")),
            ],
            options={
                "verbose_name": "look-back",
                "verbose_name_plural": "look-backs",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=100, verbose_name="milestone")),
                ("due_on", models.DateField(verbose_name="by")),
                ("done_on", models.DateField(blank=True, null=True, verbose_name="reached on")),
            ],
            options={
                "verbose_name": "milestone",
                "verbose_name_plural": "milestones",
                "ordering": ("due_on", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Rating",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField(default=0, verbose_name="time handled")),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("satisfied", "Satisfied"),
                            ("basically", "Basically satisfied"),
                            ("not", "Not satisfied"),
                            ("unreached", "Could not be reached"),
                            ("silent", "No feedback given"),
                        ],
                        max_length=10,
                        verbose_name="what came of it",
                    ),
                ),
                (
                    "attitude",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("satisfied", "Satisfied with the way"),
                            ("understanding", "Understands"),
                            ("not", "Not satisfied with the way"),
                        ],
                        max_length=13,
                        verbose_name="the way it was handled",
                    ),
                ),
                (
                    "contact",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("visit", "Visit"),
                            ("phone", "By telephone"),
                            ("meeting", "At a meeting"),
                            ("declined", "Said there was no need"),
                            ("none", "Not at all"),
                        ],
                        max_length=8,
                        verbose_name="how the unit heard you",
                    ),
                ),
                (
                    "to_the_point",
                    models.CharField(
                        blank=True,
                        choices=[("yes", "Yes"), ("basically", "On the whole"), ("no", "No")],
                        max_length=9,
                        verbose_name="speaks to what was asked",
                    ),
                ),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="in your own words")),
                ("at", models.DateTimeField(verbose_name="at")),
            ],
            options={
                "verbose_name": "judgement",
                "verbose_name_plural": "judgements",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="SupervisionSlip",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "rung",
                    models.CharField(
                        choices=[
                            ("remind", "Reminder"),
                            ("urge", "Urging"),
                            ("supervise", "Supervision"),
                            ("bulletin", "Bulletin"),
                        ],
                        max_length=9,
                        verbose_name="rung",
                    ),
                ),
                ("occasion", models.CharField(editable=False, max_length=40, verbose_name="occasion")),
                ("year", models.PositiveSmallIntegerField(verbose_name="year")),
                ("number", models.PositiveIntegerField(verbose_name="number")),
                ("issued_on", models.DateField(verbose_name="issued on")),
                ("reply_by", models.DateField(verbose_name="reply by")),
                ("words", models.TextField(blank=True, max_length=1000, verbose_name="words")),
                ("reply", models.TextField(blank=True, max_length=2000, verbose_name="reply")),
                ("replied_on", models.DateField(blank=True, null=True, verbose_name="replied on")),
            ],
            options={
                "verbose_name": "supervision slip",
                "verbose_name_plural": "supervision slips",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="TaskList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("instruction", "Leader's instruction"),
                            ("report", "Special report"),
                            ("issues", "List of issues"),
                        ],
                        max_length=11,
                        verbose_name="kind",
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("words", models.TextField(blank=True, max_length=3000, verbose_name="words")),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="document number")),
                ("giver", models.CharField(blank=True, max_length=60, verbose_name="given by")),
                (
                    "rank",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("county", "County"),
                            ("prefecture", "Prefecture"),
                            ("province", "Province"),
                            ("nation", "Nation"),
                        ],
                        max_length=10,
                        verbose_name="at the level of",
                    ),
                ),
                ("given_on", models.DateField(verbose_name="dated")),
                ("meeting_on", models.DateField(blank=True, null=True, verbose_name="meeting held on")),
                ("about", models.CharField(blank=True, max_length=200, verbose_name="about")),
                ("report", models.TextField(blank=True, max_length=5000, verbose_name="what is reported back")),
                ("reported_on", models.DateField(blank=True, null=True, verbose_name="reported back on")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "Being written"), ("issued", "Handed over"), ("reported", "Reported back")],
                        default="draft",
                        editable=False,
                        max_length=10,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "task list",
                "verbose_name_plural": "task lists",
                "ordering": ("-given_on", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="TaskListStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30, verbose_name="move")),
                ("from_state", models.CharField(max_length=20, verbose_name="from")),
                ("to_state", models.CharField(max_length=20, verbose_name="to")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="TaskPoint",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveSmallIntegerField(verbose_name="number")),
                ("text", models.TextField(max_length=1000, verbose_name="what is to be done")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="to be done by")),
            ],
            options={
                "verbose_name": "point",
                "verbose_name_plural": "points",
                "ordering": ("number",),
            },
        ),
        migrations.CreateModel(
            name="UnitPass",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token_digest",
                    models.CharField(editable=False, max_length=64, unique=True, verbose_name="digest of the link"),
                ),
                ("code_digest", models.CharField(editable=False, max_length=128, verbose_name="digest of the code")),
                ("made_at", models.DateTimeField(verbose_name="made at")),
                ("ends_at", models.DateTimeField(verbose_name="valid until")),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="wrong codes")),
                ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="used at")),
                ("is_withdrawn", models.BooleanField(default=False, verbose_name="taken back")),
            ],
            options={
                "verbose_name": "pass for a unit",
                "verbose_name_plural": "passes for units",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="UnitRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("release", "Release"), ("extension", "Extension"), ("pause", "Pause")],
                        max_length=9,
                        verbose_name="asked for",
                    ),
                ),
                ("reason", models.TextField(max_length=1000, verbose_name="reason")),
                ("wished_on", models.DateField(blank=True, null=True, verbose_name="wished day")),
                ("asked_on", models.DateField(verbose_name="asked on")),
                ("decide_by", models.DateField(verbose_name="to be decided by")),
                ("decided_on", models.DateField(blank=True, null=True, verbose_name="decided on")),
                ("decision", models.TextField(blank=True, max_length=1000, verbose_name="words of the decision")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "To be decided"),
                            ("granted", "Granted"),
                            ("refused", "Refused"),
                            ("withdrawn", "Taken back"),
                        ],
                        default="pending",
                        editable=False,
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
            ],
            options={
                "verbose_name": "request",
                "verbose_name_plural": "requests",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="UnitRequestStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("verb", models.CharField(max_length=30, verbose_name="move")),
                ("from_state", models.CharField(max_length=20, verbose_name="from")),
                ("to_state", models.CharField(max_length=20, verbose_name="to")),
                ("at", models.DateTimeField(verbose_name="at")),
                ("note", models.TextField(blank=True, verbose_name="note")),
            ],
            options={
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.RemoveIndex(
            model_name="assignment",
            name="assignment_open_by_due",
        ),
        migrations.AddField(
            model_name="assignment",
            name="brand",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.brand",
                verbose_name="brand",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="calendar_version",
            field=models.PositiveIntegerField(default=0, editable=False, verbose_name="counted by calendar version"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="contacted_on",
            field=models.DateField(blank=True, null=True, verbose_name="first contact on"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="extensions",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times extended"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="external_number",
            field=models.CharField(blank=True, max_length=40, verbose_name="number with the supervision office"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.group",
                verbose_name="group",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="late_days",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="days late at the worst"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="level",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Ordinary"),
                    ("offices", "Two offices"),
                    ("special", "Special committee"),
                    ("chair", "Chair-led"),
                ],
                default="",
                max_length=8,
                verbose_name="supervised by",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="light_seen",
            field=models.CharField(
                choices=[
                    ("done", "Answered"),
                    ("paused", "Clock stopped"),
                    ("green", "On time"),
                    ("blue", "Due soon"),
                    ("yellow", "Urgent"),
                    ("red", "Overdue"),
                ],
                default="green",
                max_length=8,
                verbose_name="light last written down",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="next_milestone_on",
            field=models.DateField(blank=True, editable=False, null=True, verbose_name="next milestone"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="origin_topic",
            field=models.CharField(blank=True, max_length=120, verbose_name="topic"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="part",
            field=models.CharField(
                choices=[
                    ("sole", "Alone"),
                    ("lead", "Leading unit"),
                    ("assist", "Assisting unit"),
                    ("split", "Each its own share"),
                ],
                default="sole",
                max_length=6,
                verbose_name="part",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="part_of",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="parts",
                to="followups.assignment",
                verbose_name="handled with",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="paused_on",
            field=models.DateField(blank=True, null=True, verbose_name="paused on"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="point",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="point"),
        ),
        migrations.AddField(
            model_name="assignment",
            name="rating",
            field=models.CharField(
                blank=True,
                choices=[
                    ("satisfied", "Satisfied"),
                    ("basically", "Basically satisfied"),
                    ("not", "Not satisfied"),
                    ("unreached", "Could not be reached"),
                    ("silent", "No feedback given"),
                ],
                max_length=10,
                verbose_name="judgement",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="rounds",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="times handled again"),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="origin_kind",
            field=models.CharField(
                choices=[
                    ("matter", "Resident's matter"),
                    ("outcome", "Consultation outcome"),
                    ("proposal", "Proposal"),
                    ("task_list", "Task list"),
                ],
                max_length=10,
                verbose_name="came from",
            ),
        ),
        migrations.AlterField(
            model_name="assignment",
            name="state",
            field=models.CharField(
                choices=[
                    ("handed_over", "Handed over"),
                    ("signed", "Signed for"),
                    ("in_hand", "In hand"),
                    ("paused", "Paused"),
                    ("answered", "Answered"),
                    ("closed", "Struck off"),
                ],
                default="handed_over",
                editable=False,
                max_length=12,
                verbose_name="state",
            ),
        ),
        migrations.AddField(
            model_name="degree",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="degree",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="followups.degree",
                verbose_name="degree of solution",
            ),
        ),
        migrations.AddField(
            model_name="reply",
            name="degree",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="followups.degree",
                verbose_name="degree of solution",
            ),
        ),
        migrations.AddField(
            model_name="degreeset",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="degree",
            name="degree_set",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="degrees",
                to="followups.degreeset",
                verbose_name="set of degrees",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="assignment",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="draft",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="draft",
            name="degree",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="followups.degree",
                verbose_name="degree of solution",
            ),
        ),
        migrations.AddField(
            model_name="duechange",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="due_changes",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="duechange",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="duechange",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="ladderrung",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="lightchange",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="light_changes",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="lightchange",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="look_backs",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="lookback",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="milestones",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="ratings",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="rating",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="supervisionslip",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="slips",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="supervisionslip",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="supervisionslip",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="supervisionslip",
            name="replied_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="replied by",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="tasklist",
            name="giver_person",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="told to",
            ),
        ),
        migrations.AddField(
            model_name="assignment",
            name="task_list",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="followups.tasklist",
                verbose_name="task list",
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("state__in", ("handed_over", "signed", "in_hand", "paused"))),
                fields=["committee", "due_on", "id"],
                name="assignment_open_by_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "paused"), _negated=True), ("paused_on__isnull", False), _connector="OR"
                ),
                name="paused_assignment_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("part", "assist"), _negated=True), ("part_of__isnull", False), _connector="OR"
                ),
                name="assisting_unit_has_a_lead",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("external_number", ""), _negated=True),
                fields=("committee", "external_number"),
                name="external_number_once",
            ),
        ),
        migrations.AddField(
            model_name="taskliststep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="taskliststep",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="taskliststep",
            name="thing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="followups.tasklist"
            ),
        ),
        migrations.AddField(
            model_name="taskpoint",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="taskpoint",
            name="task_list",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="points",
                to="followups.tasklist",
                verbose_name="task list",
            ),
        ),
        migrations.AddField(
            model_name="taskpoint",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.unit",
                verbose_name="handling unit",
            ),
        ),
        migrations.AddField(
            model_name="unitpass",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="passes",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="unitpass",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="unitpass",
            name="made_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="unitpass",
            name="person",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="given to",
            ),
        ),
        migrations.AddField(
            model_name="unitrequest",
            name="assignment",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="requests",
                to="followups.assignment",
                verbose_name="assignment",
            ),
        ),
        migrations.AddField(
            model_name="unitrequest",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="unitrequest",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="unitrequest",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="members.unit", verbose_name="unit"
            ),
        ),
        migrations.AddField(
            model_name="unitrequeststep",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.person",
                verbose_name="by",
            ),
        ),
        migrations.AddField(
            model_name="unitrequeststep",
            name="committee",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="members.committee",
                verbose_name="committee",
            ),
        ),
        migrations.AddField(
            model_name="unitrequeststep",
            name="thing",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="followups.unitrequest"
            ),
        ),
        migrations.AddConstraint(
            model_name="degreeset",
            constraint=models.UniqueConstraint(fields=("committee", "version"), name="degree_set_once"),
        ),
        migrations.AddConstraint(
            model_name="degree",
            constraint=models.UniqueConstraint(fields=("degree_set", "letter"), name="degree_letter_once"),
        ),
        migrations.AddConstraint(
            model_name="ladderrung",
            constraint=models.UniqueConstraint(fields=("committee", "key", "version"), name="ladder_rung_once"),
        ),
        migrations.AddIndex(
            model_name="lightchange",
            index=models.Index(fields=["committee", "on", "light"], name="light_change_by_day"),
        ),
        migrations.AddIndex(
            model_name="lookback",
            index=models.Index(
                condition=models.Q(("done_on__isnull", True)), fields=["committee", "due_on"], name="look_back_ahead"
            ),
        ),
        migrations.AddConstraint(
            model_name="lookback",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("done_on__isnull", True), models.Q(("finding", ""), _negated=True), _connector="OR"
                ),
                name="done_look_back_found_sth",
            ),
        ),
        migrations.AddConstraint(
            model_name="rating",
            constraint=models.UniqueConstraint(fields=("assignment", "round"), name="rating_once_a_round"),
        ),
        migrations.AddIndex(
            model_name="supervisionslip",
            index=models.Index(fields=["committee", "-id"], name="slip_newest_first"),
        ),
        migrations.AddConstraint(
            model_name="supervisionslip",
            constraint=models.UniqueConstraint(fields=("committee", "rung", "year", "number"), name="slip_number_once"),
        ),
        migrations.AddConstraint(
            model_name="supervisionslip",
            constraint=models.UniqueConstraint(fields=("assignment", "occasion"), name="slip_once_an_occasion"),
        ),
        migrations.AddConstraint(
            model_name="supervisionslip",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("replied_on__isnull", True), models.Q(("reply", ""), _negated=True), _connector="OR"
                ),
                name="replied_slip_has_words",
            ),
        ),
        migrations.AddIndex(
            model_name="tasklist",
            index=models.Index(fields=["committee", "-given_on", "-id"], name="task_list_by_day"),
        ),
        migrations.AddConstraint(
            model_name="tasklist",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "reported"), _negated=True), ("reported_on__isnull", False), _connector="OR"
                ),
                name="reported_list_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="taskpoint",
            constraint=models.UniqueConstraint(fields=("task_list", "number"), name="task_point_once"),
        ),
        migrations.AddConstraint(
            model_name="unitpass",
            constraint=models.CheckConstraint(
                condition=models.Q(("ends_at__gt", models.F("made_at"))), name="pass_ends_after_it_begins"
            ),
        ),
        migrations.AddIndex(
            model_name="unitrequest",
            index=models.Index(
                condition=models.Q(("state", "pending")), fields=["committee", "decide_by"], name="unit_request_pending"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "pending")), fields=("assignment",), name="one_request_at_a_time"
            ),
        ),
        migrations.AddConstraint(
            model_name="unitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["pending", "withdrawn"]), ("decided_on__isnull", False), _connector="OR"
                ),
                name="decided_request_has_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="unitrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "extension"), _negated=True), ("wished_on__isnull", False), _connector="OR"
                ),
                name="extension_names_a_day",
            ),
        ),
        migrations.RunPython(count_late_days, migrations.RunPython.noop),
    ]
