"""The board elsewhere: on the wall without anybody's name, as a file and as data with definitions."""

import csv
import io

import pytest
from django.utils import timezone
from rest_framework.test import APIClient

from followups import figures, papers, reports, tallies
from followups.tests.factories import make_assignment
from followups.tests.test_board import some_life
from kit.figures import definition
from members.models import ExportLog

pytestmark = pytest.mark.django_db


def test_the_wall_shows_numbers_and_no_person_and_no_title(client, people):
    on = timezone.localdate()
    make_assignment(unit=people.unit, by=people.zhao, title="王小测家门口的路", on=on, topic="改善村居环境")
    client.force_login(people.chen.user)
    html = client.get("/board/wall/").content.decode()
    assert "住建局" in html
    assert "改善村居环境" in html
    assert [word for word in ("王小测", "陈小测", "赵小测", "/assignments/") if word in html] == []
    assert 'hx-trigger="every 60s"' in html


def test_the_wall_fetches_only_its_own_part(client, people):
    client.force_login(people.zhao.user)
    part = client.get("/board/wall/", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="wall"')
    assert "<html" not in part


def test_the_file_holds_every_figure_with_its_definition_and_is_written_down(client, people):
    some_life(people, seed=2, count=5)
    client.force_login(people.chen.user)
    answer = client.get("/board/export/", {"format": "csv"})
    head, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert len(head) == 9
    assert {(row[7], int(row[8])) for row in rows} == {
        (each.key, each.version)
        for each in (
            *figures.BOARD,
            figures.OPEN,
            figures.NO_ANSWER,
            figures.UNSATISFIED,
            figures.OPEN_BEFORE,
            figures.MOVED,
            figures.CLOSED_IN_MONTH,
            *figures.UNITS,
            *(each for stage in figures.STAGES for each in (stage.days, stage.rows)),
        )
    }
    assert ExportLog.objects.get().rows == len(rows)
    assert client.get("/board/export/").content[:2] == b"PK"


def test_the_file_and_the_page_tell_the_same(people):
    some_life(people, seed=6, count=8)
    on = timezone.localdate()
    options, chosen = reports.options_of(people.committee), tallies.Chosen.of_year(on.year)
    told = papers.told(people.committee, chosen, on=on, options=options)
    board = reports.board(people.committee, chosen, on=on, options=options)
    assert [(each.of.key, each.count) for each in told if each.table == papers.ALONE] == [
        (figure.of.key, figure.count) for figure in board.all_figures
    ]
    assert all(each.of is definition(each.of.key) for each in told)


def test_the_api_names_the_definition_of_every_figure(people):
    some_life(people, seed=8, count=4)
    client = APIClient()
    client.force_login(people.zhao.user)
    rows = client.get("/api/assignments/figures/").json()
    assert [row for row in rows if definition(row["definition"]).version != row["version"]] == []
    total = next(row for row in rows if row["definition"] == "total")
    assert (total["table"], total["count"]) == ("alone", client.get(
        "/api/assignments/", {"year": timezone.localdate().year}
    ).json()["count"])  # fmt: skip
    client.force_login(people.wu.user)
    assert client.get("/api/assignments/figures/").status_code == 403
