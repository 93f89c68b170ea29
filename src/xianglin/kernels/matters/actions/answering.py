"""Answering, and 暂不具备条件."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.files.models import Upload

from .. import queries, rules
from ..models import WORKED_ON, Answer, Matter, Outcome, State
from ..questions import about
from .assigning import assign_matter
from .common import WAITING_FOR_WORD, day_by_rule, move, run, stop, tell_author, tell_staff, tell_timeline
from .showing import destroy_photos, keep_photos, replace_photos, show_photos


@action("matters.answer", subject=Matter)
def answer_matter(
    matter: Matter,
    *,
    actor: Actor,
    text: str,
    outcome: str = Outcome.DONE,
    photos: Sequence[Upload] = (),
    again: str = "",
    key: UUID | None = None,
) -> Matter:
    """Answer in public words and pictures (答复). The clock stops; its author has the word now.

    ``again``: why a picture is used that has shown another matter's answer before; refused without.
    """
    rules.require_state(matter, *WORKED_ON)
    others = list(matter.children.select_for_update().filter(state__in=WORKED_ON))
    names = queries.names_of([matter, *others])
    told = rules.require_public(text, names=names)
    kept = keep_photos(matter, photos, actor=actor, again=again, names=names)
    show_photos(_answer_one(matter, actor, told, outcome), kept)
    for other in others:
        with changing(other):
            answer = _answer_one(other, actor, told, outcome)
        show_photos(answer, [one.plain for one in kept])
    return matter


@action("matters.answer_aloud", subject=Matter)
def answer_aloud(
    matter: Matter,
    *,
    actor: Actor,
    speaker_id: int,
    text: str,
    outcome: str = Outcome.EXPLAINED,
    key: UUID | None = None,
) -> Matter:
    """An answer given before everybody (当场答复), taken down by somebody else: it is the speaker's from then on.

    The speaker has it in charge, so it is not theirs to settle; they are told what was taken down in their name.
    """
    rules.require_state(matter, State.RECEIVED, *WORKED_ON)
    told = rules.require_public(text, names=queries.author_names(matter))
    if matter.state == State.RECEIVED or matter.handler_id != speaker_id:
        matter = assign_matter(matter, actor=actor, account_id=speaker_id)
    speaker = Account.objects.get(pk=speaker_id)
    _answer_one(matter, Actor("account", str(speaker_id), speaker.display_name, via=actor.via), told, outcome)
    if actor.account_id != speaker_id:
        tell_staff(matter, [speaker], "matters.answered_aloud", str(matter.round))
    return matter


def _answer_one(matter: Matter, actor: Actor, text: str, outcome: str) -> Answer:
    assert actor.account_id is not None  # only somebody in charge answers
    answer = Answer.objects.create(
        matter=matter, round=matter.round, text=text, outcome=outcome, by_id=actor.account_id, at=clock.now()
    )
    matter.answer, matter.answered_on, matter.call_since = text, clock.today(), None
    stop(matter, WAITING_FOR_WORD)
    matter.next_on = day_by_rule(rules.WAITING_RULE, matter)
    move(matter, State.ANSWERED)
    tell_timeline(matter, "answered", actor, text)
    tell_author(matter, "matters.answered", str(matter.round), about=about(matter), answer=text)
    return answer


@action("matters.correct_answer", subject=Matter)
def correct_answer(
    matter: Matter,
    *,
    actor: Actor,
    text: str,
    reason: str,
    drop: Sequence[int] = (),
    replace: Sequence[int] = (),
    photos: Sequence[Upload] = (),
    again: str = "",
    key: UUID | None = None,
) -> Matter:
    """Correct the latest answer (更正答复). The page says that it was corrected, and why; its author is told.

    The trail keeps what stood before: it may have held what must not be read by everybody. Pictures to ``drop``, by
    their keys, are destroyed wherever they were shown; those to ``replace`` are shown no more and kept for whoever
    looks into it. New ``photos`` stand wherever the replaced ones did.
    """
    answer = matter.answers.filter(round__lte=matter.round).order_by("-round").first()
    if answer is None or matter.state == State.QUARANTINED:
        raise Refused("matters.nothing_to_correct", _("还没有答复，没有要更正的。"))
    names = queries.author_names(matter)
    told, why = rules.require_public(text, names=names), rules.require_public(reason, names=names)
    with changing(answer):
        answer.text, answer.correction, answer.corrected_at = told, why, clock.now()
        answer.save(update_fields=["text", "correction", "corrected_at"])
    destroy_photos(answer, drop)
    kept = keep_photos(matter, photos, actor=actor, again=again, names=names)
    others = replace_photos(answer, replace)
    show_photos(answer, kept)
    for other in others:
        show_photos(other, [one.plain for one in kept])
    matter.answer = told
    move(matter, matter.state)
    step = matter.steps.filter(verb="answered").latest("at", "pk")
    step.text = told
    step.save(update_fields=["text"])
    tell_timeline(matter, "corrected", actor, why)
    tell_author(matter, "matters.corrected", clock.now().isoformat(), answer=told, reason=why)
    return matter


@action("matters.defer", subject=Matter)
def defer_matter(matter: Matter, *, actor: Actor, reason: str, review_on: dt.date, key: UUID | None = None) -> Matter:
    """Not yet possible (暂不具备条件), with the reason and the day it is looked at again."""
    rules.require_state(matter, *WORKED_ON)
    told = rules.require_public(reason, names=queries.author_names(matter))
    rules.require_day(review_on, day_by_rule("matters.longest_deferral", matter))
    stop(matter, told)
    matter.review_on = matter.next_on = review_on
    move(matter, State.DEFERRED)
    tell_timeline(matter, "deferred", actor, told)
    tell_author(matter, "matters.deferred", f"{matter.round}:{review_on}", reason=told, review_on=str(review_on))
    return matter


@action("matters.review", subject=Matter)
def review_deferred(matter: Matter, *, actor: Actor, key: UUID | None = None) -> Matter:
    """The review day has come, or conditions changed: work goes on with the time that remained."""
    rules.require_state(matter, State.DEFERRED)
    run(matter)
    move(matter, State.IN_HAND)
    tell_timeline(matter, "reviewed", actor)
    return matter
