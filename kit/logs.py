"""Logs: one JSON object per line, safe to print on a terminal and to feed to a collector."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime

# JSON escapes the ASCII control characters; these others could still move a terminal's cursor or turn the text around.
_TRICKY = re.compile("[\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


class JsonLine(logging.Formatter):
    """Writes time (UTC), level, logger, message, and for errors the trace; Chinese stays readable."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record as one line."""
        line = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            line["trace"] = self.formatException(record.exc_info)
        text = json.dumps(line, ensure_ascii=False)
        return _TRICKY.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
