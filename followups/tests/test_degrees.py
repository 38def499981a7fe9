"""The committee's letters: shipped sets, the next version, and what refuses."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.degrees import DEGREE_VARIANTS, install_degrees
from followups.models import Degree, DegreeSet
from kit.workflow import MoveRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def first_set(people):
    """The set a committee begins with."""
    install_degrees(people.committee, on=date(2020, 1, 1))
    return DegreeSet.objects.get()


def form_of(variant, *, seen=1, **more):
    """What the page would send for a shipped set."""
    chosen = DEGREE_VARIANTS[variant]
    sent = {"form_key": uuid4().hex, "seen": seen, "name": str(chosen.name)[:60], "source": str(chosen.source)}
    sent["valid_from"] = f"{timezone.localdate()}"
    for number, letter in enumerate(chosen.letters, 1):
        sent |= {f"{name}_{number}": str(getattr(letter, name)) for name in ("letter", "label", "kind")}
        if letter.is_tracked:
            sent[f"is_tracked_{number}"] = "on"
    return sent | more


def post(client, actor, **sent):
    """Send the form of the next version."""
    client.force_login(actor.user)
    return client.post(reverse("followups:degree_edit"), sent)


@pytest.mark.parametrize("variant", DEGREE_VARIANTS)
def test_each_shipped_set_becomes_the_next_version(client, people, first_set, variant):
    client.force_login(people.zhao.user)
    page = client.get(reverse("followups:degree_edit"), {"variant": variant})
    assert page.context["form"].initial["letter_2"] == "B"
    assert post(client, people.zhao, **form_of(variant)).status_code == 302
    today = timezone.localdate()
    letters = [(degree.letter, degree.kind) for degree in Degree.objects.in_force(on=today)]
    assert letters == [(letter.letter, letter.kind) for letter in DEGREE_VARIANTS[variant].letters]
    before = [degree.degree_set for degree in Degree.objects.in_force(on=today - timedelta(days=1))]
    assert set(before) == {first_set}


@pytest.mark.parametrize(
    "bad",
    [
        {"name": ""},
        {"source": ""},
        {"valid_from": "2001-01-01"},
        {"valid_from": "2026-02-30"},
        {"valid_from": "9999-12-31"},
        {"letter_1": "B"},
        {"letter_1": "ABC"},
        {"label_1": ""},
        {"kind_1": "great"},
        {"kind_2": ""},
        {"letter_2": ""},
        {"seen": "7"},
        {"seen": "x"},
        {"name": "空\x00字"},
        {f"letter_{number}": "" for number in range(1, 7)} | {f"label_{n}": "" for n in range(1, 7)}
        | {f"kind_{n}": "" for n in range(1, 7)},
    ],
    ids=str,
)  # fmt: skip
def test_a_bad_set_is_explained_and_not_written(client, people, first_set, bad):
    assert post(client, people.zhao, **form_of("c", **bad)).status_code == 422
    assert DegreeSet.objects.count() == 1


def test_of_two_who_write_the_next_version_one_is_told(people, first_set):
    words = {"name": "新", "source": "通知", "valid_from": date(2026, 1, 1), "letters": DEGREE_VARIANTS["a"].letters}
    actions.change_degrees(people.committee, seen=1, **words)
    with pytest.raises(MoveRefused):
        actions.change_degrees(people.committee, seen=1, **words)
    assert DegreeSet.objects.count() == 2


def test_a_committee_without_letters_begins_with_a_shipped_set(client, people):
    Degree.objects.all().delete()
    DegreeSet.objects.all().delete()
    client.force_login(people.zhao.user)
    assert client.get(reverse("followups:degree_list")).status_code == 200
    assert post(client, people.zhao, **form_of("b", seen=0)).status_code == 302
    assert DegreeSet.objects.get().version == 1


@pytest.mark.parametrize("who", ["chen", "wu", "lin", "ma"])
def test_only_the_office_sets_letters(client, people, first_set, who):
    client.force_login(getattr(people, who).user)
    assert client.get(reverse("followups:degree_list")).status_code == 403
    assert post(client, getattr(people, who), **form_of("a")).status_code == 403


def test_the_list_costs_the_same_for_one_version_and_for_many(client, people, first_set, django_assert_num_queries):
    for seen in (1, 2, 3):
        letters = DEGREE_VARIANTS["a"].letters
        actions.change_degrees(
            people.committee, seen=seen, name="新", source="x", valid_from=date(2026, 1, 1), letters=letters
        )
    client.force_login(people.zhao.user)
    client.get(reverse("followups:degree_list"))
    with django_assert_num_queries(6):  # session, account, roles; sets; letters; unread notices
        client.get(reverse("followups:degree_list"))
