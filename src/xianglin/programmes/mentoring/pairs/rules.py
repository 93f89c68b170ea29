"""Decisions about pairs."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.kernels.pairings.models import Pairing

from ..kinds import PAIR


def pairing_of(subject: Any) -> Pairing | None:
    """The pair that a row is or belongs to; none where it is of another programme."""
    pairing = subject if isinstance(subject, Pairing) else getattr(subject, "pairing", None)
    return pairing if isinstance(pairing, Pairing) and pairing.kind == PAIR else None


def is_cadre(actor: Actor, pairing: Pairing) -> bool:
    return actor.account_id is not None and pairing.need.holder_id == actor.account_id


def is_mentor(actor: Actor, pairing: Pairing) -> bool:
    return actor.account_id is not None and pairing.offer.holder_id == actor.account_id


def is_party(actor: Actor, pairing: Pairing) -> bool:
    return is_cadre(actor, pairing) or is_mentor(actor, pairing)


def require_pair(pairing: Pairing) -> None:
    if pairing.kind != PAIR:
        raise Refused("mentoring.not_a_pair", _("这不是导师帮带的一对。"))


def require_open(pairing: Pairing) -> None:
    require_pair(pairing)
    if not pairing.open:
        raise Refused("mentoring.pair_over", _("这一对已经结束了，不能再改。要看以前的，下面都留着。"))
