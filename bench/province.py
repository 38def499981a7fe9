"""Fills a database with the follow-up of a province, one of its counties the busiest.

Rows are made by the database itself, because a million of them through Python would take longer than the measure.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from django.db import connection

from bench.people import found_committee
from bench.scales import COUNTY_STRESS
from followups import actions
from followups.models import Assignment
from kit.tenancy import committee_scope
from members.models import Committee, Group, Person, RoleGrant, Term, Unit, User
from members.states import Level, Role

CITIES, COUNTIES = 14, 122  # under one provincial committee: 137 in all
BUSY_YEAR, YEARS = 2_500, 5  # follow-up items of the busiest county in a year; a term

ASSIGNMENTS = """
WITH made AS (
    SELECT i, %(committee)s AS committee, random() AS a, random() AS b, random() AS c, random() AS d,
        %(today)s::date - (i %% %(days)s)::int AS day,
        1 + (random() * 295)::int AS place, (random() * (%(units)s - 1))::int AS unit
    FROM generate_series(1, %(rows)s) i
), aged AS (
    SELECT *, %(today)s::date - day AS age,
        CASE WHEN %(today)s::date - day > 120 THEN CASE WHEN a < 0.96 THEN 'closed' WHEN a < 0.98 THEN 'answered'
                                                        ELSE 'in_hand' END
             WHEN %(today)s::date - day > 30 THEN CASE WHEN a < 0.5 THEN 'closed' WHEN a < 0.7 THEN 'answered'
                                                       WHEN a < 0.72 THEN 'paused' ELSE 'in_hand' END
             WHEN %(today)s::date - day > 3 THEN CASE WHEN a < 0.2 THEN 'answered' WHEN a < 0.7 THEN 'in_hand'
                                                      ELSE 'signed' END
             ELSE CASE WHEN a < 0.6 THEN 'handed_over' ELSE 'signed' END END AS state
    FROM made
), dated AS (
    SELECT *, CASE WHEN state = 'handed_over' THEN NULL ELSE day + least((b * 4)::int, age) END AS signed,
        CASE WHEN state IN ('handed_over', 'signed') THEN NULL ELSE day + least(4 + (c * 6)::int, age) END AS met,
        CASE WHEN state IN ('answered', 'closed') THEN day + least(10 + (d * 90)::int, age) END AS answered
    FROM aged
)
INSERT INTO followups_assignment (
    committee_id, unit_id, title, request, origin_kind, origin_title, origin_place, origin_topic, brand_id, group_id,
    state, handed_over_on, sign_due, due_on, blue_on, yellow_on, is_provisional, calendar_version, part, level,
    external_number, handler, contacted_on, paused_on, signed_on, answered_on, closed_on, proof, rating, rounds,
    extensions, late_days, light_seen{columns})
SELECT committee, %(first_unit)s + unit, '东河' || place || '村环境整治第' || i || '项',
    repeat('请研究办理，并在期限内答复。', 6), 'outcome', '协商议事会', '委员联络站' || place,
    '第' || (1 + place %% 95) || '号议题：改善村居环境', %(brand)s,
    CASE WHEN %(first_group)s > 0 THEN %(first_group)s + place %% 40 END,
    state, day, day + 3, day + 90, day + 75, day + 87, false, 0, 'sole',
    (ARRAY['', '', '', '', '', '', '', 'offices', 'special', 'chair'])[1 + (b * 9)::int],
    '', '经办人', met, CASE WHEN state = 'paused' THEN day + 20 END, signed, answered,
    CASE WHEN state = 'closed' THEN least(answered + 5 + (a * 30)::int, %(today)s::date) END,
    CASE WHEN state = 'closed' THEN '已现场核实。' ELSE '' END,
    CASE WHEN state <> 'closed' THEN '' WHEN b < 0.5 THEN 'satisfied' WHEN b < 0.7 THEN 'basically' WHEN b < 0.75
        THEN 'not' WHEN b < 0.8 THEN 'unreached' WHEN b < 0.95 THEN 'silent' ELSE '' END,
    CASE WHEN c < 0.05 THEN 1 ELSE 0 END, CASE WHEN d < 0.1 THEN 1 ELSE 0 END,
    CASE WHEN answered IS NOT NULL THEN greatest(answered - (day + 90), 0) END, 'green'{values}
FROM dated
"""

STEPS = """
INSERT INTO followups_assignmentstep (committee_id, verb, from_state, to_state, at, note, thing_id)
SELECT committee_id, 'hand_over', '', 'handed_over', handed_over_on + time '09:00', '', id FROM followups_assignment
UNION ALL
SELECT committee_id, 'answer', 'in_hand', 'answered', answered_on + time '10:00', '', id FROM followups_assignment
WHERE answered_on IS NOT NULL
UNION ALL
SELECT committee_id, 'close', 'answered', 'closed', closed_on + time '11:00', '', id FROM followups_assignment
WHERE closed_on IS NOT NULL
"""


def fill(rows: int, *, today: date) -> None:
    """Fill an empty database with `rows` assignments: at most half the busy county's, the rest spread evenly."""
    scale = replace(COUNTY_STRESS, years=YEARS, members=20, keepers=5, visits=0, matters=0, sessions=0, proposals=0)
    busy = found_committee("甲", scale, today=today, rng=random.Random(20))
    own_years = max(1, min(YEARS, rows // 2 // BUSY_YEAR))
    province = Committee.objects.create(name="示例省政协", short_name="省政协", code="bench-p", level=Level.PROVINCIAL)
    cities = [
        Committee.objects.create(
            name=f"第{number}市政协",
            short_name=f"{number}市",
            code=f"bench-c{number}",
            level="prefectural",
            parent=province,
        )
        for number in range(CITIES)
    ]
    counties = [
        Committee.objects.create(
            name=f"第{number}县政协", short_name=f"{number}县", code=f"bench-x{number}", parent=cities[number % CITIES]
        )
        for number in range(COUNTIES - 1)
    ]
    Committee.objects.filter(pk=busy.committee.pk).update(parent=cities[0])
    _leader_of(province, like=busy.leaders[0].user)
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        _assignments(cursor, busy.committee, own_years * BUSY_YEAR, today, own_years, units=60, brand=busy.brand.pk)
        others = [province, *cities, *counties]
        for other in others:
            _assignments(cursor, other, (rows - own_years * BUSY_YEAR) // len(others), today, YEARS, units=30)
        cursor.execute(STEPS)
    for committee in (busy.committee, province, *cities, *counties):
        with committee_scope(committee.pk):
            actions.count_years(committee, on=today)


def _leader_of(committee: Committee, *, like: User) -> None:
    """Give a committee a leader with the password of the others."""
    user = User.objects.create(username="province0001", password=like.password)
    person = Person.objects.create(committee=committee, user=user, name="甲省人", sort_key="0")
    RoleGrant.objects.create(committee=committee, person=person, role=Role.LEADER)


def _assignments(cursor, committee: Committee, rows: int, today: date, years: int, *, units: int, brand=None) -> None:
    mine = list(Unit.objects.filter(committee=committee).order_by("pk").values_list("pk", flat=True))
    if not mine:
        made = Unit.objects.bulk_create(
            Unit(committee=committee, name=f"第{number}局", short_name=f"{number}局") for number in range(units)
        )
        mine = [unit.pk for unit in made]
    if not Term.objects.filter(committee=committee).exists():
        Term.objects.create(
            committee=committee,
            ordinal=10,
            starts_on=date(today.year - 4, 1, 1),
            ends_on=date(today.year, 12, 31),
            is_current=True,
        )
    group = Group.objects.filter(committee=committee).order_by("pk").values_list("pk", flat=True).first()
    words = {
        "committee": committee.pk,
        "today": today,
        "days": 365 * years,
        "rows": rows,
        "units": len(mine),
        "first_unit": mine[0],
        "first_group": group or 0,
        "brand": brand,
    }
    # Whatever column has been added since gets its default.
    more = {
        f"default_{each.column}": each
        for each in Assignment._meta.concrete_fields
        if not (each.null or each.primary_key or each.generated) and each.column not in ASSIGNMENTS
    }
    columns = "".join(f", {each.column}" for each in more.values())
    values = "".join(f", %({name})s" for name in more)
    words |= {name: each.get_default() for name, each in more.items()}
    cursor.execute(ASSIGNMENTS.replace("{columns}", columns).replace("{values}", values), words)
