"""The portal's settings as tests want them: quick passwords, no collected files, a database without fsync."""

from cppcc_portal.settings import *  # noqa: F403 -- the one place where all settings are taken over
from cppcc_portal.settings import DATABASES, STORAGES, VAR_DIR

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

_database = DATABASES["default"]
if _database["ENGINE"].endswith("sqlite3"):
    # A file, not memory: the live server's threads and the Celery processes open their own connections to it.
    _database["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    _database["OPTIONS"]["init_command"] = _database["OPTIONS"]["init_command"].replace("=FULL", "=OFF")
else:
    # Idle connections of finished threads would keep the test database from being dropped.
    _database["CONN_MAX_AGE"] = 0
