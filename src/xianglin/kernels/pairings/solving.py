"""A round as the engine's problem, and the engine's answer as the round's solutions. Writes nothing."""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from numpy.typing import NDArray

from xianglin.commons.areas.queries import in_area
from xianglin.engine import pairing as engine

from . import queries, rules
from .actions.rounds import Picked, Solved
from .candidates import Candidates
from .models import REASON_LENGTH, Need, Offer, Proposal, Round, Side, Solution

Tell = Callable[[int, str], None]
OTHERS = 3  # next best offers that are kept beside a pick
_WHY = {  # why somebody got fewer than they must
    "no_edge": gettext_noop("没有一个能配的"),
    "few_edges": gettext_noop("能配的不够"),
    "locked": gettext_noop("能配的都锁给别人了"),
    "capacity": gettext_noop("名额不够分"),
}


class Impossible(Exception):
    """Nothing to solve, in words for the officer."""


def solve(round_: Round, tell: Tell) -> tuple[Candidates, list[Solved]]:
    """Both answers for everybody who is open now: the best total, and the stable one."""
    kind = rules.require_kind(round_.kind)
    needs = list(queries.open_sides(Need, round_.area, round_.kind))
    offers = list(queries.open_sides(Offer, round_.area, round_.kind))
    if not needs or not offers:
        raise Impossible(_("名单里还缺一边的人。请先登记，再配。"))
    tell(1, _("正在给每一对打分"))
    with override(settings.LANGUAGE_CODE):
        known: Candidates = kind.score([one.pk for one in needs], [one.pk for one in offers])
    problem = _problem(round_, kind.crowding, needs, offers, known)
    solved = []
    before = _chosen_before(round_, known)
    objectives: tuple[engine.Objective, ...] = ("total", "stable")
    for step, objective in enumerate(objectives, 2):
        tell(step, _("正在配：%(objective)s") % {"objective": Solution.Objective(objective).label})
        answer = engine.solve(problem, objective, like=before if objective == "total" else None)
        solved.append(_solved(known, answer, needs, offers, _instead(known, problem, answer)))
    return known, solved


def _chosen_before(round_: Round, known: Candidates) -> NDArray[np.int64] | None:
    """The edges of the solution that the officer works with: of equally good ones, the likest to it is taken."""
    if round_.chosen is None:
        return None
    edges = [known.edge_of(*pair) for pair in round_.chosen.picks.values_list("need_id", "offer_id")]
    return np.array(sorted(edge for edge in edges if edge is not None), dtype=np.int64)


def _instead(known: Candidates, problem: engine.Problem, answer: engine.Solution) -> Callable[[int], list[list[float]]]:
    """For a need's position: the next best offers, and what the whole would lose by each. Of a total only: a stable
    answer would have to be solved again for each."""
    if answer.objective != "total":
        return lambda left: []
    all_ = engine.explanations(problem, answer)

    def of(left: int) -> list[list[float]]:
        found = all_.alternatives(left, OTHERS, all_at_once=True)
        return [
            [int(known.offers[one.right]), float(one.score), round(-one.change.total_score, 1)]
            for one in found
            if not one.change.placed and not one.change.leasts  # nobody would lose their place by it
        ]

    return of


def _problem(
    round_: Round, crowding: float, needs: Sequence[Side], offers: Sequence[Side], known: Candidates
) -> engine.Problem:
    at_need = {one.pk: n for n, one in enumerate(needs)}
    at_offer = {one.pk: n for n, one in enumerate(offers)}

    def positions(pairs: Iterable[tuple[int, int]]) -> NDArray[np.int64]:
        found = [(at_need[need], at_offer[offer]) for need, offer in pairs if need in at_need and offer in at_offer]
        return np.array(found, dtype=np.int64).reshape(-1, 2)

    kept, never = _fixed(round_)
    try:
        return engine.Problem(
            lefts=_places(needs, len(offers)),
            rights=_places(offers, len(needs)),
            left=known.left,
            right=known.right,
            score=known.score,
            priority=known.priority,
            locked=positions(sorted(kept - never)),
            forbidden=positions(sorted(never)),
            crowding=crowding,
        )
    except engine.LockedImpossible as impossible:
        told = _("锁定的几对放不到一起：名额不够，或者其中一对现在不能配了。请解开一两个锁，再配一次。")
        raise Impossible(told) from impossible


def _fixed(round_: Round) -> tuple[set[tuple[int, int]], set[tuple[int, int]]]:
    """Who stays together: locked by the officer, or being asked, in this round or from before; and who never comes
    together: by the officer's word, or because one of the two said no or nothing in this round."""
    kept: set[tuple[int, int]] = set()
    never: set[tuple[int, int]] = set()
    for need_id, offer_id, keep in round_.holds.values_list("need_id", "offer_id", "keep"):
        (kept if keep else never).add((need_id, offer_id))
    over = round_.proposals.exclude(state__in=(Proposal.State.GONE, Proposal.State.WAITING))
    never.update(over.values_list("need_id", "offer_id"))
    asked = in_area(Proposal.objects.filter(kind=round_.kind, state=Proposal.State.WAITING), round_.area)
    kept.update(asked.values_list("need_id", "offer_id"))
    return kept, never


def _places(sides: Sequence[Side], others: int) -> engine.Side:
    """What each still can take, and still must get."""
    room = [others if one.most is None else one.most - one.taken for one in sides]
    least = [min(max(0, one.least - one.taken), room[n]) for n, one in enumerate(sides)]
    return engine.Side(np.array(room), np.array(least), tuple(str(one.pk) for one in sides))


def _solved(
    known: Candidates,
    answer: engine.Solution,
    needs: Sequence[Side],
    offers: Sequence[Side],
    instead: Callable[[int], list[list[float]]],
) -> Solved:
    busy = set(known.right[answer.chosen].tolist())
    return Solved(
        objective=answer.objective,
        score=float(known.score[answer.chosen].sum()),
        blocking=answer.blocking_pairs,
        unmatched_needs=len(needs) - len(set(known.left[answer.chosen].tolist())),
        idle_offers=len(offers) - len(busy),
        short=[_short(one, needs, offers) for one in answer.shortfalls],
        gap=answer.certified_gap,
        picks=[
            Picked(
                need_id=int(known.needs[known.left[edge]]),
                offer_id=int(known.offers[known.right[edge]]),
                score=float(known.score[edge]),
                parts=known.parts_of(edge),
                sentence=known.says(edge)[:REASON_LENGTH],
                instead=instead(int(known.left[edge])),
            )
            for edge in answer.chosen.tolist()
        ],
    )


def _short(one: engine.Shortfall, needs: Sequence[Side], offers: Sequence[Side]) -> list[str | int]:
    side, rows = ("need", needs) if one.side == "left" else ("offer", offers)
    return [side, rows[one.position].pk, one.least - one.have, _WHY[one.reason]]
