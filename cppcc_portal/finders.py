"""Static files that come from locked packages: a short list of files, nothing else of node_modules."""

from pathlib import Path

import django_htmx
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

NODE = settings.BASE_DIR / "node_modules"
HTMX = Path(django_htmx.__file__).parent / "static" / "django_htmx"

FILES = {
    "vendor/bootstrap/bootstrap.min.css": NODE / "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap/bootstrap.min.css.map": NODE / "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/bootstrap-icons/bootstrap-icons.min.css": NODE / "bootstrap-icons/font/bootstrap-icons.min.css",
    "vendor/bootstrap-icons/fonts/bootstrap-icons.woff2": NODE / "bootstrap-icons/font/fonts/bootstrap-icons.woff2",
    "vendor/bootstrap-icons/fonts/bootstrap-icons.woff": NODE / "bootstrap-icons/font/fonts/bootstrap-icons.woff",
    "vendor/echarts/echarts.common.min.js": NODE / "echarts/dist/echarts.common.min.js",
    "vendor/htmx/htmx.min.js": HTMX / "htmx-2.min.js",
}


class _PackageStorage(FileSystemStorage):
    """Reads the listed files from wherever their package keeps them."""

    def path(self, name: str) -> str:
        return str(FILES[name])


class PackageFinder(BaseFinder):
    """Finds exactly the files of `FILES`, under the names of its keys."""

    storage = _PackageStorage(location=settings.BASE_DIR)

    def find(self, path, find_all=False, **kwargs):  # noqa: FBT002 -- Django's own signature
        """Return where the file lies on disk, as Django's finders do."""
        found = [str(FILES[path])] if path in FILES else []
        return found if find_all or kwargs.get("find_all") else (found[0] if found else [])

    def list(self, ignore_patterns):
        """Yield every file for collectstatic."""
        for name in FILES:
            yield name, self.storage

    def check(self, **kwargs):
        """Nothing to configure, so nothing to complain about."""
        return []
