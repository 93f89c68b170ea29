"""和孚镇's pairs: solved in one round in June 2021, both sides asked, signed on 1 July, each with its goals."""

import datetime as dt
from collections.abc import Iterator

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area, InKind
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.jobs import solve_round, tell_round
from xianglin.kernels.pairings.models import FollowUp, Pairing, Proposal
from xianglin.programmes.mentoring.agreements import terms
from xianglin.programmes.mentoring.agreements.actions import draw_agreement
from xianglin.programmes.mentoring.kinds import PAIR
from xianglin.programmes.mentoring.levels.models import Standing
from xianglin.programmes.mentoring.plans import actions as plans
from xianglin.programmes.mentoring.plans.rules import Aim
from xianglin.programmes.mentoring.registers import actions as registers
from xianglin.programmes.mentoring.registers.models import YoungCadre

from .deeds import as_
from .hefu_people import APART

SOLVED, ASKED, SIGNED = "2021-06-15 10:00", "2021-06-18 15:30", "2021-07-01 10:00"
LOOKED_AFTER = "2021-12-30 14:00"
STARTS = dt.date(2021, 7, 1)
REACH_BY = dt.date(2022, 12, 31)
HOW = "跟着导师做，做完一起看哪里还差。"


def at(text: str) -> dt.datetime:
    return dt.datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=clock.SHANGHAI)


def bring_together(town: Area, officer: Account) -> None:
    """The officer's round, as its pages do it: solve, look, approve; then everybody says yes for themselves."""
    desk = as_(officer)
    with clock.living_at(at(SOLVED)):
        for one, other, why in APART:
            account = Account.objects.get(display_name=one)
            registers.note_avoidance(_listed(other), actor=desk, other=str(account), why=why)
        round_ = pairings.open_round(InKind(town, PAIR), actor=desk, title="2021年帮带结对")
        pairings.solve(round_, actor=desk)
        solve_round.call(round_.pk)
        round_.refresh_from_db()
        pairings.approve(round_, actor=desk)
        tell_round.call(round_.pk)
    with clock.living_at(at(ASKED)):
        for proposal in Proposal.objects.filter(round=round_).select_related("need__holder", "offer__holder"):
            for side in (proposal.offer, proposal.need):
                assert side.holder is not None
                pairings.accept(proposal, actor=as_(side.holder))
        round_.refresh_from_db()
        pairings.close_round(round_, actor=desk)


def _listed(name: str) -> YoungCadre:
    return YoungCadre.objects.get(account__display_name=name)


def sign_all(officer: Account) -> None:
    """Each agreement from the county's lines, signed on paper on the same day; goals where the mentor can teach."""
    desk = as_(officer)
    with clock.living_at(at(SIGNED)):
        for pairing, mentor in all_pairs():
            draw_agreement(pairing, actor=desk, terms=terms.standard(pairing))
            pairings.sign(pairing, actor=desk, signed_on=STARTS, starts_on=STARTS)
            plans.set_goals(pairing, actor=mentor, aims=list(_aims(pairing)))


def _aims(pairing: Pairing) -> Iterator[Aim]:
    gaps = Standing.objects.filter(cadre__account=pairing.need.holder_id, wanted__isnull=False)
    for gap in gaps.order_by("ability__order", "ability_id"):
        if gap.wanted is not None and gap.current is not None and gap.wanted > gap.current:
            yield Aim(gap.ability_id, gap.wanted, REACH_BY, HOW)


def look_after_all(officer: Account) -> None:
    """The half-yearly look (半年回访)."""
    with clock.living_at(at(LOOKED_AFTER)):
        for look in FollowUp.objects.filter(open=True, pairing__kind=PAIR).select_related("pairing__need"):
            pairings.follow_up(look, actor=as_(officer), result=FollowUp.Result.WELL, note="两边都说合得来。")


def all_pairs() -> Iterator[tuple[Pairing, Actor]]:
    """Each with its mentor, in the order in which they were made."""
    rows = Pairing.objects.filter(kind=PAIR).select_related("need__holder", "offer__holder", "area").order_by("pk")
    for pairing in rows:
        assert pairing.offer.holder is not None
        yield pairing, as_(pairing.offer.holder)


def pair_of(name: str) -> Pairing:
    """The young cadre's, by name."""
    return Pairing.objects.select_related("need__holder", "offer__holder").get(need__holder__display_name=name)


def mentor_of(name: str) -> Actor:
    """Who leads the young cadre of that name."""
    holder = pair_of(name).offer.holder
    assert holder is not None
    return as_(holder)


def account_of(name: str) -> Account:
    return Account.objects.get(display_name=name)
