"""Processes of a fault run: started as children, found in /proc, killed by number, started again at their end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TAG = "FAULTS_SERVICE"


def kill(pid: int) -> bool:
    """Send SIGKILL; False when there is no such process any more."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
        return True
    return False


def kill_all(pids: Sequence[int]) -> int:
    """Send SIGKILL to each; returns how many there were."""
    return sum([kill(pid) for pid in pids])


def children(pid: int) -> list[int]:
    """Return the process numbers of a process's children."""
    with contextlib.suppress(OSError):
        return [
            int(child)
            for path in Path(f"/proc/{pid}/task").glob("*/children")
            for child in path.read_text(encoding="ascii").split()
        ]
    return []


def age(pid: int) -> float:
    """Return for how many seconds a process has been there; 0 when it is gone."""
    with contextlib.suppress(OSError):
        begun = int(Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[19])
        return float(Path("/proc/uptime").read_text(encoding="ascii").split()[0]) - begun / os.sysconf("SC_CLK_TCK")
    return 0.0


def words_of(pid: int) -> str:
    """Return a process's command line; "" when it is gone."""
    with contextlib.suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return ""


def tagged(tag: str) -> list[int]:
    """Return every process that was started for a service, by whomever of it, as a control group would tell."""
    wanted = f"{TAG}={tag}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if wanted in path.read_bytes().split(b"\0"):
                found.append(int(path.parts[2]))
    return found


class Service:
    """A program that shall run.

    `settles` says after how many seconds it is worth killing, `ready` whether it does its work.
    """

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        folder: Path,
        env: dict[str, str],
        settles: float,
        sweeps_up: bool = True,
        ready: Callable[[], bool] = lambda: True,
        **options: Any,
    ):
        self.name = name
        self.command = list(command)
        self.tag = f"{folder.name}-{name}"
        self.env = env | {TAG: self.tag}
        self.log = folder / f"{name.replace(' ', '-')}.log"
        self.settles = settles
        self.sweeps_up = sweeps_up  # whether what a dead service left behind is killed first, as systemd does
        self.ready = ready
        self.options = options
        self.process: subprocess.Popen | None = None
        self.started_at = 0.0
        self.starts = 0

    def start(self) -> None:
        """Start it, whatever became of the one before."""
        if self.sweeps_up:
            for pid in tagged(self.tag):
                kill(pid)
        with self.log.open("ab") as out:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=out,
                start_new_session=True,
                **self.options,
            )
        self.started_at = time.monotonic()
        self.starts += 1

    @property
    def pid(self) -> int:
        """The process number of the last start."""
        return self.process.pid if self.process else 0

    def is_running(self) -> bool:
        """Whether it has not ended."""
        return self.process is not None and self.process.poll() is None

    def is_settled(self) -> bool:
        """Whether it runs, has had the time to begin its work, and does it."""
        return self.is_running() and time.monotonic() - self.started_at >= self.settles and self.ready()

    def stop(self) -> None:
        """Ask it to end, and kill whatever is left of it after ten seconds."""
        if self.is_running():
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        self.end()

    def end(self) -> None:
        """Kill all of it."""
        if self.is_running():
            self.process.kill()
        for pid in tagged(self.tag):
            kill(pid)
        if self.process:
            self.process.wait()


class Supervisor:
    """Starts again whatever has ended, after a short pause, as systemd does; nobody else helps."""

    PAUSE = 0.3

    def __init__(self, services: Sequence[Service]):
        self.services = services
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Supervisor:
        for service in self.services:
            service.start()
        self._thread.start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self._stop.set()
        self._thread.join()
        for service in reversed(self.services):
            service.stop()

    def _watch(self) -> None:
        dead_since: dict[str, float] = {}
        while not self._stop.wait(0.05):
            for service in self.services:
                if service.is_running():
                    dead_since.pop(service.name, None)
                elif time.monotonic() - dead_since.setdefault(service.name, time.monotonic()) > self.PAUSE:
                    service.start()


def wait_for(happened: Callable[[], Any], *, seconds: float, what: str) -> Any:
    """Ask `happened()` until it says yes and return its answer; raises TimeoutError after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if answer := happened():
            return answer
        time.sleep(0.1)
    raise TimeoutError(f"{what} did not happen within {seconds:.0f} s")
