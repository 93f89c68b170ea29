"""Decisions about experience."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused
from xianglin.commons.access.queries import reach
from xianglin.engine.text import squash

from ..asking.models import State as Asked
from ..asking.models import Thread
from ..kinds import MENTOR, OFFICER, YOUNG_CADRE
from .models import REASON_LENGTH, TEXT_LENGTH, TITLE_LENGTH, Experience, State

READERS = (OFFICER, MENTOR, YOUNG_CADRE)
_SAME = 12  # characters in a row that are copied, not met by chance
_SENTENCE = re.compile(r"[，。！？；：、\s,.!?;:]+")


@dataclass(frozen=True)
class Draft:
    """An experience as it is proposed: general words, and what it is about."""

    title: str
    question: str
    answer: str
    ability_ids: tuple[int, ...] = ()


def reads(actor: Actor, county_id: int | None) -> bool:
    """A mentor, young cadre or officer of the county."""
    held = reach(actor)
    return any(one.role in READERS and one.area.county_id == county_id and county_id is not None for one in held)


def is_asker(actor: Actor, subject: Any) -> bool:
    holder = subject.thread.pairing.need.holder_id if isinstance(subject, Experience) else None
    return actor.account_id is not None and holder == actor.account_id


def is_proposer(actor: Actor, subject: Any) -> bool:
    return (
        isinstance(subject, Experience) and actor.account_id is not None and subject.proposed_by_id == actor.account_id
    )


def require_draft(draft: Draft, *, names: Sequence[str]) -> Draft:
    kept = Draft(draft.title.strip(), draft.question.strip(), draft.answer.strip(), draft.ability_ids)
    if not kept.title or not kept.question or not kept.answer:
        raise Refused("mentoring.experience_empty", _("题目、问的什么、怎么做，三样都要写。"))
    if len(kept.title) > TITLE_LENGTH or max(len(kept.question), len(kept.answer)) > TEXT_LENGTH:
        told = _("题目最多 %(title)d 个字，正文最多 %(text)d 个字。请写短一些。")
        raise Refused("mentoring.experience_long", told % {"title": TITLE_LENGTH, "text": TEXT_LENGTH})
    for words in (kept.title, kept.question, kept.answer):
        require_nothing_personal(words, "mentoring.experience_leak", names=names)
    return kept


def require_rewritten(draft: Draft, asked: Iterable[str]) -> None:
    """Nobody's own question stands in the library: what was asked is told in other words."""
    written = squash(_SENTENCE.sub("", draft.title + draft.question))
    for words in asked:
        raw = squash(_SENTENCE.sub("", words))
        copied = any(raw[at : at + _SAME] in written for at in range(max(0, len(raw) - _SAME + 1)))
        if copied:
            told = _("“问的什么”里照抄了提问人的原话。请换成一般的说法，看不出是谁问的。")
            raise Refused("mentoring.raw_words", told)


def require_answered(thread: Thread) -> None:
    if thread.answered_on is None or thread.state == Asked.WAITING:
        raise Refused("mentoring.no_answer_yet", _("这次请教还没答完。答好了再整理成经验。"))


def require_first(known: bool) -> None:
    if known:
        raise Refused("mentoring.experience_twice", _("这次请教已经整理成经验了。要改，请到那一条里改。"))


def require_state(experience: Experience, *states: State) -> None:
    if experience.state not in states:
        told = _("这条经验现在是“%(state)s”，不能这样做。请刷新页面看一眼。")
        raise Refused("mentoring.experience_state", told % {"state": experience.get_state_display()})


def require_read(experience: Experience, edition: int) -> None:
    if edition != experience.edition:
        raise Refused("mentoring.experience_changed", _("您看的时候，这段话又改过了。下面是新的，请看一遍再说。"))


def require_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("mentoring.no_reason", _("请写一句为什么。"))
    if len(kept) > REASON_LENGTH:
        raise Refused("mentoring.reason_long", _("原因写得太长了，最多 %(most)d 个字。") % {"most": REASON_LENGTH})
    return kept
