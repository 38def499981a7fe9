"""A fresh committee takes in its files: what is wrong is named by line and column, what is right is written whole."""

from pathlib import Path

import pytest

from members.models import Membership
from stations.models import Matter, Station

from . import looks
from .hands import field, follow, press, said
from .town import build, login

SAMPLES = Path(__file__).resolve().parents[2] / "samples"

pytestmark = pytest.mark.story


def test_bad_rows_are_named_and_good_files_are_taken_over(page, sign_in, committee):
    town = build(committee)
    before = Membership.objects.count()
    sign_in(page, login(town.zhao))
    follow(page, "设置与导入")
    looks.fine(page, "setup")
    page.locator("main").get_by_role("link", name="导入").first.click()
    looks.fine(page, "imports")
    press(page, "预检")
    looks.fine(page, "imports-wrong")

    look_through(page, "名册", "bad/roster-errors.xlsx")
    rows = [row.inner_text().split("\t") for row in page.locator("main tbody tr").all()]
    found = {(sheet.strip(), line.strip(), column.strip()) for sheet, line, column, *_rest in rows}
    assert found >= {("委员", "3", "界别")}
    assert page.get_by_role("button", name="全部导入").count() == 0
    assert Membership.objects.count() == before
    looks.fine(page, "import-bad")

    for kind, file in (
        ("名册", "jiye-roster.xlsx"),
        ("站室与值日规则", "jiye-roster.xlsx"),
        ("为民办实事台账", "jiye-matters-2025.csv"),
    ):
        look_through(page, kind, file)
        assert "各行均无误，尚未写入。" in page.locator("main").inner_text()
        looks.fine(page, f"import-{kind}")
        press(page, "全部导入")
        assert said(page) == f"“{file}”已全部导入。"
    looks.fine(page, "import-done")
    assert Membership.objects.count() == before + 20
    assert Station.objects.count() == 1 + 3
    assert Matter.objects.count() == 10
    follow(page, "群众诉求")
    assert page.get_by_text("朝阳社区路灯不亮").count() > 0


def look_through(page, kind: str, file: str) -> None:
    """Upload a file as this kind and see its dry run."""
    page.goto("/imports/")
    field(page, "文件内容").select_option(label=kind)
    field(page, "文件").set_input_files(SAMPLES / file)
    press(page, "预检")
