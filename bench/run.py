"""Measures the portal's pages and prints what they cost beside a bare Django view: `python bench/run.py`."""

import runpy
import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)
    runpy.run_module("bench.measuring", run_name="__main__")
