"""Questions by SMS: one outstanding per phone, each closed once, the next one woken."""

from django.db.models import Exists, OuterRef, QuerySet

from xianglin.base import clock
from xianglin.base.actor import Actor, system

from . import declare, rules
from .models import Phone, Question


def outstanding(index: str) -> Question | None:
    return Question.objects.filter(phone_index=index, asked_at__isnull=False, closed_at=None).first()


def answered_by(index: str) -> Question | None:
    """What a reply from this phone answers: the outstanding one, or the last one asked of late: its room says whether
    that still changes anything."""
    now = outstanding(index)
    if now is not None:
        return now
    lately = Question.objects.filter(phone_index=index, asked_at__gte=clock.now() - rules.ANSWER_COUNTS)
    last = lately.order_by("-asked_at", "-pk").first()
    return last if last is not None and last.outcome != "not_sent" else None


def may_be_asked(question: Question, index: str) -> bool:
    """Whether it is this one's turn. Where it is not, it is remembered for whom it waits."""
    if question.asked_at is not None:
        return True  # asked before and not taken: again
    if question.phone_index != index:
        question.phone_index = index
        question.save(update_fields=["phone_index"])
    return outstanding(index) is None


def ask(question: Question, index: str) -> None:
    if question.asked_at is None:
        question.phone_index, question.asked_at = index, clock.now()
        question.save(update_fields=["phone_index", "asked_at"])


def stands(question: Question) -> bool:
    """Whether its room still wants to know."""
    declared = declare.QUESTIONS.get(question.key)
    return declared is not None and declared.stands(question.about)


def close(question: Question, outcome: str) -> None:
    """Closed once; what waited for that phone is looked at again. The phone is locked, lest one that just sees it
    outstanding wait for ever."""
    from . import jobs  # the jobs' own modules ask for questions

    if question.phone_index:
        lock_phone(question.phone_index)
    closed = Question.objects.filter(pk=question.pk, closed_at=None)
    if not closed.update(closed_at=clock.now(), outcome=outcome):
        return
    if question.asked_at is None:
        jobs.send_later(question.notice_id)  # to be kept back
    if question.phone_index:
        wake(question.phone_index)


def wake(index: str) -> None:
    """Have a job look at the first message that waits for its question's turn."""
    from . import jobs

    waiting = Question.objects.filter(phone_index=index, asked_at=None, closed_at=None)
    following = waiting.order_by("made_at", "pk").first()
    if following is not None:
        jobs.send_later(following.notice_id)


def lock_phone(index: str) -> Phone:
    """The phone's row, locked: what is sent there and what is asked there is decided one after the other.

    Always taken last: after the row that a room's action locks, after a notice or an inbound message.
    """
    Phone.objects.bulk_create([Phone(index=index)], ignore_conflicts=True)
    return Phone.objects.select_for_update().get(index=index)


def close_about(key: str, about: str) -> None:
    """Its room knows the answer: nobody is asked any more."""
    for question in Question.objects.filter(key=key, about=about, closed_at=None):
        close(question, "moot")


def passed_over() -> set[str]:
    """Phones with a question that waits although none is outstanding."""
    waiting = Question.objects.filter(asked_at=None, closed_at=None).exclude(phone_index="")
    busy = Question.objects.filter(phone_index=OuterRef("phone_index"), asked_at__isnull=False, closed_at=None)
    return set(waiting.exclude(Exists(busy)).values_list("phone_index", flat=True)[:500])


def close_of(notice_id: int, outcome: str) -> None:
    """Its message was surely not sent, or never arrived: nobody was asked."""
    question = Question.objects.filter(notice_id=notice_id, closed_at=None).first()
    if question is not None:
        close(question, outcome)


def expired() -> QuerySet[Question]:
    over = Question.objects.filter(closed_at=None, asked_at__lt=clock.now() - rules.ANSWER_WITHIN)
    return over.order_by("asked_at")[:500]


def as_phone(index: str) -> Actor:
    """Who acts where a phone's owner wrote."""
    return Actor("phone", index, via="job")


AS_PLATFORM = system("notices")
