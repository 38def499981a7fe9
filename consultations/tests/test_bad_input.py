"""Clumsy and hostile input: explained, kept, never half-written, never a 500; a repeated post is one act."""

import zipfile
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from consultations.actions.sessions import Guests
from consultations.models import Consensus, Outcome, Paper, Session, Speech, Topic
from followups.models import Assignment
from kit.tenancy import committee_scope

from .factories import ahead, make_cast, make_meeting, make_plan, make_session

pytestmark = pytest.mark.django_db
S = "consultations:"


def words(cast, **more):
    """A right session form."""
    right = {
        "title": "协商会",
        "form": cast.form.pk,
        "day": f"{ahead():%Y-%m-%d}",
        "begins": "09:00",
        "ends": "11:00",
        "place": "二楼",
    }
    return {**right, **more}


BAD = [
    {"title": ""},
    {"title": "长" * 121},
    {"title": "甲\x00乙"},
    {"title": "甲\u202e乙"},
    {"day": "2026-02-30"},
    {"day": "9999-12-31"},
    {"day": "明天"},
    {"begins": "25:00"},
    {"ends": "09:00"},
    {"ends": "08:00"},
    {"place": "", "station": ""},
    {"form": "987654321"},
    {"form": "9" * 40},
    {"form": "x"},
    {"members": ["987654321"]},
    {"members": ["9" * 40]},
    {"members": ["-1"]},
    {"members": ["\x00"]},
    {"units": ["x"]},
    {"groups": ["1e9"]},
    {"chair": "9" * 30},
    {"residents": "\n".join(f"居民{number}" for number in range(61))},
    {"residents": "长" * 61},
    {"seen": "x" * 17},
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: ",".join(bad))
def test_a_bad_session_is_explained_and_keeps_what_was_typed(post, cast, bad):
    answer = post(cast.zhao, reverse(f"{S}session_create"), **words(cast, note="请带材料", **bad))
    assert (answer.status_code, Session.objects.count()) == (422, 0)
    assert "请带材料" in answer.content.decode()


@pytest.mark.parametrize("field", ["form", "topic", "brand", "station", "area", "chair", "members", "units"])
def test_what_belongs_to_another_committee_is_no_choice(post, cast, other_committee, field):
    with committee_scope(other_committee.pk):
        strangers = make_cast(other_committee)
        topic = Topic.objects.create(committee=other_committee, title="外县议题", source="member", state="confirmed")
        ids = {
            "form": strangers.form.pk,
            "topic": topic.pk,
            "brand": 999,
            "station": strangers.station.pk,
            "area": 999,
            "chair": strangers.chen.person.pk,
            "members": [strangers.lin.person.pk],
            "units": [strangers.unit.pk],
        }
    answer = post(cast.zhao, reverse(f"{S}session_create"), **words(cast, **{field: ids[field]}))
    assert (answer.status_code, Session.objects.count()) == (422, 0)


def test_a_keeper_cannot_name_another_station_or_a_heavy_form(post, cast):
    other = make_session(by=cast.zhao, station=None).form
    mine = words(cast, form=cast.light.pk, station=cast.station.pk)
    create = reverse(f"{S}session_create")
    assert post(cast.kong, create, **{**mine, "form": other.pk}).status_code == 422
    assert post(cast.kong, create, **{**mine, "station": ""}).status_code == 422
    assert post(cast.kong, create, **mine).status_code == 302


def test_a_session_sent_twice_is_one(client, cast):
    client.force_login(cast.zhao.user)
    form = {**words(cast), "form_key": uuid4().hex}
    first = client.post(reverse(f"{S}session_create"), form)
    second = client.post(reverse(f"{S}session_create"), form)
    assert (first.status_code, second.status_code) == (302, 302)
    assert (second.url, Session.objects.count()) == (first.url, 1)


@pytest.mark.parametrize(
    ("part", "fields", "model"),
    [
        ("consensus", {"text": "一点"}, Consensus),
        ("speech", {"text": "发言", "mode": "oral", "participant": ""}, Speech),
        ("outcome", {"kind": "todo", "text": "修灯", "unit": True, "due_on": f"{ahead(9):%Y-%m-%d}"}, Outcome),
    ],
)
def test_what_is_written_down_twice_is_there_once(client, cast, part, fields, model):
    session = make_meeting(by=cast.zhao)
    fields = {**fields, "form_key": uuid4().hex, **({"unit": cast.unit.pk} if fields.get("unit") else {})}
    client.force_login(cast.zhao.user)
    for _turn in range(2):
        assert client.post(reverse(f"{S}meeting_{part}", args=[session.pk]), fields).status_code == 302
    assert model.objects.count() == 1
    assert Assignment.objects.count() == (1 if part == "outcome" else 0)


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("consensus", {"text": ""}),
        ("consensus", {"text": "甲\x00"}),
        ("speech", {"text": "x", "mode": "sung"}),
        ("speech", {"text": "x", "mode": "oral", "participant": "987654321"}),
        ("reserved", {"text": "长" * 2001}),
        ("position", {"participant": "", "side": "x", "position": "y"}),
        ("guest", {"name": "", "kind": "member"}),
        ("outcome", {"kind": "no such", "text": "x"}),
        ("outcome", {"kind": "todo", "text": "x", "unit": "987654321"}),
        ("outcome", {"kind": "todo", "text": "x", "due_on": "2026-02-30"}),
        ("outcome", {"kind": "todo", "text": "x", "due_on": "2020-01-01"}),
        ("course", {"minutes": "长" * 20_001}),
        ("consensus", {"text": "一点", "form_key": "short"}),
    ],
)
def test_a_bad_note_of_the_meeting_shows_the_page_again(post, cast, part, fields):
    session = make_meeting(by=cast.zhao, guests=Guests(residents=["居民甲"]))
    answer = post(cast.zhao, reverse(f"{S}meeting_{part}", args=[session.pk]), **fields)
    assert answer.status_code == 422


def test_a_made_up_mark_of_attendance_is_refused_and_other_seats_are_ignored(post, cast):
    session = make_meeting(by=cast.zhao, guests=Guests(residents=["居民甲"]))
    other = make_meeting(by=cast.zhao, place="别处", guests=Guests(residents=["居民乙"])).participants.get()
    seat = session.participants.get()
    url = reverse(f"{S}meeting_attendance", args=[session.pk])
    assert post(cast.zhao, url, **{f"seat-{seat.pk}": "asleep"}).status_code == 422
    assert post(cast.zhao, url, **{f"seat-{seat.pk}": "late", f"seat-{other.pk}": "absent"}).status_code == 302
    for row in (seat, other):
        row.refresh_from_db()
    assert (seat.presence, other.presence) == ("late", "")


def test_nothing_is_written_down_once_the_minutes_are_issued(post, cast):
    session = make_meeting(by=cast.zhao)
    post(cast.zhao, reverse(f"{S}session_issue", args=[session.pk]))
    for part, fields in (("consensus", {"text": "迟到的一点"}), ("course", {"minutes": "改写"})):
        assert post(cast.zhao, reverse(f"{S}meeting_{part}", args=[session.pk]), **fields).status_code == 302
    session.refresh_from_db()
    assert (session.consensus.count(), session.minutes) == (0, "")


def test_the_same_line_of_a_plan_is_taken_once(post, cast):
    plan = make_plan(cast.committee)
    fields = {"title": "议题", "source": "party", "plan": plan.pk, "line": 1}
    create = reverse(f"{S}topic_create")
    assert post(cast.zhao, create, **fields).status_code == 302
    assert post(cast.zhao, create, **fields).status_code == 422
    assert post(cast.zhao, create, **{**fields, "line": ""}).status_code == 302
    assert list(plan.topics.by_line().values_list("line", flat=True)) == [1, 2]


@pytest.mark.parametrize("matter", ["987654321", "9" * 40, "x", "-1", "１"])
def test_a_matter_nobody_has_is_not_found(get, cast, matter):
    assert get(cast.zhao, reverse(f"{S}topic_create"), matter=matter).status_code == 404


QUERIES = [
    {"start": "x", "end": "y"},
    {"start": "2026-02-30T09:00", "end": "2026-02-30T10:00"},
    {"start": "9999-12-31T23:00", "end": "9999-12-31T23:59"},
    {"start": "2026-03-18T11:00", "end": "2026-03-18T09:00"},
    {"start": "0001-01-01T00:00", "end": "0001-01-01T01:00"},
    {"start": "2026-03-18T09:00+14:00", "end": "2026-03-18T10:00-14:00"},
]


@pytest.mark.parametrize("query", QUERIES)
def test_a_nonsense_time_to_move_to_shows_the_form_as_it_was(get, cast, query):
    session = make_session(by=cast.zhao)
    page = get(cast.zhao, reverse(f"{S}session_move", args=[session.pk]), **query)
    assert (page.status_code, page.context["new"]) == (200, None)


def zipped(*names):
    """A zip file with these parts."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


FILES = [
    ("材料.pdf", b"%PDF-1.7 x", "pdf"),
    ("照片.exe", b"\x89PNG\r\n\x1a\nx", "png"),
    ("照片.jpg", b"\xff\xd8\xff\xe0", "jpg"),
    ("表.docx", zipped("[Content_Types].xml", "word/document.xml"), "docx"),
    ("表.xlsx", zipped("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
    ("假.pdf", b"<html><script>alert(1)</script>", None),
    ("宏.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), None),
    ("包.docx", zipped("evil.exe"), None),
    ("破.xlsx", b"PK\x03\x04broken", None),
    ("空.pdf", b"", None),
    ("图.svg", b"<svg onload=alert(1)>", None),
]


@pytest.mark.parametrize(("name", "content", "ending"), FILES, ids=[row[0] for row in FILES])
def test_a_paper_is_what_its_content_says(post, get, cast, settings, tmp_path, name, content, ending):
    settings.MEDIA_ROOT = tmp_path
    session = make_session(by=cast.zhao)
    url = reverse(f"{S}session_papers", args=[session.pk])
    answer = post(cast.zhao, url, papers=SimpleUploadedFile(name, content))
    assert answer.status_code == (302 if ending else 422)
    assert Paper.objects.count() == (1 if ending else 0)
    if ending:
        paper = Paper.objects.get()
        assert paper.file.name.endswith(f".{ending}")
        assert name.split(".")[0] not in paper.file.name
        served = get(cast.lin, reverse(f"{S}paper", args=[paper.pk]))
        assert served["X-Content-Type-Options"] == "nosniff"
        assert served["Content-Disposition"].startswith("attachment")
        assert served.content == content
        assert get(cast.wu, reverse(f"{S}paper", args=[paper.pk])).status_code == 404


def test_one_bad_file_among_good_ones_keeps_none(client, cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    session = make_session(by=cast.zhao)
    client.force_login(cast.zhao.user)
    files = [SimpleUploadedFile("好.pdf", b"%PDF-1.7"), SimpleUploadedFile("坏.pdf", b"no")]
    url = reverse(f"{S}session_papers", args=[session.pk])
    answer = client.post(url, {"form_key": uuid4().hex, "papers": files})
    assert (answer.status_code, Paper.objects.count(), list(tmp_path.rglob("*.pdf"))) == (422, 0, [])


def test_a_removed_paper_leaves_nothing_on_the_disk(post, cast, settings, tmp_path, django_capture_on_commit_callbacks):
    settings.MEDIA_ROOT = tmp_path
    session = make_session(by=cast.zhao)
    file = SimpleUploadedFile("材料.pdf", b"%PDF-1.7")
    post(cast.zhao, reverse(f"{S}session_papers", args=[session.pk]), papers=file)
    with django_capture_on_commit_callbacks(execute=True):
        post(cast.zhao, reverse(f"{S}paper_remove", args=[Paper.objects.get().pk]))
    assert (Paper.objects.count(), [path for path in tmp_path.rglob("*") if path.is_file()]) == (0, [])
