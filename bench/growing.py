"""Growth: the same committee with a history many times as long.

A table is multiplied in the database: copy number k of a row lies 3·k years further back, has its key, and the keys of
the copied rows it points at, lowered by k million. The density of the years stays what it was, the archive grows; what
does not grow — stations, units, accounts — is shared by all copies.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connection, models

from members.models import Membership, Notice, Person

FIRST_KEY = 1_000_000_000  # where the keys of a database begin that is to grow backwards
STRIDE = 1_000_000
PERIOD = 3  # years: two years of work touch three calendar years, each with its own numbers

TABLES = {
    "members": ["Person", "Membership", "Notice", "NumberSeries"],
    "followups": ["Assignment", "AssignmentStep", "Receipt", "Reply"],
    "stations": ["DutySlot", "SlotStep", "DutyTurn", "Visit", "VisitStep", "Visit_people", "Matter", "MatterStep"],
    "consultations": [
        "Plan",
        "Topic",
        "TopicStep",
        "Session",
        "SessionStep",
        "Participant",
        "ParticipantStep",
        "Speech",
        "Consensus",
        "Outcome",
    ],
    "proposals": ["Proposal", "ProposalStep"],
}


def grown_models() -> list[type[models.Model]]:
    """Return the models whose rows are multiplied, those pointed at first."""
    return [apps.get_model(app, name) for app, names in TABLES.items() for name in names]


def begin_high() -> None:
    """Let the keys of an empty database begin high, so that older rows can have lower ones."""
    with connection.cursor() as cursor:
        for model in grown_models():
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
            cursor.execute(f"ALTER SEQUENCE {cursor.fetchone()[0]} RESTART WITH {FIRST_KEY}")


def multiply(times: int, *, committee_id: int) -> None:
    """Give the committee `times` as many rows of every table that grows."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("SET session_replication_role = replica")  # foreign keys are right by construction
        for model in grown_models():
            cursor.execute(_statement(model, committee_id), [times - 1])
        cursor.execute("SET session_replication_role = origin")


def _statement(model: type[models.Model], committee_id: int) -> str:
    fields = model._meta.concrete_fields
    columns = ", ".join(f'"{field.column}"' for field in fields)
    values = ", ".join(_value(model, field) for field in fields)
    names = {field.name for field in fields}
    own = f"WHERE committee_id = {int(committee_id)}"
    if "committee" not in names:  # who took part in a visit
        own = f"WHERE visit_id IN (SELECT id FROM stations_visit {own} AND id >= {FIRST_KEY})"  # noqa: S608
    if model is Person:  # the long list is that of the members; staff does not grow
        own += f" AND id IN (SELECT person_id FROM members_membership {own})"  # noqa: S608
    if model is Notice:  # one inbox is long enough
        own += f" AND to_id = (SELECT to_id FROM members_notice {own} GROUP BY to_id ORDER BY count(*) DESC LIMIT 1)"  # noqa: S608
    return f"""
        INSERT INTO {model._meta.db_table} ({columns})
        SELECT {values} FROM {model._meta.db_table} CROSS JOIN generate_series(1, %s) AS copy(k) {own}
    """  # noqa: S608 -- names come from the models, not from anybody's input


def _value(model: type[models.Model], field: models.Field) -> str:
    """Return the SQL that makes one column of a copy."""
    column = f'"{field.column}"'
    if field.primary_key or (field.is_relation and field.related_model in _keyed(model)):
        return f"{column} - k * {STRIDE}"
    if field.is_relation:
        return "NULL" if model is Person and field.name == "user" else column
    if isinstance(field, models.DateTimeField | models.DateField) and model not in (Person, Membership):
        kind = "timestamptz" if isinstance(field, models.DateTimeField) else "date"
        return f"({column} - make_interval(years => {PERIOD} * k))::{kind}"
    if field.name in ("year", "minutes_year"):
        return f"{column} - {PERIOD} * k"
    if (model, field.name) in ((Membership, "number"), (Notice, "key")):
        return f"{column} || '/' || k"
    return f"sent_at - make_interval(years => {PERIOD} * k)" if (model, field.name) == (Notice, "read_at") else column


def _keyed(model: type[models.Model]) -> set[type[models.Model]]:
    """Return the models whose keys are lowered in copies of `model`.

    People do business under their own keys: only a membership follows its copied person.
    """
    grown = set(grown_models()) - {Person}
    return grown | {Person} if model is Membership else grown
