"""Changes: a question, an answer, a further question, and whether it helped."""

from collections.abc import Iterable
from uuid import UUID

from django.urls import reverse

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.files.rules import require_most
from xianglin.commons.keys.sealing import seal
from xianglin.commons.people.actions import note_person
from xianglin.kernels.pairings.models import Pairing

from ..abilities.models import Ability
from ..pairs import contact
from ..pairs.rules import require_open
from ..pairs.telling import tell
from . import rules
from .models import State, Thread, Turn, TurnPhoto

Uploads = tuple[Upload, ...]


@action("mentoring.ask", subject=Pairing)
def ask(
    pairing: Pairing,
    *,
    actor: Actor,
    words: str,
    ability_id: int | None = None,
    uploads: Uploads = (),
    key: UUID | None = None,
) -> Thread:
    """请教: the young cadre asks the mentor of this pair."""
    require_open(pairing)
    kept = rules.require_words(words)
    thread = Thread(pairing=pairing, asked_at=clock.now(), turned_at=clock.now(), waits_since=clock.today())
    thread.ability = Ability.objects.filter(pk=ability_id or 0, county_id=pairing.county_id).first()
    with changing(thread):
        thread.save(force_insert=True)
    turn = _say(thread, actor, kept, uploads, answers=False)
    _tell(thread, "mentoring.asked", actor, turn)
    return thread


@action("mentoring.answer", subject=Thread)
def answer(thread: Thread, *, actor: Actor, words: str, uploads: Uploads = (), key: UUID | None = None) -> Thread:
    """The mentor answers; more than once, where more comes to mind."""
    require_open(thread.pairing)
    turn = _say(thread, actor, rules.require_words(words), uploads, answers=True)
    thread.state, thread.waits_since, thread.answered_on = State.ANSWERED, None, clock.today()
    thread.turned_at = clock.now()
    thread.save()
    contact.moved(thread.pairing)
    _tell(thread, "mentoring.answered", actor, turn)
    return thread


@action("mentoring.ask_further", subject=Thread)
def ask_further(
    thread: Thread,
    *,
    actor: Actor,
    words: str,
    unclear: bool = False,
    uploads: Uploads = (),
    key: UUID | None = None,
) -> Thread:
    """再问一句, or 还没懂 (``unclear``, words or none): it waits for the mentor again."""
    require_open(thread.pairing)
    if unclear:
        rules.require_answered(thread)
    kept = rules.require_words(words, may_be_empty=unclear)
    turn = _say(thread, actor, kept, uploads, answers=False, unclear=unclear)
    thread.state, thread.turned_at = State.WAITING, clock.now()
    thread.waits_since = thread.waits_since or clock.today()
    thread.save()
    _tell(thread, "mentoring.asked_further", actor, turn)
    return thread


@action("mentoring.find_useful", subject=Thread)
def find_useful(thread: Thread, *, actor: Actor, key: UUID | None = None) -> Thread:
    """有用: the answer helped."""
    rules.require_answered(thread)
    thread.state = State.USEFUL
    thread.save(update_fields=["state"])
    return thread


def _say(
    thread: Thread, actor: Actor, words: str, uploads: Iterable[Upload], *, answers: bool, unclear: bool = False
) -> Turn:
    """Sealed with the speaker's own key, and so is what came with it."""
    assert actor.account_id is not None  # the two have accounts
    key = note_person(thread.area, actor=actor, account_id=actor.account_id).key
    turn = Turn(thread=thread, by_id=actor.account_id, answers=answers, unclear=unclear, at=clock.now())
    turn.words = seal(words, key) if words else None
    with changing(turn):
        turn.save(force_insert=True)
    kept = list(uploads)
    require_most(len(kept), rules.PHOTOS, Kind.PICTURE)
    for upload in kept:
        file = keep_upload(upload, actor=actor, county_id=thread.county_id or 0, key=key)
        photo = TurnPhoto(turn=turn, file=file)
        with changing(photo):
            photo.save()
    return turn


def _tell(thread: Thread, template: str, actor: Actor, turn: Turn) -> None:
    link = reverse("mentoring:thread", args=[thread.pk])
    tell(thread.pairing, template, actor=actor, mark=f"turn-{turn.pk}", link=link)
