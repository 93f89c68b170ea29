"""iCalendar (RFC 5545): what a calendar on a telephone reads. Times in UTC, so that no time zone must be told.

Everybody may hold a calendar file: what, when, where, and the address of the page; nobody's name.
"""

import datetime as dt
import uuid
from collections.abc import Iterable, Iterator

from .models import Gathering, State

OCTETS = 75  # of one line, its end not counted
_STATUS = {State.CANCELLED: "CANCELLED"}


def calendar(gatherings: Iterable[tuple[Gathering, str]], *, name: str, now: dt.datetime) -> str:
    """A calendar of sessions, each with the address of its page. ``now``: when it was asked for."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Xianglin//Gatherings//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
    ]
    for gathering, address in gatherings:
        lines += _event(gathering, address, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{piece}\r\n" for line in lines for piece in folded(line))


def _event(gathering: Gathering, address: str, now: dt.datetime) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{uid(gathering)}"
    yield f"SEQUENCE:{gathering.sequence}"
    yield f"DTSTAMP:{_utc(now)}"
    yield f"DTSTART:{_utc(gathering.starts)}"
    yield f"DTEND:{_utc(gathering.ends)}"
    yield f"SUMMARY:{escaped(gathering.title)}"
    yield f"LOCATION:{escaped(gathering.venue)}"
    if gathering.reason:
        yield f"DESCRIPTION:{escaped(gathering.reason)}"
    yield f"URL:{address}"
    yield f"STATUS:{_STATUS.get(State(gathering.state), 'CONFIRMED')}"
    yield "END:VEVENT"


def uid(gathering: Gathering) -> str:
    """The same for the same session for ever, in whatever calendar; nothing can be done with it."""
    return f"{uuid.uuid5(gathering.key_id, 'calendar')}@xianglin"


def _utc(at: dt.datetime) -> str:
    return f"{at.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"


def escaped(text: str) -> str:
    """A TEXT value (3.3.11)."""
    bare = text.replace("\r\n", "\n").replace("\r", "\n").replace("\\", "\\\\")
    return bare.replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, never within a character; what goes on begins with a space (3.1)."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + octets
    yield piece
