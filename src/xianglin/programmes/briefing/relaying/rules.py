"""Decisions without writing: which month, whose name, whose receipt."""

import re
from collections.abc import Sequence
from uuid import UUID, uuid5

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.people.models import Household

_PERIOD = re.compile(r"\d{4}-(0[1-9]|1[0-2])", re.ASCII)


def is_period(text: str) -> bool:
    """ "2022-05"."""
    return _PERIOD.fullmatch(text) is not None


def receipt_key(key: UUID) -> UUID:
    """What the author's receipt is made from: the form's own key is spent on the answer as a whole."""
    return uuid5(key, "briefing.give_back")


def receipt_key_of(text: str) -> UUID:
    return receipt_key(UUID(text))


def name_of(households: Sequence[Household]) -> str:
    """The householder's name, as the household's list has it. Several households have no one name."""
    if len(households) != 1:
        raise Refused("briefing.several_names", _("几户一起说的，不写名字。要写名字，请一户一户记。"))
    return households[0].householder


def links(actor: Actor, household: Household) -> bool:
    """Whether the actor is who links this household now."""
    mine = [one for one in household.links.all() if one.to_on is None]
    return any(one.representative_id == actor.account_id for one in mine)
