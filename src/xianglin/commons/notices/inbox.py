"""Acting on what a phone's owner wrote: 1, 2, an opt-out, or words that somebody must read."""

import uuid

from django.conf import settings
from django.db import transaction
from django.utils import translation

from xianglin.base import clock
from xianglin.base.refused import Refused

from . import actions, declare, questions, rules
from .models import Inbound, Phone, Question

_NAMESPACE = uuid.UUID("5d3f0d4e-6f0a-4c0e-9c0b-3a5b1f0c7a11")


def act_on(inbound_id: int) -> str:
    """Make of it what it says, once; answers the outcome. All or nothing: killed before the end it is done again."""
    with translation.override(settings.LANGUAGE_CODE), transaction.atomic():
        inbound = Inbound.objects.select_for_update().filter(pk=inbound_id, acted_at=None).first()
        if inbound is None:
            return "acted on already"
        phone, _fresh = Phone.objects.get_or_create(index=inbound.phone_index)  # not locked: see questions.lock_phone
        inbound.outcome = _act(inbound, phone, inbound.text.open() or "")[:60]
        inbound.acted_at = clock.now()
        inbound.save(update_fields=["acted_at", "read_as", "outcome", "question"])
        return inbound.outcome


def _act(inbound: Inbound, phone: Phone, text: str) -> str:
    question = questions.answered_by(phone.index)
    asked = declare.QUESTIONS.get(question.key) if question else None
    found = rules.read(text, asked.choices if asked else _ANY)
    inbound.read_as, inbound.question = found.meaning, question
    if found.meaning == rules.STOP:
        return _stop(phone)
    if question is None or asked is None:
        return _nothing_asked(inbound, phone)
    if found.meaning == rules.UNCLEAR:
        return _unclear(inbound, question, asked)
    try:
        with transaction.atomic():
            key = uuid.uuid5(_NAMESPACE, inbound.key)  # acted on twice, the room's action answers as the first time
            asked.answer(question.about, found.meaning, found.said, questions.as_phone(phone.index), key)
    except Refused as refused:
        return refused.code
    questions.close(question, "answered")
    Question.objects.filter(pk=question.pk).update(outcome="answered")  # the room may have closed it in its own action
    return "done"


_ANY = (declare.Choice("1"), declare.Choice("2"))


def _stop(phone: Phone) -> str:
    """退订: nothing is said back. What was asked is asked no more."""
    if phone.stopped_at is None:
        actions.stop_sms(phone, actor=questions.as_phone(phone.index))
    return "stopped"


def _unclear(inbound: Inbound, question: Question, asked: declare.Asked) -> str:
    """For the receiving post, who telephones; answered once with how to write it."""
    if questions.stands(question):
        asked.unclear(question.about, questions.AS_PLATFORM)
        actions.tell(
            "notices.say_1_or_2",
            phone=inbound.phone.open() or "",
            county_id=question.county_id,
            variables={},
            dedupe=f"notices.say_1_or_2:{question.pk}",
        )
    return "unclear"


def _nothing_asked(inbound: Inbound, phone: Phone) -> str:
    """A number that we never wrote to gets no answer either: it may be another machine's."""
    if phone.counted_on is not None:
        actions.tell(
            "notices.nothing_asked",
            phone=inbound.phone.open() or "",
            variables={},
            dedupe=f"notices.nothing_asked:{phone.pk}:{clock.today():%Y-%m}",
        )
    return "nothing_asked"
