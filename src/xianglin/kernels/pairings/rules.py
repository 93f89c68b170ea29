"""Decisions about pairings, without writing anything."""

import datetime as dt
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import PairingKind, kind_of_pairing
from xianglin.commons.jobs.progress import HowFar, progress

from .models import REASON_LENGTH, TITLE_LENGTH, Need, Offer, Pairing, Proposal, Round, Side

MOST_PLACES = 1000
TERM_LINES = 40
LONGEST_TERM = dt.timedelta(days=366 * 30)


def require_kind(key: str) -> PairingKind:
    kind = kind_of_pairing(key)
    if kind is None:
        raise Refused("pairings.unknown_kind", _("没有这一类结对。请从清单里选。"), kind=key)
    return kind


def require_state(row: Any, *states: str) -> None:
    if row.state not in states:
        told = _("现在是“%(state)s”，不能这样办。请刷新看看最新情况。")
        raise Refused("pairings.wrong_state", told % {"state": row.get_state_display()}, state=row.state)


def page_of(pairing: Pairing) -> str:
    """Where its two and its officer work with it: the page that its kind names."""
    return reverse(require_kind(pairing.kind).page, args=[pairing.pk])


def require_title(title: str) -> str:
    return _text(title, TITLE_LENGTH, _("请写一句叫什么。"), "pairings.no_title")


def require_reason(reason: str) -> str:
    return _text(reason, REASON_LENGTH, _("请写一句原因。"), "pairings.no_reason")


def require_result(result: str) -> str:
    return _text(result, 2000, _("请写一句结果。"), "pairings.no_result")


def _text(text: str, limit: int, empty: Any, code: str) -> str:
    kept = text.strip()
    if not kept:
        raise Refused(code, empty)
    if len(kept) > limit:
        told = _("写得太长了，最多 %(limit)d 个字，现在 %(length)d 个。")
        raise Refused("pairings.too_long", told % {"limit": limit, "length": len(kept)})
    return kept


def require_places(least: int, most: int | None) -> None:
    if least < 0 or (most is not None and not 1 <= most <= MOST_PLACES) or (most is not None and least > most):
        raise Refused("pairings.places", _("名额要写 1 到 1000 之间的数，最少不能多过最多。"))


def require_not_below_taken(side: Side, most: int | None) -> None:
    if most is not None and most < side.taken:
        told = _("已经结对 %(taken)d 个，名额不能比这少。请先结束一对。")
        raise Refused("pairings.fewer_than_taken", told % {"taken": side.taken})


def require_two(need: Need, offer: Offer) -> None:
    """Of one kind, and not the same person on both sides."""
    if need.kind != offer.kind:
        raise Refused("pairings.kinds_differ", _("这两个不是同一类，不能结对。"))
    if need.holder_id is not None and need.holder_id == offer.holder_id:
        raise Refused("pairings.oneself", _("不能和自己结对。请换一位。"))


def require_open(side: Side) -> None:
    if side.state != Side.State.OPEN:
        told = _("%(name)s现在是“%(state)s”，不能配。请先改成可以配对。")
        raise Refused("pairings.side_not_open", told % {"name": side.name, "state": side.get_state_display()})


def require_room(side: Side) -> None:
    if side.full:
        told = _("%(name)s的名额满了。请另选一位，我们也会给您找下一个合适的。")
        raise Refused("pairings.full", told % {"name": side.name})


def require_fitting(kind: PairingKind, need: Need, offer: Offer) -> Any:
    """The two as their programme sees them; a hard condition forbids, in its words."""
    fit = kind.fit(need, offer)
    if fit.vetoes:
        raise Refused("pairings.forbidden", _("这两个不能配：%(why)s。") % {"why": fit.vetoes[0]})
    return fit


def side_of(actor: Actor, proposal: Proposal) -> str:
    """On which side the actor answers: "need", "offer", or nowhere."""
    if actor.account_id is None:
        return ""
    if proposal.need.holder_id == actor.account_id:
        return "need"
    return "offer" if proposal.offer.holder_id == actor.account_id else ""


def require_side(side: str) -> str:
    if side not in ("need", "offer"):
        raise Refused("pairings.not_asked", _("没有问过您。请看“我的”里有没有等您回话的。"))
    return side


def require_waiting(proposal: Proposal) -> None:
    if proposal.state == Proposal.State.GONE:
        told = _("名额刚刚被别人占了。不用您再办什么，我们给您找下一个合适的。")
        raise Refused("pairings.place_gone", told)
    if proposal.state != Proposal.State.WAITING:
        told = _("这一条已经是“%(state)s”，不用再回了。")
        raise Refused("pairings.answered_already", told % {"state": proposal.get_state_display()}, state=proposal.state)


def require_unsigned(pairing: Pairing) -> None:
    if pairing.state != Pairing.State.AGREED:
        raise Refused("pairings.signed_already", _("协议签好了，条款不能再改。要改，请先结束这一对，再重新结对。"))


def require_agreed_terms(kind: PairingKind, pairing: Pairing) -> None:
    if kind.signs_terms and not pairing.terms:
        raise Refused("pairings.no_terms_yet", _("协议还没写。请先写好商定的内容，再记签字。"))


def require_term(starts_on: dt.date, ends_on: dt.date | None) -> None:
    if ends_on is not None and not starts_on <= ends_on <= starts_on + LONGEST_TERM:
        raise Refused("pairings.term", _("结束的日子要在开始之后。请改一下日期。"))


def require_longer(pairing: Pairing, ends_on: dt.date) -> None:
    assert pairing.starts_on is not None
    if pairing.ends_on is None or ends_on <= pairing.ends_on:
        raise Refused("pairings.not_longer", _("新的日子要在原来结束的日子之后。要提前结束，请写原因结束这一对。"))
    require_term(pairing.starts_on, ends_on)


def require_terms(lines: list[str]) -> list[str]:
    kept = [line.strip() for line in lines if line.strip()]
    if not kept:
        raise Refused("pairings.no_terms", _("请写商定的内容，一行一条。"))
    if len(kept) > TERM_LINES or max(map(len, kept)) > REASON_LENGTH:
        told = _("最多 %(lines)d 条，每条最多 %(length)d 个字。")
        raise Refused("pairings.terms_too_long", told % {"lines": TERM_LINES, "length": REASON_LENGTH})
    return kept


def require_past(on: dt.date) -> dt.date:
    if on > clock.today():
        raise Refused("pairings.in_the_future", _("日子还没到。请写今天或以前的一天。"))
    return on


def require_another(actor: Actor, account_id: int) -> None:
    """Who verifies is not who noted."""
    if actor.account_id == account_id:
        raise Refused("pairings.verify_own", _("自己记的成效不能自己核实。请另一位经办人来核实。"))


def term_end(kind: PairingKind, starts_on: dt.date) -> dt.date | None:
    """The last day of the kind's usual term; None where it has none."""
    if not kind.term_months:
        return None
    month = starts_on.month - 1 + kind.term_months
    year, month = starts_on.year + month // 12, month % 12 + 1
    first_of_next = dt.date(year + month // 12, month % 12 + 1, 1)
    same = min(starts_on.day, (first_of_next - dt.timedelta(days=1)).day)
    return dt.date(year, month, same) - dt.timedelta(days=1)


def follow_up_on(kind: PairingKind, starts_on: dt.date, number: int, after: dt.date) -> dt.date | None:
    """The day of the ``number``-th follow-up: as declared from the start, then so many days ``after`` the last."""
    if number <= len(kind.follow_ups):
        return max(starts_on + dt.timedelta(days=kind.follow_ups[number - 1]), after)
    return after + dt.timedelta(days=kind.every) if kind.every else None


def how_far(round_: Round) -> HowFar | None:
    """Of one that is being solved: how far its job has come."""
    return progress(round_.job) if round_.state == Round.State.SOLVING and round_.job else None


def is_stuck(far: HowFar | None) -> bool:
    """The job came to nothing and will not be tried again."""
    return far is not None and far.state == "failed"


def require_round_open(round_: Round) -> None:
    if not is_stuck(how_far(round_)):
        require_state(round_, Round.State.POOL, Round.State.SOLVED, Round.State.APPROVED)


def require_follow_up_waits(look: Any) -> None:
    if not look.open:
        raise Refused("pairings.followed_up_already", _("这一次已经跟进过了。请刷新看看下一次是哪天。"))


def require_note(result: str, note: str) -> str:
    """All well needs no words; anything else does."""
    return note.strip()[:REASON_LENGTH] if result == "well" else require_reason(note)


def require_evidence(evidence: str) -> str:
    return _text(evidence, REASON_LENGTH, _("请写凭什么这么说，比如“过秤单”“客户来信”。"), "pairings.no_evidence")


def require_topic(kind: PairingKind, topic: str) -> str:
    if topic and topic not in dict(kind.topics):
        raise Refused("pairings.unknown_topic", _("没有这一项。请从清单里选。"))
    return topic


def require_estimate(outcome: Any) -> None:
    if outcome.basis != "estimated":
        raise Refused("pairings.verified_already", _("这一条已经核实过了。"))


def of_round(round_: Round, need_id: int, offer_id: int) -> tuple[Need, Offer]:
    need = Need.objects.select_related("holder").filter(pk=need_id, kind=round_.kind).first()
    offer = Offer.objects.select_related("holder").filter(pk=offer_id, kind=round_.kind).first()
    column = round_.area.column
    if need is None or offer is None or {getattr(s, column) for s in (need, offer)} != {round_.area_id}:
        raise Refused("pairings.not_of_round", _("名单里没有这一位了。请刷新看看。"))
    return need, offer
