"""好了回1，没好回2: what an author's reply by SMS means here. ``about`` is the matter's id and its round."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.notices import queries as notices
from xianglin.commons.notices.declare import Asked, Choice, register_question

from . import actions
from .models import How, Matter, State
from .questions import SETTLED_OR_NOT, about, read_about

# zh: what people write back
SETTLED = Choice("1", ("好了", "好", "办好了", "办好", "已办好", "修好了", "修好", "解决了", "已解决", "可以了"))
_NOT = "没好 没有好 还没好 不好 没办好 还没办好 没修好 没解决 没有解决 还没解决 未解决 没 没有"  # zh: the same
NOT_SETTLED = Choice("2", tuple(_NOT.split()))


def take_word(what: str, digit: str, said: str, actor: Actor, key: UUID) -> Matter:
    """The author's own word, as if they had pressed it."""
    matter = _matter(what)
    return actions.settle_matter(matter, actor=actor, settled=digit == SETTLED.digit, text=said, how=How.SMS, key=key)


def _matter(what: str) -> Matter:
    pk, asked_in = read_about(what)
    matter = Matter.objects.get(pk=pk)
    if matter.round != asked_in:
        raise Refused("matters.asked_in_another_round", _("这件事后来又办过了，等新的答复。"))
    return matter


def stands(what: str) -> bool:
    pk, asked_in = read_about(what)
    return Matter.objects.filter(pk=pk, round=asked_in, state__in=(State.ANSWERED, State.UNCONFIRMED)).exists()


def unclear(what: str, actor: Actor) -> Matter:
    return actions.want_call(_matter(what), actor=actor)


def replies_of(matter: Matter) -> list[notices.Reply]:
    """What its author wrote and nobody could make anything of, for those who may read their words."""
    asked = [about(matter, number) for number in range(1, matter.round + 1)]
    return notices.unread_replies(SETTLED_OR_NOT, asked)


def declare() -> None:
    register_question(Asked(SETTLED_OR_NOT, (SETTLED, NOT_SETTLED), take_word, stands, unclear))
