"""Decisions without writing: what a reply means, and when a phone may be told something."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.access.rules import relation

from .declare import Choice
from .models import Phone

ANSWER_WITHIN = dt.timedelta(days=3)  # so long a question keeps the next one to that phone waiting
ANSWER_COUNTS = dt.timedelta(days=30)  # and so long a late answer still finds it, where no other was asked since
STOP_WORDS = frozenset({"退订", "td", "t", "回t", "回td", "退订td", "td退订", "取消订阅"})  # zh: what people write
STOP, UNCLEAR = "stop", "unclear"
_POLITE = re.compile(r"(谢谢您?|多谢|感谢)$")  # zh: what people write
_MARKS = "。．.，,、！!～~；;：:？?“”\"'‘’（）()【】[]《》<>—-…·*#"
_DIGIT = re.compile(r"(?:我?(?:回复|回|选择|选|按))?([0-9])")  # zh: 回1, 选2
_DIGITS_OF = {"一": "1", "二": "2"}  # zh: Chinese numerals
_SPLIT = re.compile(r"[\s，,。．.、：:；;！!]+")  # zh: marks


@dataclass(frozen=True)
class Read:
    """What a reply says: a choice's digit, ``STOP`` or ``UNCLEAR``, and what was written beside the digit."""

    meaning: str
    said: str = ""


def read(text: str, choices: Iterable[Choice]) -> Read:
    """Read a reply generously, and only where nobody could read it otherwise.

    Full width, spaces, marks, thanks and 回1 do not matter; what follows a digit and a mark is the author's words.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _bare(plain) in STOP_WORDS:
        return Read(STOP)
    known = list(choices)
    if digit := _choice(plain, known):
        return Read(digit)
    first, mark, rest = _first_piece(plain)
    if mark and (digit := _choice(first, known)) and not _choice(rest, known) and not rest[0].isdigit():
        return Read(digit, rest)
    return Read(UNCLEAR)


def _first_piece(plain: str) -> tuple[str, str, str]:
    found = _SPLIT.search(plain)
    if found is None or not plain[found.end() :]:
        return plain, "", ""
    return plain[: found.start()], found[0], plain[found.end() :]


def _bare(text: str) -> str:
    kept = re.sub(r"\s", "", text).strip(_MARKS)
    return _POLITE.sub("", kept).strip(_MARKS).casefold()


def _choice(text: str, choices: list[Choice]) -> str:
    bare = _bare(text)
    found = _DIGIT.fullmatch(bare)
    digit = found[1] if found else _DIGITS_OF.get(bare, "")
    fitting = {c.digit for c in choices if digit == c.digit or bare in c.words}
    return fitting.pop() if len(fitting) == 1 else ""


def may_speak_at(now: dt.datetime) -> dt.datetime:
    """``now``, or when the quiet hours are over that it falls into (``SMS_QUIET``, e.g. 21:00-08:00)."""
    quiet = quiet_hours()
    if quiet is None:
        return now
    begin, end = quiet
    local = now.astimezone(clock.SHANGHAI)
    at = local.time()
    within = begin <= at < end if begin < end else at >= begin or at < end
    if not within:
        return now
    over = dt.datetime.combine(local.date(), end, tzinfo=clock.SHANGHAI)
    return over if over > local else over + dt.timedelta(days=1)


def quiet_hours() -> tuple[dt.time, dt.time] | None:
    """None: at any hour. ValueError where the setting says something else than two times."""
    if not settings.SMS_QUIET:
        return None
    begin, _dash, end = settings.SMS_QUIET.partition("-")
    return dt.time.fromisoformat(begin.strip()), dt.time.fromisoformat(end.strip())


def may_send_another(phone: Phone, today: dt.date) -> bool:
    """Whether the phone's messages of the day are fewer than ``SMS_PER_PHONE``."""
    return phone.counted_on != today or phone.count < settings.SMS_PER_PHONE


def next_morning(now: dt.datetime) -> dt.datetime:
    """When the next day's messages begin."""
    midnight = dt.datetime.combine(now.astimezone(clock.SHANGHAI).date(), dt.time(), tzinfo=clock.SHANGHAI)
    return may_speak_at(midnight + dt.timedelta(days=1))


@relation("own_phone")
def own_phone(actor: Actor, subject: object) -> bool:
    """The phone's owner: by the account that logs in with it, or writing from it."""
    if not isinstance(subject, Phone):
        return False
    if actor.kind == "phone":
        return actor.id == subject.index
    return (
        actor.account_id is not None and Account.objects.filter(pk=actor.account_id, phone_index=subject.index).exists()
    )
