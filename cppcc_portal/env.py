"""What the surroundings say: environment variables, read loudly."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

LIVE = os.environ.get("PORTAL_ENV", "dev") == "live"

if os.environ.get("PORTAL_ENV", "dev") not in ("dev", "live"):
    raise ImproperlyConfigured("PORTAL_ENV must be dev or live")


def secret(name: str, dev: str) -> str:
    """Return a setting that must be given when live; `NAME_FILE` may point at a file that holds it.

    Raises ImproperlyConfigured when live and neither is set.
    """
    value = os.environ.get(name, "")
    path = os.environ.get(f"{name}_FILE", "")
    if not value and path:
        value = Path(path).read_text(encoding="utf-8").strip()
    if not value and not LIVE:
        value = dev
    if not value:
        raise ImproperlyConfigured(f"{name} must be set when PORTAL_ENV=live")
    return value


def flag(name: str, *, default: bool) -> bool:
    """Return a yes/no variable; anything but True or False stops the process."""
    value = os.environ.get(name, str(default))
    if value not in ("True", "False"):
        raise ImproperlyConfigured(f"{name} must be True or False, not {value!r}")
    return value == "True"


def number(name: str, default: int) -> int:
    """Return a whole number; anything else stops the process."""
    value = os.environ.get(name, str(default))
    if not value.isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}")
    return int(value)


def database(url: str) -> dict:
    """Turn a database URL (`sqlite:///path` or `postgres://user:pass@host:port/name`) into Django's setting."""
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": parts.path[1:] if parts.path.startswith("//") else parts.path.removeprefix("/"),
            # Web and worker share the file: readers never wait (WAL), writers queue up instead of failing half-way
            # (IMMEDIATE), and a commit that was answered survives a power cut (FULL).
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
            },
        }
    if parts.scheme in ("postgres", "postgresql"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": parts.path.removeprefix("/"),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {"options": "-c lock_timeout=3000 -c statement_timeout=15000"},
        }
    raise ImproperlyConfigured("DATABASE_URL must begin with sqlite:/// or postgres://")


def optional(name: str, default: str) -> str:
    """Return a variable that may be left out."""
    return os.environ.get(name, "") or default


def refuse_unsafe(*, debug: bool, secret_key: str, hosts: list[str]) -> None:
    """Stop a live process whose settings would be unsafe; raises ImproperlyConfigured with what to change."""
    if debug:
        raise ImproperlyConfigured("PORTAL_DEBUG must not be True when PORTAL_ENV=live")
    if len(secret_key) < 40 or secret_key.startswith("dev-only"):
        raise ImproperlyConfigured("SECRET_KEY must be a random string of 40 characters or more when PORTAL_ENV=live")
    if "*" in hosts or not all(host.strip() for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts one by one when PORTAL_ENV=live")
