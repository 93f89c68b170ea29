"""A pair in which something is asked and answered."""

from typing import Any

from tests.programmes.mentoring.records.conftest import (
    Pair,
    _hosts,
    agreed,
    code_of,
    here,
    morning,
    pair,
    photo,
    quick,
    told,
    town,
    trailed,
)
from xianglin.base.actor import Actor
from xianglin.programmes.mentoring.asking import actions
from xianglin.programmes.mentoring.asking.models import Thread
from xianglin.programmes.mentoring.experience import actions as experience
from xianglin.programmes.mentoring.experience.models import Experience
from xianglin.programmes.mentoring.experience.rules import Draft

__all__ = [
    "_hosts",
    "agreed",
    "code_of",
    "here",
    "morning",
    "pair",
    "photo",
    "quick",
    "told",
    "town",
    "trailed",
]
QUESTION = "我写的通知村里人总说看不懂，是不是写得太长了？"
ANSWER = "先写群众要办什么、找谁、几号前，再写别的。"
DRAFT = Draft("通知怎么写得让人看得懂", "通知发下去，大家读不明白。", ANSWER)


def ask(pair: Pair, words: str = QUESTION, **more: Any) -> Thread:
    return actions.ask(pair.pairing, actor=pair.cadre, words=words, **more)


def answered(pair: Pair, **more: Any) -> Thread:
    return actions.answer(ask(pair, **more), actor=pair.mentor, words=ANSWER)


def proposed(pair: Pair, by: Actor | None = None, draft: Draft = DRAFT) -> Experience:
    return experience.propose_experience(answered(pair), actor=by or pair.mentor, draft=draft)


def published(pair: Pair, draft: Draft = DRAFT) -> Experience:
    one = experience.agree_experience(proposed(pair, draft=draft), actor=pair.cadre, edition=1, agreed=True)
    return experience.publish_experience(one, actor=pair.officer, edition=1)
