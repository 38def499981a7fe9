"""Tests of whose computer is asking."""

import pytest

from cppcc_portal import clients


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (True, {"HTTP_X_FORWARDED_FOR": "192.0.2.7"}, "192.0.2.7"),
        (True, {"HTTP_X_FORWARDED_FOR": "192.0.2.99, 192.0.2.7"}, "192.0.2.7"),
        (True, {}, "127.0.0.1"),
        (False, {"HTTP_X_FORWARDED_FOR": "192.0.2.99"}, "127.0.0.1"),
    ],
)
def test_only_our_own_proxy_is_believed(rf, settings, behind_proxy, forwarded, expected):
    settings.BEHIND_PROXY = behind_proxy

    assert clients.address(rf.get("/", **forwarded)) == expected
