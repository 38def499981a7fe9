"""Fills an empty, migrated database: `python bench/load.py --scale county-stress` or `--scale rows=200000`."""

import os
import runpy
import sys
from pathlib import Path

import django

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cppcc_portal.settings")
    django.setup()
    runpy.run_module("bench.filling", run_name="__main__")
