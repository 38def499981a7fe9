"""The mail server of a fault run: speaks SMTP, keeps every mail it takes, and can hold a sender for the killer."""

from __future__ import annotations

import socketserver
import threading
import time
from collections import Counter
from dataclasses import dataclass
from email import message_from_bytes

SLOWNESS = 0.01  # seconds before a mail is taken and again before that is confirmed
LONGEST_HOLD = 3.0
BEFORE, AFTER = "before the mail", "after the mail"


@dataclass(frozen=True)
class Mail:
    """One mail as it was taken."""

    message_id: str
    to: str


class Sink(socketserver.ThreadingTCPServer):
    """Takes mail on a free port until closed.

    The killer may take aim at a moment: the next sender who reaches it is held there, so that a kill falls exactly
    between claiming and sending (`BEFORE`) or between sending and noting it (`AFTER`).
    """

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.port = self.server_address[1]
        self.mails: list[Mail] = []
        self._lock = threading.Lock()
        self._aim, self._skip = "", 0
        self._caught, self._released = threading.Event(), threading.Event()
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()

    def close(self):
        """Take no more mail."""
        self.shutdown()
        self.server_close()

    def taken(self) -> Counter:
        """How often each message id was taken."""
        return Counter(mail.message_id for mail in list(self.mails))

    def catch(self, moment: str, *, seconds: float, skip: int = 0) -> bool:
        """Hold a sender at a moment, after letting `skip` pass; False when none came within `seconds`.

        Call `release` afterwards.
        """
        with self._lock:
            self._caught.clear()
            self._released.clear()
            self._aim, self._skip = moment, skip
        return self._caught.wait(seconds)

    def release(self):
        """Let a held sender go on, and hold nobody any more."""
        with self._lock:
            self._aim = ""
        self._released.set()

    def pause(self, moment: str):
        """What a session does at a moment: be a little slow, and stay there when the killer has taken aim."""
        time.sleep(SLOWNESS)
        with self._lock:
            is_held = self._aim == moment and self._skip == 0
            self._skip -= self._aim == moment and not is_held
            self._aim = "" if is_held else self._aim
        if is_held:
            self._caught.set()
            self._released.wait(LONGEST_HOLD)

    def handle_error(self, request, client_address):
        """Say nothing: senders are killed here."""


class _Session(socketserver.StreamRequestHandler):
    """One connection: as much of SMTP as a sender needs."""

    server: Sink

    def handle(self):
        self._say("220 sink")
        to = ""
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"RCPT":
                to = line.decode("ascii", "replace").partition("<")[2].partition(">")[0]
            if verb == b"QUIT":
                self._say("221 bye")
                return
            if verb == b"DATA":
                self.server.pause(BEFORE)
                self._say("354 go ahead")
                if (body := self._body()) is None:
                    return
                self.server.mails.append(Mail(message_from_bytes(body)["Message-ID"] or "", to))
                self.server.pause(AFTER)
            self._say("250 ok")

    def _body(self) -> bytes | None:
        """Read a mail to its end; None when the sender is gone before that."""
        lines = []
        while line := self.rfile.readline():
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
        return None

    def _say(self, words: str):
        self.wfile.write(f"{words}\r\n".encode())
