"""Reads: who is open, what waits for whom, a round's board, what an officer has to look at."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.registry import PairingKind
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area

from . import candidates
from .models import FollowUp, Need, Offer, Pairing, Pick, Proposal, Round, Side, Solution

One = TypeVar("One", Need, Offer)

CAP = 100  # of a list that an officer looks through at once
ENDING_SOON = dt.timedelta(days=30)
UNSIGNED = dt.timedelta(days=7)  # so long after both said yes, somebody asks what became of the paper


def round_for(actor: Actor, pk: int) -> Round | None:
    found = Round.objects.select_related("area", "chosen").filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found) else None


def pairing_for(actor: Actor, pk: int) -> Pairing | None:
    found = Pairing.objects.select_related("area", "need__holder", "offer__holder").filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found) else None


def proposal_for(actor: Actor, pk: int) -> Proposal | None:
    rows = Proposal.objects.select_related("area", "need__holder", "need__area", "offer__holder", "offer__area")
    found = rows.filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "pairings.see", found) else None


def asked_of(account_id: int) -> QuerySet[Proposal]:
    """What waits for this person's yes or no, the soonest due first."""
    mine = Q(need__holder_id=account_id, need_said_at=None) | Q(offer__holder_id=account_id, offer_said_at=None)
    rows = Proposal.objects.filter(mine, state=Proposal.State.WAITING).order_by("due_on", "pk")
    return rows.select_related("need__holder", "need__area", "offer__holder", "offer__area")


def open_sides(model: type[One], area: Area, kind: str) -> QuerySet[One]:
    """Of a place and all below it: open, and with a place left."""
    room = Q(most=None) | Q(taken__lt=F("most"))
    rows = model._default_manager.filter(room, kind=kind, state=Side.State.OPEN)
    return in_area(rows, area).order_by("pk")


def rounds_of(area: Area, kind: str) -> QuerySet[Round]:
    """Of a place and all below it, the newest first."""
    return in_area(Round.objects.filter(kind=kind), area).select_related("area").order_by("-pk")


def round_open(area: Area, kind: str) -> Round | None:
    """The one that is under way in this very place."""
    return Round.objects.filter(area=area, kind=kind).exclude(state=Round.State.CLOSED).first()


def round_at_work(area: Area, kind: str) -> Round | None:
    """The newest that is not over and has been solved: it knows the best for everybody."""
    return rounds_of(area, kind).exclude(state=Round.State.CLOSED).exclude(candidates_as="").first()


def pairings_in(area: Area, kind: str) -> QuerySet[Pairing]:
    rows = Pairing.objects.filter(kind=kind)
    return in_area(rows, area).select_related("need__holder", "offer__holder", "area").order_by("-pk")


def pairings_of(account_id: int) -> QuerySet[Pairing]:
    """Those in which this person is one of the two: the open ones first."""
    rows = Pairing.objects.filter(Q(need__holder_id=account_id) | Q(offer__holder_id=account_id))
    return rows.select_related("need__holder", "offer__holder", "area").order_by("-open", "-pk")


# --- a round


@dataclass(frozen=True)
class Seat:
    """One pick as the board shows it."""

    pick: Pick
    locked: bool
    proposal: Proposal | None = None


@dataclass
class Desk:
    """An offer with everybody the solution gives it."""

    offer: Offer
    seats: list[Seat] = field(default_factory=list)

    @property
    def now(self) -> int:
        """Places taken with these: those that were told and accepted are among the pairings already."""
        return len(self.seats)


@dataclass(frozen=True)
class Board:
    """What an officer reviews: who gets whom, who is left, and the same by the other objective."""

    desks: list[Desk]
    left_over: list[Need]
    solutions: list[Solution]  # of the last solving, one an objective
    moved: list["Moved"]


def board(round_: Round) -> Board:
    chosen = round_.chosen
    if chosen is None:
        return Board([], [], [], [])
    picks = list(
        chosen.picks.select_related("need__holder", "need__area", "offer__holder", "offer__area").order_by("pk")
    )
    kept = set(round_.holds.filter(keep=True).values_list("need_id", "offer_id"))
    said = {(row.need_id, row.offer_id): row for row in round_.proposals.order_by("pk")}
    desks: dict[int, Desk] = {}
    for pick in picks:
        pair = (pick.need_id, pick.offer_id)
        desk = desks.setdefault(pick.offer_id, Desk(pick.offer))
        desk.seats.append(Seat(pick, pair in kept, said.get(pair)))
    placed = {pick.need_id for pick in picks}
    rest = open_sides(Need, round_.area, round_.kind).select_related("holder", "area").exclude(pk__in=placed)
    siblings = list(round_.solutions.filter(number=chosen.number).order_by("-objective"))
    return Board(list(desks.values()), list(rest), siblings, moved(chosen))


@dataclass(frozen=True)
class Moved:
    """Whom a re-run put elsewhere. ``before`` or ``after`` None: had nobody, or has nobody now."""

    need: Need
    before: Offer | None
    after: Offer | None


def moved(solution: Solution) -> list[Moved]:
    """Against the solving before, by the same objective."""
    earlier = Solution.objects.filter(
        round_id=solution.round_id, number=solution.number - 1, objective=solution.objective
    ).first()
    if earlier is None:
        return []
    was, now = _offers_by_need(earlier), _offers_by_need(solution)
    rows = []
    for need_id in sorted(was.keys() | now.keys()):
        gone, come = was[need_id].keys() - now[need_id].keys(), now[need_id].keys() - was[need_id].keys()
        before = [was[need_id][one] for one in sorted(gone)]
        after = [now[need_id][one] for one in sorted(come)]
        for n in range(max(len(before), len(after))):
            old, new = (before[n] if n < len(before) else None), (after[n] if n < len(after) else None)
            rows.append(Moved((old or new).need, old.offer if old else None, new.offer if new else None))  # type: ignore[union-attr]
    return rows


def _offers_by_need(solution: Solution) -> dict[int, dict[int, Pick]]:
    found: dict[int, dict[int, Pick]] = defaultdict(dict)
    for pick in solution.picks.select_related("need__holder", "offer__holder"):
        found[pick.need_id][pick.offer_id] = pick
    return found


@dataclass(frozen=True)
class Option:
    """Another offer that one need could have: how well it fits, and whom it has now."""

    offer: Offer
    score: float
    parts: list[list[str | float]]
    has: list[Need]
    now: bool


def options(round_: Round, need: Need, limit: int = 12) -> list[Option]:
    """The best that no hard condition forbids, the best first, from the round's candidates."""
    known = candidates.read(round_.candidates_as)
    if known is None:
        return []
    best = known.best_of(need.pk)[:limit]
    offers = Offer.objects.select_related("holder", "area").in_bulk([offer_id for offer_id, _edge in best])
    has: dict[int, list[Need]] = defaultdict(list)
    if round_.chosen is not None:
        for pick in round_.chosen.picks.filter(offer_id__in=offers).select_related("need__holder"):
            has[pick.offer_id].append(pick.need)
    return [
        Option(
            offers[offer_id],
            float(known.score[edge]),
            known.parts_of(edge),
            [one for one in has[offer_id] if one.pk != need.pk],
            need in has[offer_id],
        )
        for offer_id, edge in best
        if offer_id in offers
    ]


def instead_of(round_: Round, need: Need) -> list[tuple[Offer, float]]:
    """Whom this need could have instead without anybody losing a place, and what the whole would lose by it."""
    pick = round_.chosen.picks.filter(need=need).order_by("pk").first() if round_.chosen is not None else None
    if pick is None:
        return []
    offers = Offer.objects.select_related("holder", "area").in_bulk([int(one[0]) for one in pick.instead])
    return [(offers[int(pk)], lost) for pk, _score, lost in pick.instead if int(pk) in offers]


# --- what an officer has to look at


@dataclass(frozen=True)
class Attention:
    """Lists for the officer, each up to ``CAP``."""

    short_needs: list[Need]  # must get more than they have, and nobody is asked
    short_offers: list[Offer]
    unanswered: list[Proposal]  # past their day
    silent: list[Pairing]  # no record for so long as the kind says
    ending: list[Pairing]  # their term ends soon
    unsigned: list[Pairing]  # agreed, and nothing was signed since
    late: list[FollowUp]  # nobody looked after them

    def __len__(self) -> int:
        return sum(len(rows) for rows in vars(self).values())


def attention(area: Area, kind: PairingKind) -> Attention:
    """Everything of a place and all below it that stands still or is about to end."""
    return Attention(
        short_needs=list(short(Need, area, kind.key)[:CAP]),
        short_offers=list(short(Offer, area, kind.key)[:CAP]),
        unanswered=list(unanswered(area, kind.key)[:CAP]),
        silent=list(silent(area, kind)[:CAP]),
        ending=list(ending(area, kind.key)[:CAP]),
        unsigned=list(unsigned(area, kind.key)[:CAP]),
        late=list(late(area, kind.key)[:CAP]),
    )


def count_attention(area: Area, kind: PairingKind) -> int:
    """How much of it there is, up to ``CAP``, in one query: the number beside 今日 stands on every page."""
    lists: list[QuerySet[Any]] = [
        short(Need, area, kind.key),
        short(Offer, area, kind.key),
        unanswered(area, kind.key),
        silent(area, kind),
        ending(area, kind.key),
        unsigned(area, kind.key),
        late(area, kind.key),
    ]
    first, *rest = (rows.order_by().values("pk") for rows in lists if not rows.query.is_empty())
    return min(CAP, int(first.union(*rest, all=True)[:CAP].count()))


def short(model: type[One], area: Area, kind: str) -> QuerySet[One]:
    """Open, with fewer than they must get, and nobody being asked for them."""
    side = "need" if model is Need else "offer"
    asked = Proposal.objects.filter(**{side: OuterRef("pk")}, state=Proposal.State.WAITING)
    rows = model._default_manager.filter(kind=kind, state=Side.State.OPEN, taken__lt=F("least"))
    return in_area(rows, area).filter(~Exists(asked)).select_related("holder", "area").order_by("pk")


def unanswered(area: Area, kind: str) -> QuerySet[Proposal]:
    rows = Proposal.objects.filter(kind=kind, state=Proposal.State.WAITING, due_on__lt=clock.today())
    return in_area(rows, area).select_related("need__holder", "offer__holder", "area").order_by("due_on", "pk")


def silent(area: Area, kind: PairingKind) -> QuerySet[Pairing]:
    if not kind.silent_days:
        return Pairing.objects.none()
    since = clock.today() - dt.timedelta(days=kind.silent_days)
    rows = Pairing.objects.filter(kind=kind.key, state=Pairing.State.ACTIVE, contact_on__lt=since)
    return in_area(rows, area).select_related("need__holder", "offer__holder", "area").order_by("contact_on", "pk")


def ending(area: Area, kind: str) -> QuerySet[Pairing]:
    until = clock.today() + ENDING_SOON
    rows = Pairing.objects.filter(kind=kind, state=Pairing.State.ACTIVE, ends_on__lte=until)
    return in_area(rows, area).select_related("need__holder", "offer__holder", "area").order_by("ends_on", "pk")


def unsigned(area: Area, kind: str) -> QuerySet[Pairing]:
    before = clock.now() - UNSIGNED
    rows = Pairing.objects.filter(kind=kind, state=Pairing.State.AGREED, agreed_at__lt=before)
    return in_area(rows, area).select_related("need__holder", "offer__holder", "area").order_by("agreed_at", "pk")


def late(area: Area, kind: str) -> QuerySet[FollowUp]:
    here = in_area(Pairing.objects.filter(kind=kind, state=Pairing.State.ACTIVE), area).values("pk")
    rows = FollowUp.objects.filter(open=True, due_on__lt=clock.today(), pairing_id__in=here)
    return rows.select_related("pairing__need__holder", "pairing__offer__holder", "pairing__area").order_by("due_on")


def short_in_words(solution: Solution) -> list[tuple[Side, int, str]]:
    """Who got fewer than they must by a solution: side, how many are missing, why."""
    known: dict[tuple[str, int], Side] = {}
    models: dict[str, type[Side]] = {"need": Need, "offer": Offer}
    for name, model in models.items():
        wanted = [pk for side, pk, _missing, _why in solution.short if side == name]
        for row in model._default_manager.select_related("holder", "area").filter(pk__in=wanted):
            known[name, row.pk] = row
    found = [(known.get((side, pk)), missing, gettext(why)) for side, pk, missing, why in solution.short]
    return [(side, missing, why) for side, missing, why in found if side is not None]
