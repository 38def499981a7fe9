"""Scenarios: which test proves which scenario of the domain; `--scenarios` prints one line each."""

import pytest


def pytest_addoption(parser):
    parser.addoption(
        "--scenarios", action="store_true", help="print one line per scenario: its name, the result, the test"
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Note on each report which scenarios the test proves; plain data, so that it travels from xdist's workers."""
    report = yield
    report.scenarios = [name for mark in item.iter_markers("scenario") for name in mark.args]
    return report


def pytest_terminal_summary(terminalreporter, config):
    """Print `A05 pass tests/…::test_…`; a scenario proved by several tests has several lines."""
    if not config.getoption("scenarios"):
        return
    results = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, []):
            if report.when == "call" or outcome != "passed":
                for name in getattr(report, "scenarios", []):
                    word = "pass" if outcome == "passed" else "fail"
                    if results.get((name, report.nodeid)) != "fail":
                        results[name, report.nodeid] = word
    terminalreporter.section("scenarios")
    for (name, nodeid), word in sorted(results.items()):
        terminalreporter.write_line(f"{name} {word} {nodeid}")
