"""The API of the front door: the same eyes and the same moves as the pages."""

import pytest

from stations.states import MatterState

from .factories import make_matter, make_slot, make_visit

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("prefix", ["stations", "duty-days", "visits", "matters"])
def test_each_sees_what_the_pages_show_them(people, client, prefix):
    make_slot(people.station, people=[people.lin.person])
    make_visit(people.station, by=people.lin)
    make_matter(people.station, by=people.lin)
    codes = []
    for actor in (people.zhao, people.lin, people.cao, people.wu):
        client.force_login(actor.user)
        codes.append(client.get(f"/api/{prefix}/").status_code)
    assert codes == [200] * 4
    assert client.get(f"/api/{prefix}/").json()["count"] == 0  # a unit sees nothing here
    client.logout()
    assert client.get(f"/api/{prefix}/").status_code in (401, 403)


def test_a_matter_is_answered_closed_and_not_twice(people, client):
    matter = make_matter(people.station, by=people.lin)
    client.force_login(people.kong.user)

    def move(verb, **data):
        return client.post(f"/api/matters/{matter.pk}/{verb}/", data, content_type="application/json").status_code

    assert move("close", rating="satisfied") == 409
    assert move("answer", answer="") == 400
    assert move("answer", answer="已修复") == 200
    assert move("close", rating="satisfied") == 200
    assert move("close", rating="satisfied") == 409
    matter.refresh_from_db()
    assert matter.state == MatterState.CLOSED
    client.force_login(people.cao.user)
    assert move("reopen", reason="又坏") == 404
    client.force_login(people.lin.user)
    assert move("reopen", reason="又坏") == 403
