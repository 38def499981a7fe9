"""The ladder: rungs as rows, slips that are given out once, reactions that stop them, and lights written down."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from followups import actions
from followups.ladder import DEFAULTS, rungs_of
from followups.models import Assignment, LadderRung, LightChange, SupervisionSlip
from kit.workflow import MoveRefused
from members.models import CalendarDay, Notice

from .factories import ON, make_assignment

DUE = date(2026, 4, 1)  # a Wednesday


@pytest.fixture
def late(people):
    """Something Wu's unit signed for, due on 1 April."""
    assignment = make_assignment(unit=people.unit, by=people.zhao, raised_by=people.lin.person, due_on=DUE)
    actions.sign_for(assignment, by=people.wu.person, on=ON)
    Assignment.objects.get(pk=assignment.pk).steps.update(at="2026-03-18T10:00+08:00")
    return assignment


def slips():
    """Rung, number and day of every slip."""
    return [(slip.rung, slip.number, slip.issued_on) for slip in SupervisionSlip.objects.order_by("pk")]


def test_nothing_is_pressed_before_the_first_rung(people, late):
    assert actions.press(people.committee, on=DUE + timedelta(days=6)) == []


def test_each_rung_gives_its_slip_once_and_tells_whom_it_names(people, late):
    for day in (8, 8, 9, 16, 16):  # 9, 9, 10 and 17 April
        actions.press(people.committee, on=DUE + timedelta(days=day))
    assert slips() == [("urge", 1, date(2026, 4, 9)), ("supervise", 1, date(2026, 4, 17))]
    told = Notice.objects.filter(key__contains=":pressed:").order_by("pk").values_list("key", "to__name")
    first, second = SupervisionSlip.objects.order_by("pk")
    assert {name for key, name in told if key.endswith(f":{first.pk}")} == {"吴小测", "赵小测"}
    assert {name for key, name in told if key.endswith(f":{second.pk}")} == {"吴小测", "赵小测", "陈小测"}


def test_missed_days_are_not_made_up_for_one_by_one(people, late):
    actions.press(people.committee, on=DUE + timedelta(days=36))  # a week off lies before it
    assert [rung for rung, _number, _day in slips()] == ["bulletin"]


def test_a_unit_that_reacts_is_left_in_peace_until_the_next_rung(people, late):
    Assignment.objects.get(pk=late.pk).steps.create(
        committee=people.committee, verb="progress", from_state="signed", to_state="in_hand",
        by=people.wu.person, at="2026-04-03T10:00+08:00",
    )  # fmt: skip
    assert actions.press(people.committee, on=DUE + timedelta(days=8)) == []
    Assignment.objects.get(pk=late.pk).steps.filter(verb="progress").delete()  # as if it had kept silent
    assert len(actions.press(people.committee, on=DUE + timedelta(days=8))) == 1


def test_a_reply_to_the_slip_stops_the_next_one(people, late):
    (slip,) = actions.press(people.committee, on=DUE + timedelta(days=8))
    actions.reply_to_slip(slip, by=people.wu.person, text="本周完成", on=DUE + timedelta(days=9))
    assert actions.press(people.committee, on=DUE + timedelta(days=16)) == []
    with pytest.raises(MoveRefused):
        actions.reply_to_slip(slip, by=people.wu.person, text="再回复", on=DUE + timedelta(days=10))


def test_what_is_answered_or_paused_is_not_pressed(people, late):
    actions.answer(late, by=people.wu.person, text="已办", on=DUE + timedelta(days=2))
    assert actions.press(people.committee, on=DUE + timedelta(days=40)) == []


def test_nobody_is_pressed_on_a_day_off(people, late):
    CalendarDay.objects.create(committee=people.committee, day=DUE + timedelta(days=8), is_workday=False, label="假")
    assert actions.press(people.committee, on=DUE + timedelta(days=8)) == []
    assert len(actions.press(people.committee, on=DUE + timedelta(days=9))) == 1


def test_a_new_day_starts_the_ladder_anew(people, late):
    actions.press(people.committee, on=DUE + timedelta(days=8))
    late.refresh_from_db()
    actions.move_due(late, to=date(2026, 5, 11), cause="extension", by=people.zhao.person, on=DUE)
    assert actions.press(people.committee, on=date(2026, 5, 12)) == []
    actions.press(people.committee, on=date(2026, 5, 19))
    assert [rung for rung, _number, _day in slips()] == ["urge", "urge"]


def test_a_changed_rung_holds_from_its_day_on(people, late):
    urge = LadderRung.objects.get(key="urge")
    actions.change_rung(
        urge, is_active=True, days=2, unit="wd", told="unit", source="会议纪要", valid_from=date(2026, 4, 2)
    )
    assert [rung.days for rung in rungs_of(people.committee, on=DUE) if rung.key == "urge"] == [7]
    assert [rung.rung for rung in actions.press(people.committee, on=date(2026, 4, 3))] == ["urge"]
    with pytest.raises(MoveRefused):
        actions.change_rung(
            urge, is_active=True, days=3, unit="wd", told="unit", source="会议纪要", valid_from=date(2026, 4, 2)
        )


def test_a_rung_that_is_not_in_use_is_not_climbed(people, late):
    urge = LadderRung.objects.get(key="urge")
    actions.change_rung(
        urge, is_active=False, days=7, unit="cd", told="unit", source="会议纪要", valid_from=date(2026, 1, 1)
    )
    assert actions.press(people.committee, on=DUE + timedelta(days=8)) == []


def test_by_hand_a_slip_is_given_at_any_time_while_the_clock_runs(people, late):
    first = actions.press_by_hand(late, by=people.zhao.person, rung="urge", words="请抓紧", on=ON)
    second = actions.press_by_hand(late, by=people.zhao.person, rung="supervise", words="请抓紧", on=ON)
    assert [(slip.rung, slip.number, slip.reply_by) for slip in (first, second)] == [
        ("urge", 1, date(2026, 3, 25)),
        ("supervise", 1, date(2026, 3, 25)),
    ]
    actions.answer(late, by=people.wu.person, text="已办", on=ON)
    with pytest.raises(MoveRefused):
        actions.press_by_hand(late, by=people.zhao.person, rung="urge", words="请抓紧", on=ON)


def test_each_crossing_of_a_light_is_written_down_once(people, late):
    days = (DUE - timedelta(days=14), DUE - timedelta(days=14), DUE - timedelta(days=1), DUE + timedelta(days=1))
    noted = [actions.note_lights(people.committee, on=day) for day in days]
    assert noted == [1, 0, 1, 1]
    assert list(LightChange.objects.order_by("pk").values_list("old_light", "light", "on")) == [
        ("green", "blue", days[0]),
        ("blue", "yellow", days[2]),
        ("yellow", "red", days[3]),
    ]


def test_two_clocks_at_once_write_one_crossing(people, late, monkeypatch):
    day = DUE + timedelta(days=1)
    Assignment.objects.filter(pk=late.pk).update(light_seen="red")  # the other clock was faster by a moment
    assert actions.note_lights(people.committee, on=day) == 0


def test_the_slip_is_printed_replied_to_and_listed(client, people, late):
    (slip,) = actions.press(people.committee, on=DUE + timedelta(days=8))
    client.force_login(people.wu.user)
    assert "催办单" in client.get(slip.get_absolute_url()).content.decode()
    reply = reverse("followups:supervision_reply", args=[slip.pk])
    key = client.get(reply).context["form"]["form_key"].value()
    for _twice in range(2):
        assert client.post(reply, {"form_key": key, "text": "本周内完成"}).url == slip.get_absolute_url()
    assert SupervisionSlip.objects.get().reply == "本周内完成"
    assert "本周内完成" in client.get(slip.get_absolute_url()).content.decode()
    client.force_login(people.zhao.user)
    page = client.get(reverse("followups:supervision_list"), {"show": "open"})
    assert page.context["page"].paginator.count == 0
    assert client.get(reverse("followups:supervision_list")).context["page"].paginator.count == 1


def test_another_unit_sees_no_slip_of_this_one(client, people, late):
    (slip,) = actions.press(people.committee, on=DUE + timedelta(days=8))
    client.force_login(people.he.user)
    assert client.get(slip.get_absolute_url()).status_code == 404
    assert client.get(reverse("followups:supervision_list")).context["page"].paginator.count == 0


def test_the_office_presses_from_the_page_of_the_assignment(client, people, late):
    client.force_login(people.zhao.user)
    address = reverse("followups:press", args=[late.pk])
    assert address in client.get(late.get_absolute_url()).content.decode()
    form = client.get(address).context["form"]
    answer = client.post(address, {"form_key": form["form_key"].value(), "rung": "supervise", "words": "请抓紧办理"})
    assert answer.url == SupervisionSlip.objects.get().get_absolute_url()
    assert "督办单" in client.get(late.get_absolute_url()).content.decode()


def test_the_ladder_is_shown_and_changed_by_the_office(client, people):
    client.force_login(people.zhao.user)
    page = client.get(reverse("followups:ladder")).content.decode()
    assert page.count("btn-sm") == len(DEFAULTS)
    urge = LadderRung.objects.get(key="urge")
    address = reverse("followups:rung_edit", args=[urge.pk])
    today = timezone.localdate()
    sent = {
        "form_key": client.get(address).context["form"]["form_key"].value(),
        "version": 1, "is_active": "on", "days": 5, "unit": "wd", "told": "office", "source": "会议纪要",
    }  # fmt: skip
    assert client.post(address, {**sent, "valid_from": "2020-01-01"}).status_code == 422
    assert client.post(address, {**sent, "valid_from": f"{today:%Y-%m-%d}"}).status_code == 302
    assert [(rung.version, rung.days) for rung in LadderRung.objects.filter(key="urge").order_by("pk")] == [
        (1, 7),
        (2, 5),
    ]
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_of_slips_costs_the_same_for_one_and_for_many(client, people, late, count):
    for number in range(count):
        SupervisionSlip.objects.create(
            committee=people.committee, assignment=late, rung="urge", occasion=f"by-hand:{number}", year=2026,
            number=number + 1, issued_on=DUE, reply_by=DUE,
        )  # fmt: skip
    client.force_login(people.zhao.user)
    client.get(reverse("followups:supervision_list"))
    with CaptureQueriesContext(connection) as asked:
        client.get(reverse("followups:supervision_list"))
    assert len(asked) == 5 + (count > 30)
