"""Decisions about a review and a handover."""

import datetime as dt
from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.kernels.pairings.models import Offer, Pairing, Proposal

from ..pairs.rules import require_open
from .models import SUMMARY_LENGTH, WORDS_LENGTH, Decision, Handover, Review

MOST_MONTHS = 12


def require_under_way(pairing: Pairing) -> None:
    if pairing.state != Pairing.State.ACTIVE:
        raise Refused("mentoring.not_under_way", _("这一对还没开始，或者已经结束了，不能评议出师。"))


def require_waiting(review: Review) -> None:
    """Of a pair that ended otherwise, the review stays as it was left."""
    if not review.open:
        raise Refused("mentoring.review_decided", _("这一次评议已经有结果了，不能再改。"))
    require_open(review.pairing)


def require_text(text: str, limit: int, code: str, empty: Any) -> str:
    kept = text.strip()
    if not kept:
        raise Refused(code, empty)
    if len(kept) > limit:
        told = _("写得太长了，最多 %(limit)d 个字，现在 %(length)d 个。")
        raise Refused(code, told % {"limit": limit, "length": len(kept)})
    return kept


def require_summary(text: str) -> str:
    return require_text(
        text, SUMMARY_LENGTH, "mentoring.no_summary", _("还没写述学。写做了什么、学会了什么、哪里还不行。")
    )


def require_opinion(text: str) -> str:
    return require_text(text, WORDS_LENGTH, "mentoring.no_opinion", _("还没写意见。写一句他能不能独当一面。"))


def require_decision(review: Review, decision: str, reason: str, months: int | None) -> str:
    """出师 rests on both their words; an extension says what is lacking and for how long."""
    if decision not in Decision.values:
        raise Refused("mentoring.decision", _("请选出师、延长还是结束。"))
    if decision == Decision.GRADUATED and not (review.summary and review.opinion):
        raise Refused("mentoring.not_heard", _("出师要先有青年干部的述学和导师的意见。请先请他们写好。"))
    if decision == Decision.EXTENDED and not 1 <= (months or 0) <= MOST_MONTHS:
        raise Refused("mentoring.months", _("请写延长几个月，1 到 12。"))
    empty = _("请写还差什么。") if decision == Decision.EXTENDED else _("请写一句为什么。")
    return require_text(reason, 200, "mentoring.no_decision_reason", empty)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day so many months later, or that month's last."""
    at = day.month - 1 + months
    first_of_next = dt.date(day.year + (at + 1) // 12, (at + 1) % 12 + 1, 1)
    last = (first_of_next - dt.timedelta(days=1)).day
    return dt.date(day.year + at // 12, at % 12 + 1, min(day.day, last))


def require_another(pairing: Pairing, offer: Offer) -> None:
    if offer.pk == pairing.offer_id:
        raise Refused("mentoring.same_mentor", _("换导师要换一位。请另选一位导师。"))


def require_unfinished(handover: Handover | None) -> Handover:
    """A pair that is over is handed on once; again only where the one who was asked did not want to."""
    if handover is None or handover.following_id is not None:
        raise Refused("mentoring.pair_over", _("这一对已经结束了，不能再改。要看以前的，下面都留着。"))
    if handover.proposal is not None and handover.proposal.state == Proposal.State.WAITING:
        raise Refused("mentoring.asked_already", _("已经问了一位，还在等回话。等他回了，或者先收回，再换。"))
    return handover
