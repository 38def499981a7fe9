"""Measures reminders: 100,000 that are due at once, planned and sent as e-mail by two workers on a private PostgreSQL.

`python bench/reminders.py [--reminders 100000] [--workers 2] [--sink smtp|file]`. The SMTP sink is a process of its own
that takes every letter and notes its id; at the end each reminder must be there once.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parent.parent)

from django.core.mail.backends.base import BaseEmailBackend

from bench import servers
from tests.plugins.databases import free_port

ROOT = Path(__file__).resolve().parent.parent
PER_PERSON = 50
SINK = "BENCH_SINK"  # the file into which a sink writes the ids of the letters it took


class FileSink(BaseEmailBackend):
    """Takes letters into a file instead of a mail server."""

    def send_messages(self, email_messages):
        """Write every letter as it would go over the wire, and its id."""
        with Path(os.environ[SINK]).open("a", encoding="ascii") as ids, Path(os.devnull).open("wb") as nowhere:
            for message in email_messages:
                nowhere.write(message.message().as_bytes(linesep="\r\n"))
                ids.write(message.extra_headers["Message-ID"] + "\n")
        return len(email_messages)


async def _take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speak just enough SMTP to take letters; the id of each is on disk before it is acknowledged."""
    writer.write(b"220 sink\r\n")
    with Path(os.environ[SINK]).open("ab", buffering=0) as ids:
        while line := await reader.readline():
            word = line[:4].upper()
            if word == b"DATA":
                writer.write(b"354 go on\r\n")
                letter = await reader.readuntil(b"\r\n.\r\n")
                ids.write(next(row for row in letter.split(b"\r\n") if row.startswith(b"Message-ID"))[12:] + b"\n")
            writer.write(b"221 bye\r\n" if word == b"QUIT" else b"250 ok\r\n")
            if word == b"QUIT":
                break
    writer.close()


async def _serve(port: int) -> None:
    server = await asyncio.start_server(_take, "127.0.0.1", port, limit=10_000_000)
    await server.serve_forever()


def fill(number: int) -> None:
    """Make a committee whose people are owed so many reminders, all due."""
    import django  # noqa: PLC0415 -- each step of the measurement is a process of its own

    django.setup()
    from datetime import time as clock  # noqa: PLC0415 -- see above

    from django.utils import timezone  # noqa: PLC0415 -- see above

    from kit.tenancy import every_committee  # noqa: PLC0415 -- see above
    from members.models import Committee, Person, User  # noqa: PLC0415 -- see above
    from members.notices import promise  # noqa: PLC0415 -- see above

    count = max(1, number // PER_PERSON)
    with every_committee(because="a measurement fills an empty database"):
        # Equal times: never quiet, whenever it is measured.
        committee = Committee.objects.create(
            name="政协测试县委员会", short_name="测试", code="bench", quiet_from=clock(0), quiet_until=clock(0)
        )
        users = [User(username=f"u{n}", email=f"u{n}@example.org", password="!") for n in range(count)]  # noqa: S106
        User.objects.bulk_create(users, 1000)
        people = [Person(committee=committee, name=f"人{n}", user=users[n], sort_key="") for n in range(count)]
        Person.objects.bulk_create(people, 1000)
        for turn in range(PER_PERSON):
            promise(
                people[: number - turn * count],
                key=f"assignment:{turn}:overdue",
                template="notices/followups/overdue",
                context={"title": f"加装电梯第{turn}批", "unit": "测试县住房和城乡建设局", "due_on": "2026-03-18"},
                url=f"/follow-up/{turn}/",
                at=timezone.now(),
            )  # fmt: skip


def work() -> None:
    """Deliver like a worker, pass after pass, until nothing waits."""
    import django  # noqa: PLC0415 -- see above

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 -- see above

    from kit.tenancy import every_committee  # noqa: PLC0415 -- see above
    from members.models import Delivery, Notice  # noqa: PLC0415 -- see above
    from members.notices import deliver_all  # noqa: PLC0415 -- see above

    while True:
        deliver_all(at=timezone.now())
        with every_committee(because="a measurement looks on"):
            if not (Notice.objects.filter(sent_at=None).exists() or Delivery.objects.waiting().exists()):
                return
        time.sleep(0.2)


def states() -> dict[str, int]:
    """Return how many deliveries stand in which state."""
    import django  # noqa: PLC0415 -- see above

    django.setup()
    from kit.tenancy import every_committee  # noqa: PLC0415 -- see above
    from members.models import Delivery  # noqa: PLC0415 -- see above

    with every_committee(because="a measurement looks on"):
        return dict(Counter(Delivery.objects.values_list("state", flat=True)))


def measure(*, reminders: int, workers: int, sink: str) -> None:
    """Fill, run the workers, count what arrived, and print the figures."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-reminders-")))
        base = stack.enter_context(servers.postgres(folder))
        taken, port = folder / "taken", free_port()
        environment = servers.environment(folder, database=f"{base}/postgres", redis_url="")
        environment |= {SINK: str(taken), "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(port)}
        if sink == "file":
            environment["EMAIL_BACKEND"] = "bench.reminders.FileSink"
        me = [sys.executable, str(Path(__file__).resolve())]
        servers.run(environment, "manage.py", "migrate", "-v0")
        servers.run(environment, str(Path(__file__).resolve()), "--step", "fill", "--reminders", str(reminders))
        if sink == "smtp":
            command = [*me, "--step", "sink", "--port", str(port)]
            stack.enter_context(servers.process(command, log=folder / "sink.log", environment=environment))
            servers.wait_for(port)
        start, before = time.monotonic(), sum(os.times()[2:4])
        running = [subprocess.Popen([*me, "--step", "work"], cwd=ROOT, env=environment) for _worker in range(workers)]
        ended = [worker.wait() for worker in running]
        seconds = time.monotonic() - start
        spent = sum(os.times()[2:4]) - before  # of the ended children: the workers
        letters = Counter(taken.read_text(encoding="ascii").split())
        os.environ.update(environment)
        print(f"{reminders} reminders, {workers} workers, {sink} sink: {seconds:.1f} s, {reminders / seconds:.0f}/s")
        print(f"the workers' own processor time: {spent:.0f} s, {1000 * spent / reminders:.2f} ms for each reminder")
        print(f"letters {letters.total()}, different {len(letters)}, deliveries {states()}, workers ended with {ended}")
        if len(letters) != reminders or any(ended):
            sys.exit("not every reminder arrived")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--reminders", type=int, default=100_000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sink", choices=["smtp", "file"], default="smtp")
    parser.add_argument("--step", choices=["fill", "work", "sink"])
    parser.add_argument("--port", type=int, default=0)
    asked = parser.parse_args()
    if asked.step == "fill":
        fill(asked.reminders)
    elif asked.step == "work":
        work()
    elif asked.step == "sink":
        asyncio.run(_serve(asked.port))
    else:
        measure(reminders=asked.reminders, workers=asked.workers, sink=asked.sink)
