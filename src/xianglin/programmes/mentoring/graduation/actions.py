"""Changes: a review opened, spoken in, decided."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import ancestors
from xianglin.kernels.pairings import actions as pairings
from xianglin.kernels.pairings.models import Pairing

from ..levels import actions as levels
from ..levels.models import View
from ..levels.rules import Level as Seen
from ..matching.following import has_graduated
from ..pairs.queries import cadre_of
from ..pairs.rules import require_pair
from ..pairs.telling import tell
from . import rules
from .models import Certificate, Decision, Review


@action("mentoring.open_review", subject=Pairing)
def open_review(pairing: Pairing, *, actor: Actor, key: UUID | None = None) -> Review:
    """出师评议 begins: both are asked for their words. Begun already, it is the same."""
    require_pair(pairing)
    rules.require_under_way(pairing)
    waiting = Review.objects.filter(pairing=pairing, open=True).first()
    if waiting is not None:
        return waiting
    review = Review(pairing=pairing, number=Review.objects.filter(pairing=pairing).count() + 1, opened_on=clock.today())
    with changing(review):
        review.save(force_insert=True)
    tell(pairing, "mentoring.review_opened", actor=actor, mark=str(review.number))
    return review


@action("mentoring.write_summary", subject=Review)
def write_summary(review: Review, *, actor: Actor, text: str, key: UUID | None = None) -> Review:
    """述学: what the cadre did and learnt, in their own words; until it is decided they may write it anew."""
    rules.require_waiting(review)
    review.summary, review.summary_on = rules.require_summary(text), clock.today()
    review.save(update_fields=["summary", "summary_on"])
    return review


@action("mentoring.give_opinion", subject=Review)
def give_opinion(review: Review, *, actor: Actor, text: str, said: Sequence[Seen], key: UUID | None = None) -> Review:
    """The mentor's word: a sentence, and a level for each ability that he judges, kept as his readings."""
    rules.require_waiting(review)
    review.opinion, review.opinion_on = rules.require_opinion(text), clock.today()
    review.save(update_fields=["opinion", "opinion_on"])
    cadre = cadre_of(review.pairing)
    if cadre is None:
        raise Refused("mentoring.no_register", _("名册里没有这位青年干部。请先登记。"))
    if said:
        levels.note_levels(cadre, actor=actor, view=View.MENTOR, levels=said)
    return review


@action("mentoring.decide_review", subject=Review)
def decide_review(
    review: Review,
    *,
    actor: Actor,
    decision: str,
    reason: str,
    months: int | None = None,
    key: UUID | None = None,
) -> Review:
    """出师 (with a certificate), longer by some months with what is lacking, or the end."""
    rules.require_waiting(review)
    review.reason = rules.require_decision(review, decision, reason, months)
    review.decision, review.open = Decision(decision), False
    review.decided_on, review.decided_by_id = clock.today(), actor.account_id
    pairing = review.pairing
    if decision == Decision.EXTENDED:
        assert months is not None  # the rule asked for it
        review.months = months
        begin = max(pairing.ends_on or clock.today(), clock.today())
        pairings.extend(pairing, actor=actor, ends_on=rules.months_after(begin, months))
    review.save(update_fields=["reason", "decision", "open", "decided_on", "decided_by_id", "months"])
    if decision == Decision.GRADUATED:
        _certify(review)
        pairings.end(pairing, actor=actor, ending=Pairing.Ending.COMPLETED, reason=review.reason)
        has_graduated(pairing.need)
    elif decision == Decision.ENDED:
        pairings.end(pairing, actor=actor, ending=Pairing.Ending.TERMINATED, reason=review.reason)
    tell(pairing, "mentoring.review_decided", actor=actor, mark=str(review.number))
    return review


def _certify(review: Review) -> None:
    """The county's next number of the year; who gives one queues for the county's row."""
    area, today = review.area, clock.today()
    assert area.county_id is not None  # a pair stands in a county
    Area.objects.select_for_update().get(pk=area.county_id)
    given = Certificate.objects.filter(county_id=area.county_id, year=today.year)
    last = given.order_by("-number").values_list("number", flat=True).first()
    certificate = Certificate(review=review, county_id=area.county_id, prefix=_prefix(area), year=today.year)
    certificate.number, certificate.issued_on = (last or 0) + 1, today
    with changing(certificate):
        certificate.save(force_insert=True)


def _prefix(area: Area) -> str:
    """和孚 of 和孚镇: a town's name as its documents begin with it."""
    town = next((one for one in ancestors(area) if one.level == Level.TOWN), area)
    for ending in ("街道", "镇", "乡"):  # zh: kinds of towns
        if town.name.endswith(ending) and len(town.name) > len(ending) + 1:
            return town.name.removesuffix(ending)
    return town.name
