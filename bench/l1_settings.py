"""Settings of the bare view: the portal's database and template engine, no middleware, no context processors."""

from cppcc_portal.settings import *  # noqa: F403 -- the same Django on the same database
from cppcc_portal.settings import BASE_DIR

ROOT_URLCONF = "bench.l1"
MIDDLEWARE = []
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "bench/templates"],
        "OPTIONS": {},
    }
]
