"""Changes: an experience is proposed, rewritten, agreed to by who asked, published, taken back; a reader marks it."""

from typing import Any
from uuid import UUID

from django.urls import reverse

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor

from ..abilities.models import Ability
from ..asking.models import Thread
from ..asking.queries import turns
from ..pairs.telling import tell
from . import rules
from .models import REASON_LENGTH, Experience, State, Teaching, Useful
from .rules import Draft


@action("mentoring.propose_experience", subject=Thread)
def propose_experience(thread: Thread, *, actor: Actor, draft: Draft, key: UUID | None = None) -> Experience:
    """整理成经验: in general words; who asked is asked whether it may be shared. Once for a thread."""
    rules.require_first(Experience.objects.filter(thread=thread).exclude(state=State.WITHDRAWN).exists())
    rules.require_answered(thread)
    assert actor.account_id is not None  # mentor or officer
    experience = Experience(thread=thread, proposed_by_id=actor.account_id, proposed_at=clock.now())
    experience.place_in(thread.area)
    _write(experience, thread, draft, actor)
    with changing(experience):
        experience.save(force_insert=True)
    _teach(experience, draft)
    _tell(experience, "mentoring.experience_proposed", actor, (thread.pairing.need.holder_id,))
    return experience


@action("mentoring.amend_experience", subject=Experience)
def amend_experience(
    experience: Experience, *, actor: Actor, edition: int, draft: Draft, key: UUID | None = None
) -> Experience:
    """Rewritten before it is published: who asked is asked again."""
    rules.require_state(experience, State.PROPOSED, State.AGREED, State.DECLINED, State.RETURNED)
    rules.require_read(experience, edition)
    _write(experience, experience.thread, draft, actor)
    experience.edition += 1
    experience.state, experience.agreed_at, experience.reason = State.PROPOSED, None, ""
    experience.save()
    _teach(experience, draft)
    _tell(experience, "mentoring.experience_proposed", actor, (experience.thread.pairing.need.holder_id,))
    return experience


@action("mentoring.agree_experience", subject=Experience)
def agree_experience(
    experience: Experience, *, actor: Actor, edition: int, agreed: bool, reason: str = "", key: UUID | None = None
) -> Experience:
    """Who asked says whether this text may be shared."""
    rules.require_state(experience, State.PROPOSED)
    rules.require_read(experience, edition)
    experience.state = State.AGREED if agreed else State.DECLINED
    experience.agreed_at = clock.now() if agreed else None
    experience.reason = "" if agreed else reason.strip()[:REASON_LENGTH]
    experience.save()
    if not agreed:
        _tell(experience, "mentoring.experience_declined", actor, (experience.proposed_by_id,))
    return experience


@action("mentoring.publish_experience", subject=Experience)
def publish_experience(experience: Experience, *, actor: Actor, edition: int, key: UUID | None = None) -> Experience:
    """发布 to the county's mentors and young cadres, once who asked has agreed to this text."""
    rules.require_state(experience, State.AGREED)
    rules.require_read(experience, edition)
    rules.require_draft(
        Draft(experience.title, experience.question, experience.answer), names=_names(experience.thread)
    )
    experience.state, experience.published_by_id = State.PUBLISHED, actor.account_id
    experience.published_at = clock.now()
    experience.save()
    pairing = experience.thread.pairing
    _tell(experience, "mentoring.experience_published", actor, (pairing.need.holder_id, pairing.offer.holder_id))
    return experience


@action("mentoring.return_experience", subject=Experience)
def return_experience(experience: Experience, *, actor: Actor, reason: str, key: UUID | None = None) -> Experience:
    """Not yet: the officer says what to rewrite."""
    rules.require_state(experience, State.AGREED)
    experience.state, experience.reason = State.RETURNED, rules.require_reason(reason)
    experience.save()
    _tell(experience, "mentoring.experience_returned", actor, (experience.proposed_by_id,))
    return experience


@action("mentoring.withdraw_experience", subject=Experience)
def withdraw_experience(experience: Experience, *, actor: Actor, reason: str, key: UUID | None = None) -> Experience:
    """Taken back by the officer, who wrote it or who asked: nobody else reads it any more."""
    rules.require_state(experience, *(state for state in State if state != State.WITHDRAWN))
    experience.state, experience.reason = State.WITHDRAWN, rules.require_reason(reason)
    experience.save()
    pairing = experience.thread.pairing
    told = (pairing.need.holder_id, pairing.offer.holder_id, experience.proposed_by_id)
    _tell(experience, "mentoring.experience_withdrawn", actor, tuple(dict.fromkeys(told)))
    return experience


@action("mentoring.mark_useful", subject=Experience)
def mark_useful(experience: Experience, *, actor: Actor, key: UUID | None = None) -> Experience:
    """有用: a reader's mark, once each."""
    rules.require_state(experience, State.PUBLISHED)
    assert actor.account_id is not None  # readers have accounts
    if not Useful.objects.filter(experience=experience, by_id=actor.account_id).exists():
        mark = Useful(experience=experience, by_id=actor.account_id)
        with changing(mark):
            mark.save()
        experience.useful += 1
        experience.save(update_fields=["useful"])
    return experience


def _write(experience: Experience, thread: Thread, draft: Draft, actor: Actor) -> None:
    kept = rules.require_draft(draft, names=_names(thread))
    rules.require_rewritten(kept, [one.words for one in turns(thread) if not one.turn.answers])
    experience.title, experience.question, experience.answer = kept.title, kept.question, kept.answer


def _names(thread: Thread) -> list[str]:
    return [thread.pairing.need.name, thread.pairing.offer.name]


def _teach(experience: Experience, draft: Draft) -> None:
    """The abilities that the new text is about: rows that are no more go, others come."""
    wanted = set(
        Ability.objects.filter(county_id=experience.county_id, pk__in=draft.ability_ids).values_list("pk", flat=True)
    )
    experience.abilities.exclude(ability_id__in=wanted).delete()
    standing = set(experience.abilities.values_list("ability_id", flat=True))
    for pk in sorted(wanted - standing):
        row = Teaching(experience=experience, ability_id=pk)
        with changing(row):
            row.save()


def _tell(experience: Experience, template: str, actor: Actor, to: tuple[Any, ...]) -> None:
    link = reverse("mentoring:experience", args=[experience.pk])
    mark = f"experience-{experience.pk}-{experience.edition}"
    tell(experience.thread.pairing, template, actor=actor, mark=mark, link=link, to=to)
