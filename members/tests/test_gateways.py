"""Gateways: which addresses are taken, what goes out, and that no secret is ever shown."""

import json
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from members import actions, notices
from members.gateways import GatewayFault, check_address, push
from members.models import Delivery, Gateway

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 18, 1, 0, tzinfo=UTC)
KEY = "a1b2c3d4-1111-2222-3333-abcdefabcdef"


class Service(BaseHTTPRequestHandler):
    """An SMS service on this machine that remembers what it was told."""

    def do_POST(self):
        """Answer with the status that is set."""
        said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.taken.append((self.path, said["message"], self.headers["Idempotency-Key"]))
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *words):
        """Stay silent."""


@pytest.fixture
def service(settings):
    """Run the service; its host is one of those the settings allow."""
    with HTTPServer(("127.0.0.1", 0), Service) as server:
        server.taken, server.status = [], 200
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.NOTICE_HOSTS = [f"127.0.0.1:{server.server_port}"]
        yield server
        server.shutdown()
        thread.join()


def address(service):
    """The service's address as an office would name it."""
    return f"json://127.0.0.1:{service.server_port}/sms/{{mobile}}/secret-token-1234"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("wecom", f"wecombot://{KEY}"),
        ("dingtalk", "dingtalk://0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        ("feishu", f"feishu://{KEY}"),
        ("feishu", f"lark://{KEY}"),
        ("sms", "twilio://AC0123456789abcdef0123456789abcdef:0123456789abcdef0123456789abcdef@10000000001/{mobile}"),
    ],
)
def test_the_known_services_are_taken(channel, address):
    assert check_address(channel, address) is None


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("wecom", "https://127.0.0.1/"),
        ("wecom", "json://127.0.0.1/"),
        ("wecom", "jsons://metadata.internal/latest"),
        ("wecom", f"dingtalk://{KEY}"),
        ("wecom", "file:///etc/passwd"),
        ("wecom", "wecombot://"),
        ("wecom", f"json://127.0.0.1/, wecombot://{KEY}"),
        ("sms", "json://sms.example.org/send"),
        ("sms", "json://{mobile}@evil.example/"),
        ("sms", "syslog://"),
        ("feishu", "no address"),
    ],
)
def test_anything_else_is_refused(channel, address, settings):
    settings.NOTICE_HOSTS = ["sms.example.org"]
    with pytest.raises(ValueError, match=r"."):
        check_address(channel, address)


def test_a_host_is_allowed_by_the_settings_alone(settings):
    settings.NOTICE_HOSTS = ["sms.example.org"]
    assert check_address("sms", "jsons://sms.example.org/send/{mobile}") is None
    with pytest.raises(ValueError, match=r"."):
        check_address("sms", "jsons://sms.example.org.evil.example/send/{mobile}")


def test_an_sms_says_what_it_is_about_and_where_to_read_it_under_the_same_key(lin, service):
    actions.create_gateway(committee=lin.committee, channel="sms", address=address(service), is_active=True)
    lin.person.mobile = "10000000001"
    lin.person.save()
    actions.choose_notices(lin.person, channels=["sms"], unwanted=[])
    words = {"title": "电梯", "unit": "住建局", "due_on": "2026-03-18"}
    notices.promise(
        [lin.person], key="k", template="notices/followups/overdue", context=words, url="/follow-up/1/", at=AT
    )
    notices.deliver_all(at=AT)
    row = Delivery.objects.get()
    assert (row.channel, row.state, row.fault) == ("sms", "sent", "")
    text = f"{row.notice.subject}\nhttp://127.0.0.1:8000/follow-up/1/"
    assert service.taken == [("/sms/10000000001/secret-token-1234", text, f"notice-{row.notice_id}-sms")]


def test_a_refusal_is_kept_without_the_secret_and_the_host_may_be_forbidden_later(lin, service, settings):
    gateway = actions.create_gateway(committee=lin.committee, channel="sms", address=address(service), is_active=True)
    service.status = 403
    with pytest.raises(GatewayFault) as fault:
        push(gateway, "x", to=lin.person, key="k")
    assert "secret" not in str(fault.value)
    settings.NOTICE_HOSTS = []
    with pytest.raises(GatewayFault):
        push(gateway, "x", to=lin.person, key="k")
    assert len(service.taken) == 1


def test_the_office_names_tests_changes_and_removes_a_channel_and_never_sees_its_secret(zhao, lin, as_, service):
    client, form_key = as_(zhao), "k" * 32
    bad = client.post("/setup/channels/new/", {"channel": "wecom", "address": "http://10.0.0.1/", "form_key": form_key})
    assert bad.status_code == 422
    kept = {"channel": "sms", "address": address(service), "is_active": "on", "form_key": form_key}
    assert client.post("/setup/channels/new/", kept).status_code == 302
    gateway = Gateway.objects.get()
    for url in ("/setup/channels/", f"/setup/channels/{gateway.pk}/edit/"):
        page = client.get(url).content.decode()
        assert ("secret-token" in page, "json …1234" in page) == (False, url == "/setup/channels/")

    client.post(f"/setup/channels/{gateway.pk}/test/")
    assert service.taken == []  # nobody's number is known
    zhao.person.mobile = "10000000002"
    zhao.person.save()
    client.post(f"/setup/channels/{gateway.pk}/test/")
    assert [path for path, _text, _key in service.taken] == ["/sms/10000000002/secret-token-1234"]

    client.post(f"/setup/channels/{gateway.pk}/edit/", {"address": "", "form_key": form_key})
    gateway.refresh_from_db()
    assert (gateway.address, gateway.is_active) == (address(service), False)
    assert as_(lin).get("/setup/channels/").status_code == 403
    client.post(f"/setup/channels/{gateway.pk}/delete/")
    assert Gateway.objects.count() == 0
