"""Gateways: messages to chat robots and SMS services, through one library that knows them all.

An office names the address of its robot or service. Only these kinds are taken, so that nobody can let the portal
speak to a machine of the inner network: the library itself knows the hosts of all but json, and those are listed in
the settings.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from .models import Gateway, Notice, Person
from .states import NoticeChannel

_ANY = ("json", "jsons")
SCHEMAS: dict[str, tuple[str, ...]] = {
    NoticeChannel.SMS: ("twilio", "vonage", "sinch", *_ANY),
    NoticeChannel.WECOM: ("wecombot", *_ANY),
    NoticeChannel.DINGTALK: ("dingtalk", *_ANY),
    NoticeChannel.FEISHU: ("feishu", "lark", *_ANY),
}
MOBILE = "{mobile}"
_SAMPLE = "10000000001"


class GatewayFault(Exception):
    """A gateway did not take a message; the text says why and holds no part of the address."""


def check_address(channel: str, address: str) -> None:
    """Refuse an address that is of no kind we send to; raises ValueError with the reason in the reader's language."""
    schema = address.partition("://")[0].lower()
    if "://" not in address or schema not in SCHEMAS[channel]:
        kinds = ", ".join(f"{name}://" for name in SCHEMAS[channel])
        raise ValueError(_("The address must begin with one of: %(kinds)s") % {"kinds": kinds})
    if channel == NoticeChannel.SMS and MOBILE not in address:
        raise ValueError(_("The address must say where the mobile number goes: {mobile}"))
    service = _service(address, _SAMPLE)
    if service is None:
        raise ValueError(_("This address is incomplete."))
    if not _is_allowed(service):
        raise ValueError(_("Messages to this host are not allowed; whoever runs the portal can allow it."))


def send(gateway: Gateway, notice: Notice) -> None:
    """Send what a notice is about and where to read it; raises GatewayFault.

    The text itself stays in the portal: a chat is read by a whole group.
    """
    link = f"{settings.SITE_URL}{notice.url or '/inbox/'}"
    text = f"{notice.subject}\n{link}"
    if gateway.channel != NoticeChannel.SMS:
        text = f"{notice.to.name}: {text}"
    push(gateway, text, to=notice.to, key=f"notice-{notice.pk}-{gateway.channel}")


def push(gateway: Gateway, text: str, *, to: Person, key: str) -> None:
    """Hand one text to the gateway under a key that stays the same when it is sent again; raises GatewayFault."""
    import apprise  # noqa: PLC0415 -- most processes never send to a gateway, and it takes 40 MB

    service = _service(gateway.address, to.mobile)
    if service is None or not _is_allowed(service):
        raise GatewayFault(_("The address of this gateway is not allowed any more."))
    if gateway.address.startswith(_ANY):
        service.headers["Idempotency-Key"] = key
    with apprise.LogCapture(level=logging.WARNING, fmt="%(message)s") as said:
        is_taken = service.notify(body=text, body_format=apprise.NotifyFormat.TEXT)
        words = said.getvalue()
    if not is_taken:
        raise GatewayFault(_without_secrets(words, gateway.address).strip()[:150] or _("The service refused it."))


def _service(address: str, mobile: str) -> Any:
    """Return the library's object for one address, or None when it makes no sense of it."""
    import apprise  # noqa: PLC0415 -- see above

    number = "".join(sign for sign in mobile if sign in "+0123456789")
    service = apprise.Apprise.instantiate(address.replace(MOBILE, number))
    if service is not None:
        # Whatever the address asks for: no other host by way of a redirect, and no unknown certificate.
        service.redirects, service.verify_certificate = False, True
    return service


def _is_allowed(service: Any) -> bool:
    """Whether the host is one the library knows by itself, or one of the settings' list."""
    if getattr(service, "secure_protocol", "") != "jsons":
        return True
    host = str(service.host).lower()
    return bool({host, f"{host}:{service.port}"} & set(settings.NOTICE_HOSTS))


def _without_secrets(words: str, address: str) -> str:
    """Return what the library said without any longer piece of the address."""
    for piece in sorted(re.findall(r"[^\W_][\w-]{5,}", address), key=len, reverse=True):
        words = words.replace(piece, "…")
    return words
