"""Long and scheduled work: solving a round, asking both sides, the next best, first and last days."""

import datetime as dt

from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.base.actor import system
from xianglin.commons.jobs.declare import job, scheduled
from xianglin.commons.jobs.progress import report

from . import actions, candidates
from .models import Need, Offer, Pairing, Pick, Proposal, Round

_LAPSES_AFTER = dt.timedelta(days=30)  # its day is over, and the officer had a month to ask


@job(limit=dt.timedelta(minutes=20))
def solve_round(round_id: int) -> None:
    """Outside any transaction: it reads, thinks, and hands over what it found in one short action."""
    from .solving import Impossible, solve  # solvers and NumPy: only whoever solves pays for them

    round_ = Round.objects.select_related("area").get(pk=round_id)
    if round_.state != Round.State.SOLVING:
        return
    report(0, 4, _("正在读名单"))
    try:
        known, solved = solve(round_, lambda done, what: report(done, 4, what))
    except Impossible as told:
        actions.keep_solution(round_, actor=system("pairings"), trouble=str(told))
        return
    stored = candidates.store(known)
    actions.keep_solution(round_, actor=system("pairings"), stored_as=stored, excluded=known.excluded, solved=solved)
    report(4, 4, _("配好了"))


@job()
def tell_round(round_id: int) -> None:
    round_ = Round.objects.get(pk=round_id)
    if round_.state != Round.State.APPROVED or round_.chosen_id is None:
        return
    picks = list(Pick.objects.filter(solution_id=round_.chosen_id).order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(picks), actions.rounds.BATCH):
        actions.tell_some(round_, actor=system("pairings"), picks=picks[start : start + actions.rounds.BATCH])
        report(min(start + actions.rounds.BATCH, len(picks)), len(picks))


@job()
def offer_next(round_id: int, need_id: int) -> None:
    """The next best that has room, from the round's file; nobody left is the officer's to see (`queries.short`)."""
    round_ = Round.objects.get(pk=round_id)
    need = Need.objects.select_related("area", "holder").get(pk=need_id)
    known = candidates.read(round_.candidates_as)
    if known is None:
        return
    order = [offer_id for offer_id, _edge in known.best_of(need_id)]
    forbidden = set(round_.holds.filter(need=need, keep=False).values_list("offer_id", flat=True))
    offers = Offer.objects.select_related("holder").in_bulk(order)
    best = [offers[pk] for pk in order if pk in offers and pk not in forbidden]
    actions.offer_next(need, actor=system("pairings"), offers=best, round_=round_)


@scheduled(name="pairings.days", daily_at="01:10")
@job()
def days() -> int:
    """First days that have come, last days that are over, proposals that nobody answered for a month."""
    today, count = clock.today(), 0
    for pairing in Pairing.objects.filter(state=Pairing.State.SIGNED, starts_on__lte=today):
        actions.start(pairing, actor=system("pairings"))
        count += 1
    for pairing in Pairing.objects.filter(open=True, ends_on__lt=today):
        actions.expire(pairing, actor=system("pairings"))
        count += 1
    for proposal in Proposal.objects.filter(state=Proposal.State.WAITING, due_on__lt=today - _LAPSES_AFTER):
        actions.lapse(proposal, actor=system("pairings"))
        count += 1
    return count
