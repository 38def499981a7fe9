"""Accounts: opened, given roles, given new passwords; what no office may do."""

import pytest

from kit.tenancy import every_committee
from members.models import Notice, Person, RoleGrant, User
from members.states import Role
from members.tests.factories import PASSWORD, make_member, make_person, make_unit

pytestmark = pytest.mark.django_db


def post(client, address, **values):
    """Send the form of a page."""
    key = client.get(address).context["form"]["form_key"].value()
    return client.post(address, {"form_key": key, **values})


def test_a_new_account_gets_its_roles_and_a_password_shown_once(committee, zhao, as_):
    unit = make_unit(committee)
    client = as_(zhao)
    answer = post(client, "/setup/accounts/new/", name="吴小测", username="wu", roles=["officer"], unit=unit.pk)

    password = answer.context["password"]
    assert answer.status_code == 200
    assert password in answer.content.decode()
    assert User.objects.get(username="wu").check_password(password)
    assert list(RoleGrant.objects.filter(person__name="吴小测").values_list("role", "unit")) == [("officer", unit.pk)]


def test_the_same_form_sent_again_opens_no_second_account(committee, zhao, as_):
    client = as_(zhao)
    key = client.get("/setup/accounts/new/").context["form"]["form_key"].value()
    values = {"form_key": key, "name": "王领导", "username": "leader", "roles": ["leader"]}
    client.post("/setup/accounts/new/", values)
    again = client.post("/setup/accounts/new/", values)
    person = Person.objects.get(user__username="leader")
    assert (again.status_code, again.url) == (302, f"/setup/accounts/{person.pk}/")


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({"username": "坏 名"}, "username"),
        ({"roles": ["officer"]}, "unit"),
        ({"roles": ["member"]}, "roles"),
        ({"roles": []}, "roles"),
    ],
)
def test_a_wrong_account_is_refused(zhao, as_, values, wrong):
    answer = post(as_(zhao), "/setup/accounts/new/", **{"name": "吴", "username": "wu", "roles": ["leader"], **values})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", "不能给自己授予角色，请由办公室其他人员授予。"),
        ("en", "Nobody grants a role to themselves; ask somebody else of the office."),
    ],
)
def test_nobody_grants_a_role_to_themselves(zhao, as_, language, words):
    User.objects.filter(pk=zhao.user.pk).update(language=language)
    client, own = as_(zhao), f"/setup/accounts/{zhao.person.pk}/"
    assert f"{own}roles/" not in client.get(own).content.decode()
    answer = client.post(f"{own}roles/", {"form_key": "k" * 32, "role": "leader"})
    assert (answer.status_code, answer.context["grant_form"].non_field_errors()) == (422, [words])
    assert words in answer.content.decode()
    assert list(zhao.person.grants.values_list("role", flat=True)) == ["clerk"]


def test_an_account_name_taken_anywhere_is_refused(zhao, ma, as_):
    answer = post(as_(zhao), "/setup/accounts/new/", name="吴", username=ma.user.username, roles=["leader"])
    assert list(answer.context["form"].errors) == ["username"]


def test_a_member_gets_an_account_from_their_page(committee, zhao, as_):
    person = make_member(committee, name="丁一")
    post(as_(zhao), f"/setup/accounts/new/?person={person.pk}", username="ding", roles=["member"])
    assert Person.objects.get(user__username="ding") == person


def test_a_new_password_replaces_the_old_one_signs_out_and_is_told(zhao, lin, as_):
    elsewhere = as_(lin)
    answer = as_(zhao).post(f"/setup/accounts/{lin.person.pk}/reset/")
    assert User.objects.get(pk=lin.user.pk).check_password(answer.context["password"])
    assert elsewhere.get("/").status_code == 302
    assert Notice.objects.filter(to=lin.person).count() == 1


def test_no_office_takes_over_an_account_used_in_another_committee(zhao, lin, ma, as_):
    with every_committee(because="one account, two committees"):
        Person.objects.create(committee=ma.committee, name="林小测", user=lin.user)
    client = as_(zhao)
    client.post(f"/setup/accounts/{lin.person.pk}/reset/")
    client.post(f"/setup/accounts/{lin.person.pk}/edit/", {"form_key": "k" * 32})
    user = User.objects.get(pk=lin.user.pk)
    assert (user.check_password(PASSWORD), user.is_active) == (True, True)


def test_roles_are_granted_and_taken_back_at_once(committee, zhao, as_):
    person = make_person(committee, name="站小长")
    client = as_(zhao)
    client.post(f"/setup/accounts/{person.pk}/roles/", {"role": "keeper", "form_key": "k" * 32})
    client.post(f"/setup/accounts/{person.pk}/roles/", {"role": "keeper", "form_key": "l" * 32})
    grant = RoleGrant.objects.get(person=person)
    assert grant.role == Role.KEEPER

    client.post(f"/setup/roles/{grant.pk}/revoke/")
    assert RoleGrant.objects.filter(person=person).count() == 0


def test_the_last_person_of_the_office_keeps_the_role(zhao, as_):
    grant = RoleGrant.objects.get(person=zhao.person)
    as_(zhao).post(f"/setup/roles/{grant.pk}/revoke/")
    assert list(RoleGrant.objects.filter(role=Role.CLERK)) == [grant]


def test_a_closed_account_cannot_sign_in(zhao, lin, as_, client):
    as_(zhao).post(f"/setup/accounts/{lin.person.pk}/edit/", {"form_key": "k" * 32, "email": ""})
    answer = client.post("/sign-in/", {"username": lin.user.username, "password": PASSWORD})
    assert answer.status_code == 200


@pytest.mark.parametrize("verb", ["", "edit/", "reset/", "roles/"])
def test_accounts_are_the_offices_own(verb, zhao, lin, wu, ma, as_):
    address = f"/setup/accounts/{zhao.person.pk}/{verb}"
    for actor, status in ((lin, 403), (wu, 403), (ma, 404)):
        client = as_(actor)
        answer = client.post(address) if verb else client.get(address)
        assert answer.status_code == status
