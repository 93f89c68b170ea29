"""The sandbox gateway (`xianglin sms-sandbox`): takes messages as a provider does, and misbehaves as told to.

A process of its own, so that the site meets real HTTP: it delays, refuses, takes and does not answer, sends a receipt
twice or never, and sends what a phone's owner writes back. It keeps everything in memory and sends nothing to anybody.
"""

import http.client
import json
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

from . import signatures

_MOST = 64 * 1024
RECEIPTS, INBOUND = "/notices/gateway/receipts/", "/notices/gateway/inbound/"


@dataclass
class Mood:
    """How it treats messages until told otherwise. ``times``: for so many of them; 0: for ever."""

    delay: float = 0.0  # seconds before it answers
    refuse: str = ""  # a reason: it takes nothing
    busy: bool = False  # "not now": it takes nothing
    silent: bool = False  # takes the message and breaks the line off without an answer
    receipts: int = 1  # how often each receipt is sent; 0: never
    undelivered: str = ""  # a reason: the receipt says that it did not arrive
    times: int = 0


@dataclass
class Taken:
    id: str
    reference: str
    phone: str
    text: str
    told: dict[str, Any]
    asked: int = 1  # how often the same reference was handed over


@dataclass
class Desk:
    """What the gateway knows, shared by its threads."""

    secret: str
    site: str = ""  # where receipts and replies go: http://127.0.0.1:8000
    mood: Mood = field(default_factory=Mood)
    taken: dict[str, Taken] = field(default_factory=dict)
    asked: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def mood_now(self) -> Mood:
        with self.lock:
            mood = self.mood
            self.asked += 1
            if mood.times:
                left = mood.times - 1
                self.mood = Mood(**{**asdict(mood), "times": left}) if left else Mood()
            return mood

    def take(self, told: dict[str, Any]) -> tuple[Taken, bool]:
        with self.lock:
            reference = str(told["reference"])
            if reference in self.taken:
                self.taken[reference].asked += 1
                return self.taken[reference], False
            made = Taken(f"gw-{secrets.token_hex(8)}", reference, str(told["phone"]), str(told["text"]), told)
            self.taken[reference] = made
            return made, True

    def tell_site(self, path: str, told: dict[str, Any]) -> int:
        """Post something signed to the site; answers its status, 0 where it cannot be reached."""
        parts = urlsplit(self.site)
        if not parts.hostname:
            return 0
        body = json.dumps(told, ensure_ascii=False).encode()
        line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=10)
        try:
            headers = {"Content-Type": "application/json", **signatures.headers(self.secret, path, body)}
            line.request("POST", path, body, headers)
            return line.getresponse().status
        except OSError:
            return 0
        finally:
            line.close()

    def send_receipt(self, message: Taken, mood: Mood) -> None:
        told = {"reference": message.reference, "id": message.id, "reason": mood.undelivered}
        told["status"] = "failed" if mood.undelivered else "delivered"
        for _ in range(mood.receipts):
            self._until_heard(RECEIPTS, told)

    def reply(self, phone: str, text: str, times: int = 1, id: str = "") -> str:
        """What the phone's owner writes back, sent to the site as often as said under one id."""
        told = {"id": id or f"in-{secrets.token_hex(8)}", "phone": phone, "text": text}
        for _ in range(times):
            self._until_heard(INBOUND, told)
        return told["id"]

    def _until_heard(self, path: str, told: dict[str, Any]) -> None:
        """As providers do: again after a while, until the site has heard or refused it."""
        for rest in (0.2, 1, 3, 10, 0):
            status = self.tell_site(path, told)
            if status and status < 500:
                return
            time.sleep(rest)


class _Handler(BaseHTTPRequestHandler):
    desk: Desk

    def do_POST(self) -> None:
        body = self.rfile.read(min(int(self.headers.get("Content-Length") or 0), _MOST))
        if not signatures.fits(self.desk.secret, self.path, body, self.headers):  # type: ignore[arg-type]
            return self._answer(403, {"error": "signature"})
        deeds: dict[str, Callable[[dict[str, Any]], None]] = {
            "/messages/": self._message,
            "/mood/": self._mood,
            "/replies/": self._reply,
        }
        deed = deeds.get(self.path)
        try:
            told = json.loads(body)
            if deed is None:
                return self._answer(404, {"error": "address"})
            return deed(told)
        except (ValueError, KeyError, TypeError):
            return self._answer(400, {"error": "unreadable"})

    def do_GET(self) -> None:
        if not signatures.fits(self.desk.secret, self.path, b"", self.headers):  # type: ignore[arg-type]
            return self._answer(403, {"error": "signature"})
        if self.path == "/messages/":
            kept = [asdict(message) for message in self.desk.taken.values()]
            return self._answer(200, {"messages": kept, "asked": self.desk.asked})
        found = self.desk.taken.get(self.path.removeprefix("/messages/").strip("/"))
        return self._answer(200, {"id": found.id}) if found else self._answer(404, {"error": "unknown"})

    def _message(self, told: dict[str, Any]) -> None:
        mood = self.desk.mood_now()
        if mood.refuse or mood.busy:
            time.sleep(mood.delay)
            return self._answer(503 if mood.busy else 400, {"error": mood.refuse or "busy"})
        message, fresh = self.desk.take(told)
        time.sleep(mood.delay)
        if fresh and mood.receipts:
            threading.Thread(target=self.desk.send_receipt, args=(message, mood), daemon=True).start()
        if mood.silent:
            self.close_connection = True
            return None
        return self._answer(200, {"id": message.id})

    def _mood(self, told: dict[str, Any]) -> None:
        with self.desk.lock:
            self.desk.mood = Mood(**told)
        self._answer(200, {"ok": True})

    def _reply(self, told: dict[str, Any]) -> None:
        given = self.desk.reply(str(told["phone"]), str(told["text"]), int(told.get("times", 1)), told.get("id", ""))
        self._answer(200, {"id": given})

    def _answer(self, status: int, told: dict[str, Any]) -> None:
        body = json.dumps(told, ensure_ascii=False).encode()
        try:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            return  # whoever asked is gone

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: an address may hold what a phone was told."""


def serve(desk: Desk, port: int, host: str = "127.0.0.1") -> ThreadingHTTPServer:
    """The gateway, listening; call ``serve_forever`` on it. Port 0 takes any that is free."""
    handler = type("Handler", (_Handler,), {"desk": desk})
    return ThreadingHTTPServer((host, port), handler)
