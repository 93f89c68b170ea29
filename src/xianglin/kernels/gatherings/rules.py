"""Decisions about gatherings, without writing anything."""

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused
from xianglin.base.registry import Capacity, GatheringKind, kind_of_gathering

from .models import WORDS_LENGTH, Gathering, Presence, State, Turn, Way

LONGEST = dt.timedelta(days=62)  # that a gathering is planned ahead or postponed
AGENDA_ITEMS = 20
MOST_WRITTEN = 2000  # at one gathering: beyond, somebody plays
AGENDA_LENGTH = 120


def require_kind(key: str) -> GatheringKind:
    kind = kind_of_gathering(key)
    if kind is None:
        raise Refused("gatherings.unknown_kind", _("没有这一类活动。请从清单里选。"), kind=key)
    return kind


def require_state(gathering: Gathering, *states: str) -> None:
    if gathering.state not in states:
        raise Refused(
            "gatherings.wrong_state",
            _("这个会现在是“%(state)s”，不能这样办。请刷新看看最新情况。") % {"state": State(gathering.state).label},
            state=gathering.state,
        )


def require_day(on: dt.date) -> dt.date:
    today = clock.today()
    if not today <= on <= today + LONGEST:
        raise Refused(
            "gatherings.day_out_of_reach",
            _("请选今天到 %(last)s 之间的一天。") % {"last": today + LONGEST},
        )
    return on


def require_later(gathering: Gathering, to_on: dt.date) -> None:
    """A postponement is told before its day is over: afterwards it would only excuse what was missed."""
    if clock.today() > gathering.on:
        told = _("原定的日子已经过了，不能再改期。请尽快开，公开栏上会写明晚了几天。")
        raise Refused("gatherings.day_has_passed", told)
    if to_on <= gathering.on:
        raise Refused("gatherings.not_later", _("改期要改到 %(day)s 以后。") % {"day": gathering.on})


def require_public(text: str, *, empty: str = "") -> str:
    """What everybody reads: not empty, and nothing personal in it."""
    kept = text.strip()
    if not kept:
        raise Refused("gatherings.no_reason", empty or _("请写一句原因，大家会看到。"))
    return require_nothing_personal(kept, "gatherings.leak")


def require_words(words: str) -> str:
    kept = words.strip()
    if not kept:
        raise Refused("gatherings.no_words", _("还没写内容。写一句就行，比如“8 组桥头路灯不亮”。"))
    if len(kept) > WORDS_LENGTH:
        told = _("写得太长了，最多 %(limit)d 个字，现在 %(length)d 个。请分成几条。")
        raise Refused("gatherings.words_too_long", told % {"limit": WORDS_LENGTH, "length": len(kept)})
    return kept


def require_room(gathering: Gathering) -> None:
    """A hall sits behind one address, so it is the hall that is counted, not who writes."""
    if gathering.turns.filter(way=Way.SCREEN).count() >= MOST_WRITTEN:
        raise Refused(
            "gatherings.too_many_written", _("这个会上写的已经太多了。请举手说，或者会后说一句，一样有人回。")
        )


def require_agenda(lines: Iterable[str]) -> list[str]:
    kept = [line.strip() for line in lines if line.strip()]
    if not kept:
        raise Refused("gatherings.no_agenda", _("请写议程，一行一项。"))
    if len(kept) > AGENDA_ITEMS or max(map(len, kept)) > AGENDA_LENGTH:
        told = _("议程最多 %(items)d 项，每项最多 %(length)d 个字。")
        raise Refused("gatherings.agenda_too_long", told % {"items": AGENDA_ITEMS, "length": AGENDA_LENGTH})
    return [require_public(line) for line in kept]


def require_counts(due: int, present: int) -> None:
    if not 0 <= due <= 10_000 or not 0 <= present <= 10_000:
        raise Refused("gatherings.counts", _("人数要写 0 到 10000 之间的数。"))


def require_nobody_waits(waiting: Sequence[Turn]) -> None:
    """Nobody is dropped silently (一个不漏)."""
    if waiting:
        told = _("还有 %(count)d 个没有着落：记下来，或写明他不说了，再散会。")
        raise Refused("gatherings.still_waiting", told % {"count": len(waiting)}, turns=[turn.pk for turn in waiting])


@dataclass(frozen=True)
class Quorum:
    """Whether enough came. ``needed`` 0: nothing is asked of this capacity."""

    capacity: Capacity
    due: int
    present: int

    @property
    def needed(self) -> int:
        return math.ceil(self.due * self.capacity.numerator / self.capacity.denominator)

    @property
    def reached(self) -> bool:
        return self.present >= self.needed and (self.needed > 0 or self.capacity.numerator == 0)


def quorums(kind: GatheringKind, presences: Iterable[Presence]) -> list[Quorum]:
    """One a capacity, in the kind's order; 0 of 0 where nothing was counted yet."""
    known = {row.capacity: row for row in presences}
    return [
        Quorum(one, known[one.key].due, known[one.key].present) if one.key in known else Quorum(one, 0, 0)
        for one in kind.capacities
    ]


def require_turn_waits(turn: Turn) -> None:
    if turn.state != Turn.State.WAITING:
        told = _("这一位已经是“%(state)s”了。请刷新看看最新情况。")
        raise Refused("gatherings.turn_is_over", told % {"state": Turn.State(turn.state).label})


def require_not_written(turn: Turn) -> None:
    if turn.words is not None:
        raise Refused("gatherings.written_stays", _("写下来的不能放过，请记下来。"))
