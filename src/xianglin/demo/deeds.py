"""What anybody of the story does to a matter, by a word."""

import datetime as dt
from collections.abc import Callable

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Matter, State

Scene = tuple[str, Callable[[], object]]  # "05-20 19:00", what happens then
WAITS_TILL = dt.date(2022, 6, 28)  # the only thing that the story waits for


def as_(account: Account) -> Actor:
    return Actor("account", str(account.pk), account.display_name, via="demo")


def do(matter: Matter, verb: str, text: str, cast: dict[str, Account]) -> None:
    """answer, assign, pause, quarantine; settled or not_settled as a town clerk hears it on the telephone."""
    matter.refresh_from_db()
    cadre, clerk = as_(cast["cadre"]), as_(cast["clerk"])
    if verb == "answer":
        assert matter.handler is not None
        matters.answer_matter(matter, actor=as_(matter.handler), text=text)
    elif verb == "assign":
        matters.assign_matter(matter, actor=cadre, department=text)
    elif verb == "pause":
        assert matter.handler is not None
        assert clock.today() < WAITS_TILL
        matters.suspend_work(matter, actor=as_(matter.handler), reason=text, until=WAITS_TILL)
    elif verb == "quarantine":
        matters.quarantine_matter(matter, actor=cadre)
    else:
        assert matter.state == State.ANSWERED, (matter, matter.state, verb)
        matters.note_word(matter, actor=clerk, settled=verb == "settled", text=text)
