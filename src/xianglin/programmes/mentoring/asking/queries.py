"""Reads: threads for the two, and for the officer how long some wait, never what they say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.marks import Mark

from ..kinds import PAIR
from ..pairs import contact
from . import rules
from .models import State, Thread, Turn, TurnPhoto

PAGE = 50
MARKS = {
    State.WAITING: Mark("s-wait", State.WAITING.label),
    State.ANSWERED: Mark("s-run", State.ANSWERED.label, "run"),
    State.USEFUL: Mark("s-ok", State.USEFUL.label, "ok"),
}


def _rows() -> QuerySet[Thread]:
    rows = Thread.objects.filter(pairing__kind=PAIR)
    return rows.select_related("pairing__area", "pairing__need__holder", "pairing__offer__holder", "ability")


def thread_for(actor: Actor, pk: int) -> Thread | None:
    """The thread, for the two alone."""
    found = _rows().filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "mentoring.see_thread", found) else None


def photo_for(actor: Actor, pk: int) -> TurnPhoto | None:
    found = TurnPhoto.objects.select_related("file", "turn").filter(pk=pk).first()
    return found if found is not None and thread_for(actor, found.turn.thread_id) is not None else None


@dataclass(frozen=True)
class Said:
    """A turn, opened."""

    turn: Turn
    words: str
    photos: Sequence[TurnPhoto]


def turns(thread: Thread) -> list[Said]:
    """From the first question on; three queries."""
    rows = list(Turn.objects.filter(thread=thread).select_related("by").order_by("pk"))
    words = open_all([row.words for row in rows])
    photos: dict[int, list[TurnPhoto]] = defaultdict(list)
    for photo in TurnPhoto.objects.filter(turn__thread=thread).order_by("pk"):
        photos[photo.turn_id].append(photo)
    return [Said(row, said or "", photos[row.pk]) for row, said in zip(rows, words, strict=True)]


@dataclass(frozen=True)
class Line:
    """A thread in a list: what it began with."""

    thread: Thread
    begins: str

    @property
    def mark(self) -> Mark:
        return MARKS[State(self.thread.state)]


def lines(threads: Sequence[Thread]) -> list[Line]:
    """With the first words of each; two queries more."""
    first: dict[int, Turn] = {}
    for turn in Turn.objects.filter(thread__in=[one.pk for one in threads]).order_by("-pk"):
        first[turn.thread_id] = turn
    words = open_all([first[one.pk].words for one in threads])
    return [Line(one, said or "") for one, said in zip(threads, words, strict=True)]


def of_account(account_id: int | None, after: str = "") -> tuple[list[Thread], str]:
    """Those in which this person asks or is asked, the newest first."""
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else None
    rows = _rows().order_by("-pk")
    rows = rows.filter(pk__lt=behind) if behind is not None else rows
    asks = rows.filter(pairing__need__holder_id=account_id or 0)[: PAGE + 1]
    asked = rows.filter(pairing__offer__holder_id=account_id or 0)[: PAGE + 1]
    found = sorted({one.pk: one for one in [*asks, *asked]}.values(), key=lambda one: -one.pk)
    return found[:PAGE], str(found[PAGE - 1].pk) if len(found) > PAGE else ""


def of_pair(pairing: Pairing, most: int = PAGE) -> list[Thread]:
    return list(_rows().filter(pairing=pairing).order_by("-pk")[:most])


def to_answer(account_id: int | None) -> QuerySet[Thread]:
    """What waits for this mentor."""
    return _rows().filter(state=State.WAITING, pairing__open=True, pairing__offer__holder_id=account_id or 0)


def to_read(account_id: int | None) -> QuerySet[Thread]:
    """Answered, and who asked has not said yet whether it was of use."""
    return _rows().filter(state=State.ANSWERED, pairing__open=True, pairing__need__holder_id=account_id or 0)


def among(pks: Sequence[int], most: int) -> list[Thread]:
    """Those that have waited longest; nothing is asked where there are none."""
    return list(_rows().filter(pk__in=pks).order_by("waits_since", "pk")[:most]) if pks else []


def overdue(area: Area) -> QuerySet[Thread]:
    """For the officer of a place: what has waited so long, the longest first."""
    since = clock.today() - dt.timedelta(days=rules.PATIENCE)
    here = in_area(Pairing.objects.filter(kind=PAIR, open=True), area).values("pk")
    rows = _rows().filter(state=State.WAITING, waits_since__lte=since, pairing_id__in=here)
    return rows.order_by("waits_since", "pk")


@contact.counts
def last_day(pairing: Pairing) -> dt.date | None:
    """The latest day on which the mentor answered."""
    last: dt.date | None = Thread.objects.filter(pairing=pairing).aggregate(last=Max("answered_on"))["last"]
    return last
