"""The import page: look through, read what is wrong, take over whole; and the demo through the same door."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from kit.sheets import read_table
from kit.tenancy import every_committee
from members.models import Committee, ImportRun, Membership, Person, Sector
from members.states import ImportState, Role
from members.tests.factories import make_actor

pytestmark = pytest.mark.django_db

GOOD = "委员编号,姓名,界别\r\nT001,张甲,教育界\r\nT002,李乙,教育界\r\n"


@pytest.fixture
def office(committee, client):
    """A browser of the office."""
    Sector.objects.create(committee=committee, name="教育界")
    client.force_login(make_actor(committee, Role.CLERK).user)
    return client


def upload(client, text, name="委员.csv"):
    """Send a file and return the address of its dry run."""
    key = client.get("/imports/").context["form"]["form_key"].value()
    file = SimpleUploadedFile(name, text.encode("gb18030"))
    return client.post("/imports/", {"form_key": key, "kind": "roster", "file": file}).url


def commit(client, address):
    """Press “import all”; returns the key that was sent."""
    key = client.get(address).context["form"]["form_key"].value()
    client.post(f"{address}commit/", {"form_key": key})
    return key


def test_a_file_is_looked_through_first_and_taken_over_on_a_second_word(office):
    address = upload(office, GOOD)
    page = office.get(address)
    assert (page.context["may_commit"], dict(page.context["counts"])) == (True, {"委员": 2})
    assert "GB18030" in page.content.decode()
    assert Membership.objects.count() == 0

    commit(office, address)

    assert sorted(Membership.objects.values_list("person__name", flat=True)) == ["张甲", "李乙"]
    assert ImportRun.objects.get().state == ImportState.COMMITTED


def test_a_file_with_a_bad_row_shows_where_and_why_and_cannot_be_taken_over(office):
    address = upload(office, GOOD.replace("李乙,教育界", "李乙,航天界"))
    page = office.get(address)
    assert page.context["may_commit"] is False
    assert [(row["sheet"], row["line"], row["column"], row["value"]) for row in page.context["errors"]] == [
        ("委员", 3, "界别", "航天界")
    ]
    commit(office, address)
    assert Membership.objects.count() == 0


def test_pressed_twice_it_is_taken_over_once(office):
    address = upload(office, GOOD)
    key = commit(office, address)
    office.post(f"{address}commit/", {"form_key": key})
    commit(office, address)
    assert Person.objects.filter(name="张甲").count() == 1


def test_the_same_file_uploaded_again_says_so(office):
    commit(office, upload(office, GOOD))
    page = office.get(upload(office, GOOD))
    assert (page.context["may_commit"], page.context["before"].filename) == (False, "委员.csv")


def test_what_became_wrong_since_the_dry_run_is_refused(office):
    address = upload(office, GOOD)
    Sector.objects.all().delete()
    commit(office, address)
    assert (Membership.objects.count(), ImportRun.objects.get().state) == (0, ImportState.CHECKED)


@pytest.mark.parametrize(("name", "content"), [("a.pdf", "%PDF-1.7"), ("a.csv", "\x00\x00"), ("a.xlsx", "PK no zip")])
def test_a_file_that_is_no_table_is_explained_not_an_error(office, name, content):
    page = office.get(upload(office, content, name))
    assert (page.status_code, len(page.context["errors"])) == (200, 1)


def test_a_form_without_a_file_comes_back(office):
    key = office.get("/imports/").context["form"]["form_key"].value()
    assert office.post("/imports/", {"form_key": key, "kind": "roster"}).status_code == 422


def test_the_template_has_the_sheets_the_import_reads(office):
    table = read_table(office.get("/imports/template/roster/").content, "a.xlsx", sheet="委员")
    assert table.sheets == ("界别", "组织", "村居", "单位", "委员", "账号", "品牌")
    assert table.rows[0].cells[:2] == ("委员编号", "姓名")
    assert office.get("/imports/template/nothing/").status_code == 404


@pytest.mark.parametrize("role", [Role.LEADER, Role.MEMBER, Role.KEEPER])
def test_only_the_office_imports(committee, client, role):
    client.force_login(make_actor(committee, role).user)
    assert client.get("/imports/").status_code == 403


def test_nobody_reads_another_committees_file(office, other_committee, client):
    address = upload(office, GOOD)
    with every_committee(because="a stranger is made"):
        client.force_login(make_actor(other_committee, Role.CLERK).user)
    assert client.get(address).status_code == 404
    assert client.post(f"{address}commit/").status_code == 404


@pytest.fixture
def demo(db):
    """The demo, loaded."""
    call_command("demo", stdout=io.StringIO())


def test_the_demo_fills_two_committees_and_one_can_sign_in_for_every_role(demo, client):
    printed = io.StringIO()
    call_command("demo", accounts=True, stdout=printed)
    lines = [line.split() for line in printed.getvalue().splitlines()]
    assert [line[0] for line in lines] == ["政协办公室", "政协领导", "委员", "站室负责人", "承办单位"]
    for _role, username, password in lines:
        assert client.post("/sign-in/", {"username": username, "password": password}).status_code == 302
        assert client.get("/").status_code == 200
        client.post("/sign-out/")
    with every_committee(because="the demo made several"):
        assert list(Committee.objects.values_list("code", flat=True)) == ["lanchuan", "yunxiu", "jiye"]
        assert Membership.objects.filter(committee__code="yunxiu").count() == 200
        assert Membership.objects.filter(person__name="王伟").count() == 2


def test_the_demo_leaves_a_portal_in_use_alone(committee):
    with pytest.raises(CommandError):
        call_command("demo")
    call_command("demo", if_empty=True)
    assert Person.objects.count() == 0


def test_the_demo_is_refused_where_it_is_live(db, settings):
    settings.LIVE = True
    with pytest.raises(CommandError, match="live"):
        call_command("demo")
