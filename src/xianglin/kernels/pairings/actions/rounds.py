"""A round: opened, solved by a job, looked through by the officer, approved, told, closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import InKind
from xianglin.commons.jobs import enqueue, enqueue_for

from .. import candidates, rules
from ..models import Hold, Need, Offer, Pick, Proposal, Round, Solution
from . import proposing

State = Round.State
BATCH = 50  # proposals told in one transaction: nobody else waits long


@action("pairings.open_round")
def open_round(place: InKind, *, actor: Actor, title: str, key: UUID | None = None) -> Round:
    """Everybody who is open here takes part when it is solved. One of a kind and place at a time."""
    assert actor.account_id is not None  # who opens has an account
    rules.require_kind(place.kind)
    round_ = Round(
        kind=place.kind, title=rules.require_title(title), opened_by_id=actor.account_id, opened_at=clock.now()
    )
    round_.place_in(place.area)
    try:
        with transaction.atomic():
            round_.save(force_insert=True)
    except IntegrityError:
        raise Refused("pairings.round_open_already", _("这里还有一轮没结束。请先把那一轮办完。")) from None
    return round_


@action("pairings.hold", subject=Round)
def hold(round_: Round, *, actor: Actor, need_id: int, offer_id: int, keep: bool, key: UUID | None = None) -> Round:
    """These two stay together when it is solved again (锁定), or do not come together (不配)."""
    assert actor.account_id is not None
    rules.require_round_open(round_)
    need, offer = rules.of_round(round_, need_id, offer_id)
    if keep:
        rules.require_fitting(rules.require_kind(round_.kind), need, offer)
    _set_hold(round_, actor.account_id, need, offer, keep=keep)
    return round_


def _set_hold(round_: Round, by_id: int, need: Need, offer: Offer, *, keep: bool) -> None:
    row = round_.holds.filter(need=need, offer=offer).first() or Hold(round=round_, need=need, offer=offer)
    with changing(row):
        row.keep, row.by_id, row.at = keep, by_id, clock.now()
        row.save()


@action("pairings.unhold", subject=Round)
def unhold(round_: Round, *, actor: Actor, need_id: int, offer_id: int, key: UUID | None = None) -> Round:
    rules.require_round_open(round_)
    round_.holds.filter(need_id=need_id, offer_id=offer_id).delete()
    return round_


@action("pairings.solve", subject=Round)
def solve(round_: Round, *, actor: Actor, key: UUID | None = None) -> Round:
    """Have it solved, or solved again: by a job, whose progress the officer sees."""
    from ..jobs import solve_round  # jobs call actions

    assert actor.account_id is not None
    rules.require_round_open(round_)
    round_.state, round_.trouble = State.SOLVING, ""
    round_.job = enqueue_for(actor.account_id, solve_round, round_.pk)
    round_.save(update_fields=["state", "trouble", "job"])
    return round_


@dataclass(frozen=True)
class Picked:
    """Two whom the solver brought together. ``instead``: [[another offer, its score, what the whole would lose], …]."""

    need_id: int
    offer_id: int
    score: float
    parts: list[list[str | float]]
    sentence: str
    instead: list[list[float]]


@dataclass(frozen=True)
class Solved:
    """One objective's answer, as the job hands it over."""

    objective: str
    score: float
    blocking: int
    unmatched_needs: int
    idle_offers: int
    short: list[list[str | int]]
    gap: float
    picks: Sequence[Picked]


@action("pairings.keep_solution", subject=Round)
def keep_solution(
    round_: Round,
    *,
    actor: Actor,
    stored_as: str = "",
    excluded: dict[str, int] | None = None,
    solved: Iterable[Solved] = (),
    trouble: str = "",
) -> Round:
    """What the job found, or why it found nothing. The better total is chosen until the officer chooses; what they
    chose stays chosen when it is solved again."""
    if round_.state != State.SOLVING:
        return round_  # the job ran twice
    old = round_.candidates_as
    number = (round_.solutions.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    wanted = round_.chosen.objective if round_.chosen else Solution.Objective.TOTAL
    for one in solved:
        solution = _kept(round_, number, one)
        if solution.objective == wanted:
            round_.chosen = solution
    round_.state = State.SOLVED if round_.chosen_id else State.POOL
    round_.trouble, round_.excluded = trouble, sorted((excluded or {}).items())
    if stored_as:
        round_.candidates_as = stored_as
    round_.save(update_fields=["state", "chosen", "trouble", "excluded", "candidates_as"])
    if stored_as:
        transaction.on_commit(lambda: candidates.forget([old]))
    return round_


def _kept(round_: Round, number: int, one: Solved) -> Solution:
    solution = Solution.objects.create(
        round=round_,
        number=number,
        objective=one.objective,
        score=one.score,
        blocking=one.blocking,
        unmatched_needs=one.unmatched_needs,
        idle_offers=one.idle_offers,
        short=one.short,
        gap=one.gap,
        made_at=clock.now(),
    )
    Pick.objects.bulk_create(
        (Pick(solution=solution, **vars(picked)) for picked in one.picks),
        batch_size=200,
    )
    return solution


@action("pairings.choose", subject=Round)
def choose(round_: Round, *, actor: Actor, objective: str, key: UUID | None = None) -> Round:
    """Work with the other answer of the last solving."""
    rules.require_state(round_, State.SOLVED)
    assert round_.chosen is not None
    other = round_.solutions.filter(number=round_.chosen.number, objective=objective).first()
    if other is None:
        raise Refused("pairings.no_such_solution", _("没有这一种配法。请刷新看看。"))
    round_.chosen = other
    round_.save(update_fields=["chosen"])
    return round_


@action("pairings.move", subject=Round)
def move(round_: Round, *, actor: Actor, need_id: int, offer_id: int, key: UUID | None = None) -> Round:
    """The officer puts a need to another offer: it is locked there, and the whole is solved again around it."""
    assert actor.account_id is not None
    rules.require_state(round_, State.SOLVED)
    need, offer = rules.of_round(round_, need_id, offer_id)
    rules.require_two(need, offer)
    rules.require_fitting(rules.require_kind(round_.kind), need, offer)
    for row in round_.holds.filter(need=need, keep=True).exclude(offer=offer):
        row.delete()
    _set_hold(round_, actor.account_id, need, offer, keep=True)
    return solve(round_, actor=actor)


@action("pairings.approve", subject=Round)
def approve(round_: Round, *, actor: Actor, key: UUID | None = None) -> Round:
    """The officer stands for it (审定): both sides of every pick are asked, by a job in small batches."""
    from ..jobs import tell_round  # jobs call actions

    rules.require_state(round_, State.SOLVED)
    round_.state, round_.approved_at, round_.approved_by_id = State.APPROVED, clock.now(), actor.account_id
    round_.save(update_fields=["state", "approved_at", "approved_by_id"])
    enqueue(tell_round, round_.pk)
    return round_


@action("pairings.tell_round", subject=Round)
def tell_some(round_: Round, *, actor: Actor, picks: Sequence[int]) -> Round:
    """Ask both sides of these picks; what was asked or paired already is not asked again, nor anybody who is being
    asked about as many others as they have places."""
    rows = Pick.objects.filter(pk__in=list(picks), solution=round_.chosen)
    for pick in rows.select_related("need__holder", "need__area", "offer__holder").order_by("pk"):
        together = pick.need.pairings.filter(offer=pick.offer, open=True).exists()
        if together or Proposal.objects.filter(need=pick.need, offer=pick.offer, round=round_).exists():
            continue
        if proposing.fully_asked(pick.need):
            continue
        try:
            place = InKind(pick.need.area, round_.kind)
            proposing.propose(place, actor=actor, need=pick.need, offer=pick.offer, round_=round_)
        except Refused:
            continue  # paused or filled since it was solved: it stands on the officer's list
    return round_


@action("pairings.close_round", subject=Round)
def close_round(round_: Round, *, actor: Actor, key: UUID | None = None) -> Round:
    """Nothing more is proposed from it; its candidates are forgotten, what was chosen stays."""
    rules.require_round_open(round_)
    name = round_.candidates_as
    round_.state, round_.candidates_as = State.CLOSED, ""
    round_.save(update_fields=["state", "candidates_as"])
    transaction.on_commit(lambda: candidates.forget([name]))
    return round_
