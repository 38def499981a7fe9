"""`manage.py serve`: the web server and, without Redis, the clock beside it; they start and end together."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

TICK_PAUSE = 5  # seconds before a clock that died is started again
PR_SET_PDEATHSIG = 1  # of Linux's prctl: which signal a process gets when its parent ends


class Command(BaseCommand):
    """Starts gunicorn and `tick --forever` and stays until told to stop or until gunicorn ends."""

    help = "Serve the portal; without REDIS_URL its background work runs beside it."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
        parser.add_argument("--port", type=int, default=8000, help="port to listen on")
        parser.add_argument("--workers", type=int, default=2, help="web processes")
        parser.add_argument("--threads", type=int, default=4, help="threads per web process")
        parser.add_argument("--accounts", action="store_true", help="print the demo accounts when ready")

    def handle(self, *args, **options):
        host, port = options["host"], options["port"]
        _refuse_taken_port(host, port)
        os.environ.setdefault("SITE_URL", f"http://{host}:{port}")
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())

        web = subprocess.Popen(
            _web_command(host, port, options["workers"], options["threads"]),
            start_new_session=True,
            preexec_fn=_end_with(os.getpid()),
        )
        clock = None if settings.REDIS_URL else _start_clock()
        try:
            if _answers(host, port, web, stop):
                self._announce(host, port, accounts=options["accounts"])
            clock_died_at = None
            while not stop.wait(0.5) and web.poll() is None:
                if clock and clock.poll() is not None:
                    clock_died_at = clock_died_at or time.monotonic()
                    if time.monotonic() - clock_died_at > TICK_PAUSE:
                        clock, clock_died_at = _start_clock(), None
        finally:
            _end(web, clock)
        if not stop.is_set():
            raise CommandError(f"The web server ended by itself with {web.returncode}.")

    def _announce(self, host, port, *, accounts):
        """Tell a person at the terminal where to go and as whom."""
        if accounts:
            call_command("demo", accounts=True, stdout=self.stdout)
        self.stdout.write(self.style.SUCCESS(f"\nhttp://{host}:{port}/   (Ctrl+C stops)"))
        self.stdout.flush()


def _web_command(host, port, workers, threads):
    """Return how gunicorn is started; no control socket, because that would make a folder in the user's home."""
    command = [sys.executable, "-m", "gunicorn", "cppcc_portal.wsgi:application", "--bind", f"{host}:{port}"]
    command += ["--worker-class", "gthread", "--workers", str(workers), "--threads", str(threads)]
    command += ["--no-control-socket", "--log-level", "warning", "--timeout", "60", "--graceful-timeout", "15"]
    return [*command, "--max-requests", "5000", "--max-requests-jitter", "500"]


def _end_with(parent):
    """Return what the web server's process does first: ask the kernel to end it when this one is gone, however it went.

    Killed without a word, this process would leave a web server without a clock, and nobody could start another one on
    its port. Elsewhere than on Linux there is no such request, and that is how it is.
    """
    if sys.platform != "linux":
        return None
    prctl = ctypes.CDLL(None, use_errno=True).prctl  # looked up here: after the fork there is no time for it

    def ask():
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != parent:  # gone already
            os._exit(1)

    return ask


def _start_clock():
    # A session of its own: Ctrl+C reaches this process only, which then ends both in order.
    return subprocess.Popen(
        [sys.executable, "manage.py", "tick", "--forever"], cwd=settings.BASE_DIR, start_new_session=True
    )


def _refuse_taken_port(host, port):
    """Say plainly that somebody else listens there; raises CommandError."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as problem:
            raise CommandError(
                f"Cannot listen on {host}:{port} ({problem.strerror}); choose another PORT."
            ) from problem


def _answers(host, port, web, stop):
    """Wait until the portal answers anything at all; False when it was stopped or ended before."""
    while not stop.wait(0.2) and web.poll() is None:
        try:
            urllib.request.urlopen(f"http://{host}:{port}/", timeout=30).close()
            return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            continue
    return False


def _end(*processes):
    """Ask all to stop, wait, and force whoever has not after 20 seconds."""
    running = [process for process in processes if process and process.poll() is None]
    for process in running:
        process.terminate()
    for process in running:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
