"""Saying something, and the receipt that lets its author speak again."""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.files.models import Upload
from xianglin.commons.keys.sealing import seal
from xianglin.commons.people.actions import claim_person, note_person

from .. import rules
from ..models import Enclosure, Matter, Receipt, Serial, Source, State
from .common import move, tell_timeline

OWN_WORDS = (Source.PAGE, Source.HALL, Source.ABOVE)  # written by the author; the others were written for them


@dataclass(frozen=True)
class Said:
    """What came with the words. Everything but the words may be missing; and they, where there is a recording."""

    words: str
    name: str = ""
    phone: str = ""
    source: str = Source.PAGE
    kind: str = ""
    external: str = ""
    subject: str = ""
    uploads: tuple[Upload, ...] = ()  # a recording, pictures
    dictated: bool = False  # nothing said yet: ring me, and write it down
    said_at: dt.datetime | None = None  # when it was said, where that was earlier than it came in here


@action("matters.raise")
def raise_matter(area: Area, *, actor: Actor, said: Said, key: UUID | None = None) -> Matter:
    """Somebody's words become a matter (受理). The clock starts at once; the place's receiving post owns it.

    With a key, its author's receipt is ``rules.code_of(key)``: a repeated submit shows the same code again.
    """
    spoken = rules.require_enclosures(said.uploads)
    words = rules.require_words(said.words, spoken=spoken > 0 or said.dictated)
    rules.require_reachable(said.dictated, said.phone, actor)
    rules.require_kind(said.kind)
    rules.require_place_that_receives(area)
    own = said.source in OWN_WORDS
    if not own:
        _require_writer(area, actor, said.source)
    author = note_person(area, actor=actor, account_id=actor.account_id if own else None)
    name, phone = said.name.strip(), said.phone.strip()
    begins = rules.first_title(said.subject or words, names=[name])
    matter = Matter(
        kind=said.kind,
        source=said.source,
        external=said.external,
        first_title=seal(begins, author.key) if begins else None,
        words=seal(words, author.key),
        voice_seconds=math.ceil(spoken),
        dictated=said.dictated,
        call_since=clock.now() if said.dictated else None,
        name=seal(name, author.key) if name else None,
        phone=seal(rules.require_phone(phone), author.key) if phone else None,
        author=author,
        author_account_id=author.account_id,
        recorded_by_id=None if own else actor.account_id,
        said_at=said.said_at or clock.now(),
        received_at=clock.now(),
        serial=_next_serial(area),
    )
    matter.place_in(area)
    matter.start_clock(rules.deadline_of(said.kind), clock.today())
    assert matter.due_on is not None  # just started, so it runs
    matter.next_on = matter.due_on
    _save_new(matter)
    _enclose(matter, said.uploads, actor)
    tell_timeline(matter, "raised" if own else "noted", actor, author=own)
    if key is not None:
        _give_receipt(matter, rules.code_of(key), actor)
    return matter


def _require_writer(area: Area, actor: Actor, source: str) -> None:
    """Who writes for others is the receiving post; or who goes from door to door for it and brings the words back; or
    whom a programme sends out to hear people there."""
    if source != Source.VISIT or not hooks.may(actor, "matters.visit", area):
        hooks.authorise(actor, "matters.relay" if source == Source.RELAY else "matters.triage", area)


def _enclose(matter: Matter, uploads: Iterable[Upload], actor: Actor) -> None:
    """What came with the words is sealed with their author's key, as they are."""
    for order, upload in enumerate(uploads):
        file = keep_upload(upload, actor=actor, county_id=matter.county_id or 0, key=matter.author.key)
        enclosure = Enclosure(matter=matter, file=file, order=order)
        with changing(enclosure):
            enclosure.save()


def _save_new(matter: Matter) -> None:
    try:
        with transaction.atomic():
            move(matter, State.RECEIVED)
    except IntegrityError:
        if matter.external and Matter.objects.filter(county_id=matter.county_id, external=matter.external).exists():
            raise Refused("matters.known_already", _("这个编号的事已经有了，不用再录。")) from None
        raise


def _next_serial(area: Area) -> int:
    Serial.objects.bulk_create([Serial(area=area)], ignore_conflicts=True)
    counter = Serial.objects.select_for_update().get(area=area)
    counter.last += 1
    counter.save(update_fields=["last"])
    return counter.last


@action("matters.issue_receipt", subject=Matter)
def issue_receipt(matter: Matter, *, actor: Actor, key: UUID) -> Receipt:
    """Make ``rules.code_of(key)`` the author's receipt (补发回执); earlier ones stop working, the whole's too.

    The code itself is never stored. The person in charge may not issue one: they could speak as the author.
    """
    if actor.kind == "account" and not rules.is_author(actor, matter):
        rules.require_not_in_charge(matter, actor)
    rules.receipts_in_force(matter).update(withdrawn_at=clock.now())
    return _give_receipt(matter, rules.code_of(key), actor)


def _give_receipt(matter: Matter, code: str, actor: Actor) -> Receipt:
    return Receipt.objects.create(
        matter=matter, code_hash=rules.receipt_hash(code), issued_at=clock.now(), issued_by=actor.ref
    )


@action("matters.claim", subject=Matter)
def claim_matter(matter: Matter, *, actor: Actor, code: str) -> Matter:
    """The holder of the receipt has an account now (认领): the matter is theirs from today on, without the code."""
    rules.require_not_in_charge(matter, actor)
    receipt = rules.receipts_in_force(matter).filter(code_hash=rules.receipt_hash(code)).first()
    if receipt is None:
        raise Refused("matters.wrong_receipt", _("回执码不对。请对照纸条再输一次，一共 12 位数字。"))
    if receipt.issued_by == actor.ref:
        raise Refused("matters.own_receipt", _("这张回执是您替别人写的，不能由您认领。请把它交给提的人。"))
    if matter.author_account_id not in (None, actor.account_id):
        raise Refused("matters.claimed_already", _("这件事已经有人认领了。要是您提的，请找村里说一声。"))
    assert actor.account_id is not None
    author = matter.author
    if not type(author).objects.filter(account_id=actor.account_id, county_id=author.county_id).exists():
        claim_person(author, actor=actor, account_id=actor.account_id)
    matter.author_account_id = actor.account_id
    matter.save(update_fields=["author_account"])
    for part in matter.parts.select_for_update().filter(author_account=None):
        with changing(part):
            part.author_account_id = actor.account_id
            part.save(update_fields=["author_account"])
    return matter
