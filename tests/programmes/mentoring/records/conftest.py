"""The pair at work: records written as people write them."""

import datetime as dt
from typing import Any

import pytest

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture
from tests.programmes.mentoring.pairs.conftest import (
    Pair,
    _hosts,
    agreed,
    here,
    morning,
    pair,
    quick,
    told,
    town,
    trailed,
)
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.files.models import Kind, Upload
from xianglin.programmes.mentoring.errands import waiting
from xianglin.programmes.mentoring.records import actions
from xianglin.programmes.mentoring.records.models import Record
from xianglin.programmes.mentoring.records.rules import Said

__all__ = ["_hosts", "agreed", "here", "morning", "pair", "quick", "told", "town", "trailed"]
DAY = dt.date(2026, 3, 8)
DONE = "一起改了走访通知，先写群众要办什么。"


def said(**more: Any) -> Said:
    return Said(**{"method": "case", "on": DAY, "done": DONE, **more})


def write(
    pair: Pair, by: Actor | None = None, *, uploads: tuple[Upload, ...] = (), key: Any = None, **more: Any
) -> Record:
    return actions.write_record(pair.pairing, actor=by or pair.mentor, said=said(**more), uploads=uploads, key=key)


def confirmed(pair: Pair, by: Actor | None = None, **more: Any) -> Record:
    record = write(pair, by, **more)
    for side in (pair.mentor, pair.cadre):
        record = actions.confirm_record(record, actor=side, edition=record.edition)
    return record


def photo(size: tuple[int, int] = (800, 600)) -> Upload:
    return send(picture(size=size), Kind.PICTURE)


def code_of(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    assert str(refused.value.message)
    return refused.value.code


def waits_for(who: Actor) -> list[str]:
    """What this programme has waiting for them on 今日, but for judging oneself."""
    grant = Grant.objects.select_related("area").filter(account_id=who.account_id).order_by("pk")[0]
    titles = [f"{one.mark.word} {one.title}" for one in waiting(grant, who.account_id)]
    return [title for title in titles if "给自己评一评" not in title]
