"""Tests of the log lines."""

import json
import logging

from kit.logs import JsonLine


def line(message, *arguments, exc_info=None):
    return JsonLine().format(logging.LogRecord("members", logging.WARNING, "x.py", 1, message, arguments, exc_info))


def test_a_record_becomes_one_json_object():
    written = json.loads(line("第 %s 号", 7))

    assert written.pop("time").endswith("+00:00")
    assert written == {"level": "warning", "logger": "members", "message": "第 7 号"}


def test_chinese_stays_readable():
    assert "中文" in line("中文")


def test_nothing_can_forge_a_second_line_or_move_the_cursor():
    text = "a\nb\r\x1b[2J\x85\u2028\u202e\x9b\ud800"

    written = line(text)

    assert [sign for sign in written if not sign.isprintable()] == []
    assert json.loads(written)["message"] == text


def test_an_error_brings_its_trace():
    try:
        raise ValueError("no")
    except ValueError as error:
        written = json.loads(line("failed", exc_info=(ValueError, error, error.__traceback__)))

    assert written["trace"].splitlines()[-1] == "ValueError: no"
