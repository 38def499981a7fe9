"""Clashes: what is found, what is not, and that saving anyway must be said."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.actions import rsvp, sessions
from consultations.actions.sessions import Guests
from consultations.clashes import clashes, digest
from consultations.models import Session
from kit.tenancy import committee_scope, current_scope

from .factories import ahead, at, make_cast, make_session, make_slot

pytestmark = pytest.mark.django_db
NINE, ELEVEN = at(ahead(), 9), at(ahead(), 11)


def found(**asked):
    """Return (who, what) of the clashes with nine to eleven."""
    asked = {"committee": current_scope(), "starts_at": NINE, "ends_at": ELEVEN, **asked}
    return [(clash.who, clash.what) for clash in clashes(**asked)]


def test_nobody_can_sit_in_two_sessions_at_once(cast):
    make_session(by=cast.zhao, title="先约的会", starts_at=at(ahead(), 10), guests=Guests(members=[cast.lin.person]))
    assert found(people={cast.lin.person.pk, cast.ma.person.pk}) == [("林小测", "先约的会")]


def test_who_chairs_elsewhere_is_taken_too(cast):
    make_session(by=cast.zhao, title="他主持的会", starts_at=NINE, chair=cast.chen.person)
    assert found(people={cast.chen.person.pk}) == [("陈小测", "他主持的会")]


def test_one_station_holds_one_session(cast):
    make_session(by=cast.zhao, title="站里的会", starts_at=NINE, station=cast.station, place="")
    assert found(station=cast.station) == [(cast.station.name, "站里的会")]


def test_the_same_place_in_words_is_one_place(cast):
    make_session(by=cast.zhao, title="院坝会", starts_at=NINE, place="王家院坝")
    assert (found(place="王家院坝"), found(place="李家院坝")) == ([("王家院坝", "院坝会")], [])


def test_a_duty_day_is_a_clash(cast):
    slot = make_slot(cast.committee, person=cast.lin.person, day=ahead(), begins=10, ends=12)
    assert found(people={cast.lin.person.pk}) == [("林小测", f"值日：{slot.station.name}")]


def test_among_many_people_each_ones_duty_is_found_once(cast):
    slots = [make_slot(cast.committee, person=one.person, day=ahead(), begins=10) for one in (cast.ma, cast.lin)]
    people = {cast.lin.person.pk, cast.ma.person.pk, cast.chen.person.pk}
    asked = found(people=people)
    assert sorted(asked) == sorted(
        (name, f"值日：{slot.station.name}") for name, slot in zip(("马小测", "林小测"), slots, strict=True)
    )


def test_sessions_and_duty_that_only_touch_do_not_clash(cast):
    make_session(by=cast.zhao, starts_at=ELEVEN, guests=Guests(members=[cast.lin.person]), place="同一处")
    make_session(by=cast.zhao, starts_at=at(ahead(), 7), guests=Guests(members=[cast.lin.person]), place="同一处")
    make_slot(cast.committee, person=cast.lin.person, day=ahead(), begins=11, ends=12)
    assert found(people={cast.lin.person.pk}, place="同一处") == []


def test_what_is_cancelled_or_excused_is_free(cast):
    off = make_session(by=cast.zhao, starts_at=NINE, guests=Guests(members=[cast.lin.person]))
    sessions.cancel_session(off, by=cast.zhao.person, reason="改期")
    on = make_session(by=cast.zhao, starts_at=NINE, place="别处", guests=Guests(members=[cast.lin.person]))
    sessions.notify_session(on, by=cast.zhao.person, at=at(ahead(0)))
    seat = on.participants.get()
    rsvp.ask_leave(seat, by=cast.lin.person, reason="出差", at=at(ahead(0)))
    rsvp.grant_leave(seat, by=cast.zhao.person, at=at(ahead(0)))
    assert found(people={cast.lin.person.pk}) == []


def test_a_session_does_not_clash_with_itself(cast):
    session = make_session(by=cast.zhao, starts_at=NINE, guests=Guests(members=[cast.lin.person]))
    assert found(people={cast.lin.person.pk}, place=session.place, but=session) == []


def test_another_committee_never_clashes(cast, other_committee):
    with committee_scope(other_committee.pk):
        make_session(by=make_cast(other_committee).zhao, starts_at=NINE, place="同名的地方")
    assert found(place="同名的地方") == []


def form(cast, **more):
    """The form of a session at nine with Lin."""
    return {
        "form_key": uuid4().hex,
        "title": "后约的会",
        "form": cast.form.pk,
        "day": f"{ahead():%Y-%m-%d}",
        "begins": "09:00",
        "ends": "11:00",
        "place": "二楼",
        "members": [cast.lin.person.pk],
        **more,
    }


def test_saving_anyway_must_be_said_after_the_clash_was_shown(post, cast):
    make_session(by=cast.zhao, title="先约的会", starts_at=NINE, guests=Guests(members=[cast.lin.person]))
    create = reverse("consultations:session_create")
    typed = form(cast, residents="居民甲")
    first = post(cast.zhao, create, **typed)
    assert (first.status_code, Session.objects.count()) == (422, 1)
    page = first.content.decode()
    assert ("先约的会" in page, "居民甲" in page, "后约的会" in page) == (True, True, True)

    mark = digest(first.context["clashes"])
    assert first.context["form"]["seen"].value() == mark
    assert post(cast.zhao, create, **{**typed, "seen": "0" * 16}).status_code == 422
    assert post(cast.zhao, create, **{**typed, "seen": mark}).status_code == 302
    assert Session.objects.count() == 2


def test_papers_are_saved_with_the_session(client, post, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    create = reverse("consultations:session_create")
    typed = form(cast, title="带材料的会")
    client.force_login(cast.zhao.user)
    papers = [SimpleUploadedFile(f"材料{number}.pdf", b"%PDF-1.7") for number in (1, 2)]
    answer = client.post(create, {**typed, "form_key": uuid4().hex, "papers": papers})
    session = Session.objects.get()
    assert (answer.status_code, answer.url) == (302, session.get_absolute_url())
    assert list(session.papers.values_list("title", "added_by")) == [
        ("材料1", cast.zhao.person.pk),
        ("材料2", cast.zhao.person.pk),
    ]


@pytest.mark.parametrize("content", [b"%PDF-1.7", b"MZ"], ids=["a clash", "no paper"])
def test_a_form_that_comes_back_says_that_files_are_to_be_chosen_again(post, cast, settings, tmp_path, content):
    settings.MEDIA_ROOT = tmp_path
    make_session(by=cast.zhao, title="先约的会", starts_at=NINE, guests=Guests(members=[cast.lin.person]))
    typed = form(cast, members=[cast.lin.person.pk])
    create = reverse("consultations:session_create")
    word = "请重新选择文件"
    answer = post(cast.zhao, create, **typed, papers=SimpleUploadedFile("材料.pdf", content))
    assert (answer.status_code, word in answer.content.decode(), Session.objects.count()) == (422, True, 1)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert word not in post(cast.zhao, create, **typed).content.decode()


def test_a_change_takes_no_papers(get, cast):
    url = reverse("consultations:session_edit", args=[make_session(by=cast.zhao).pk])
    assert "papers" not in get(cast.zhao, url).context["form"].fields


def test_moving_onto_a_clash_asks_first(post, get, cast):
    make_session(by=cast.zhao, title="先约的会", starts_at=NINE, guests=Guests(members=[cast.lin.person]))
    late = at(ahead(), 15)
    session = make_session(by=cast.zhao, starts_at=late, place="二楼", guests=Guests(members=[cast.lin.person]))
    url = reverse("consultations:session_move", args=[session.pk])
    shown = get(cast.zhao, url, start=f"{NINE:%Y-%m-%dT%H:%M}", end=f"{ELEVEN:%Y-%m-%dT%H:%M}")
    assert [clash.what for clash in shown.context["clashes"]] == ["先约的会"]

    fields = {"day": f"{ahead():%Y-%m-%d}", "begins": "09:00", "ends": "11:00"}
    assert post(cast.zhao, url, **fields).status_code == 422
    assert post(cast.zhao, url, **fields, seen=digest(shown.context["clashes"])).status_code == 302
    session.refresh_from_db()
    assert session.starts_at == NINE


def test_a_free_time_is_moved_to_at_once(post, cast):
    session = make_session(by=cast.zhao, starts_at=NINE)
    url = reverse("consultations:session_move", args=[session.pk])
    answer = post(cast.zhao, url, day=f"{ahead(11):%Y-%m-%d}", begins="14:00", ends="15:30")
    session.refresh_from_db()
    assert (answer.status_code, session.starts_at) == (302, at(ahead(11), 14))
    assert session.ends_at - session.starts_at == timedelta(minutes=90)
    assert [step.label for step in session.steps.all()] == ["改期"]
