"""Histories: what was promised before the portal came, written down with its own days."""

from datetime import date, timedelta

import pytest

from followups.history import record_history
from followups.models import Receipt
from followups.origins import Origin
from followups.states import AssignmentState, OriginKind
from members.models import Notice

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


def recorded(people, **fields):
    """A history of something handed to Wu's unit."""
    words = {
        "title": "路灯不亮",
        "request": "请修复路灯",
        "rule": "matter_easy",
        "origin": Origin(OriginKind.MATTER, "诉求"),
        "handed_over_on": date(2026, 3, 2),
        "due_on": date(2026, 3, 12),
        "today": TODAY,
    }
    return record_history(committee=people.committee, unit=people.unit, by=people.zhao.person, **(words | fields))


def test_a_whole_history_keeps_the_days_on_which_things_happened(people):
    assignment = recorded(
        people,
        signed_on=date(2026, 3, 3),
        answered_on=date(2026, 3, 10),
        answer="已修复",
        closed_on=date(2026, 3, 12),
        proof="现场照片",
    )
    assert assignment.state == AssignmentState.CLOSED
    assert [(step.verb, step.at.date()) for step in assignment.steps.all()] == [
        ("hand_over", date(2026, 3, 2)),
        ("sign", date(2026, 3, 3)),
        ("answer", date(2026, 3, 10)),
        ("close", date(2026, 3, 12)),
    ]
    assert Receipt.objects.get().issued_on == date(2026, 3, 3)
    assert Notice.objects.count() == 0


def test_receipts_are_numbered_in_the_order_of_recording(people):
    for day in (3, 4, 5):
        recorded(people, signed_on=date(2026, 3, day))
    assert list(Receipt.objects.values_list("number", "issued_on")) == [
        (1, date(2026, 3, 3)),
        (2, date(2026, 3, 4)),
        (3, date(2026, 3, 5)),
    ]


def test_only_what_is_open_and_lies_ahead_is_reminded_of(people):
    late = recorded(people, title="早已逾期")
    owed = Notice.objects.filter(to=people.wu.person)
    assert [(notice.key, notice.due_at.date()) for notice in owed] == [
        (f"assignment:{late.pk}:overdue:overdue", TODAY + timedelta(days=1))
    ]
    assignment = recorded(people, handed_over_on=date(2026, 11, 2), due_on=date(2026, 11, 30))
    owed = owed.filter(key__startswith=f"assignment:{assignment.pk}:").values_list("key", flat=True)
    assert sorted(key.removeprefix(f"assignment:{assignment.pk}:") for key in owed) == [
        "due-reminder:due-1",
        "due-reminder:due-3",
        "overdue:overdue",
    ]


@pytest.mark.parametrize(
    "fields",
    [
        {"answered_on": date(2026, 3, 5), "answer": "已答复"},
        {"signed_on": date(2026, 3, 1)},
        {"due_on": date(2026, 3, 1)},
        {"signed_on": date(2026, 3, 3), "answered_on": date(2026, 3, 5)},
        {"signed_on": date(2026, 3, 3), "answered_on": date(2026, 3, 5), "answer": "好", "closed_on": date(2026, 3, 6)},
    ],
)
def test_a_history_that_cannot_have_happened_is_refused(people, fields):
    with pytest.raises(ValueError, match=r"\w"):
        recorded(people, **fields)
