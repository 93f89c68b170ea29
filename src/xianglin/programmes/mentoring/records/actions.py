"""Changes: a record is written, confirmed or found wrong by the other, put right, taken back."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.urls import reverse

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import Sealed, seal
from xianglin.commons.people.actions import note_person
from xianglin.kernels.pairings.models import Pairing

from ..abilities.models import Ability
from ..pairs import contact
from ..pairs.rules import is_party, require_open
from ..pairs.telling import tell
from . import rules
from .models import Edition, Evidence, Record, State, Trains
from .rules import Said


@action("mentoring.write_record", subject=Pairing)
def write_record(
    pairing: Pairing, *, actor: Actor, said: Said, uploads: tuple[Upload, ...] = (), key: UUID | None = None
) -> Record:
    """记一次帮带. Who writes has said it; the other confirms, both where an officer writes on their behalf (代记)."""
    require_open(pairing)
    rules.require_said(said)
    rules.require_day(pairing, said.on)
    rules.require_matter(actor, said.matter)
    rules.require_few(*rules.counted(uploads))
    assert actor.account_id is not None  # who writes has an account
    record = Record(pairing=pairing, written_by_id=actor.account_id, written_at=clock.now())
    record.behalf = not is_party(actor, pairing)
    _follow(record, said)
    _ask_again(record, actor)
    with changing(record):
        record.save(force_insert=True)
    _keep_edition(record, said, actor=actor)
    _enclose(record, uploads, actor=actor)
    contact.moved(pairing)
    _tell(record, "mentoring.record_written", actor)
    return record


@action("mentoring.confirm_record", subject=Record)
def confirm_record(record: Record, *, actor: Actor, edition: int, key: UUID | None = None) -> Record:
    """It is so (确认): what this edition says. Said already, it stays."""
    side = rules.require_party(actor, record)
    rules.require_standing(record)
    rules.require_read(record, edition)
    setattr(record, f"{side}_said_at", getattr(record, f"{side}_said_at") or clock.now())
    if record.objected_by_id in (None, actor.account_id):
        record.objection = record.objected_by = None
        record.state = State.WAITING
        if record.need_said_at is not None and record.offer_said_at is not None:
            record.state, record.confirmed_on = State.CONFIRMED, record.confirmed_on or clock.today()
    record.save()
    contact.moved(record.pairing)
    return record


@action("mentoring.refuse_record", subject=Record)
def refuse_record(record: Record, *, actor: Actor, edition: int, reason: str, key: UUID | None = None) -> Record:
    """It is not so (说得不对), and why: its writer puts it right, or takes it back."""
    side = rules.require_party(actor, record)
    rules.require_standing(record)
    rules.require_read(record, edition)
    rules.require_not_the_writer(actor, record)
    record.objection = seal(rules.require_reason(reason), _own_key(record.pairing, actor))
    setattr(record, f"{side}_said_at", None)
    record.state, record.objected_by_id, record.confirmed_on = State.REFUSED, actor.account_id, None
    record.save()
    contact.moved(record.pairing)
    _tell(record, "mentoring.record_refused", actor, to=(record.written_by_id,))
    return record


@action("mentoring.correct_record", subject=Record)
def correct_record(
    record: Record,
    *,
    actor: Actor,
    edition: int,
    said: Said,
    why: str = "",
    uploads: tuple[Upload, ...] = (),
    without: Iterable[int] = (),
    key: UUID | None = None,
) -> Record:
    """Put right by who wrote it: a new edition beside the one before, to be confirmed again."""
    rules.require_corrector(actor, record)
    rules.require_standing(record)
    rules.require_read(record, edition)
    rules.require_said(said)
    if said.on != record.on:
        rules.require_day(record.pairing, said.on)
    if said.matter is not None and said.matter.pk != record.matter_id:
        rules.require_matter(actor, said.matter)
    record.edition += 1
    _follow(record, said)
    _ask_again(record, actor)
    record.save()
    _keep_edition(record, said, actor=actor, why=why)
    _take_away(record, without)
    _enclose(record, uploads, actor=actor)
    contact.moved(record.pairing)
    _tell(record, "mentoring.record_corrected", actor)
    return record


@action("mentoring.withdraw_record", subject=Record)
def withdraw_record(record: Record, *, actor: Actor, reason: str, key: UUID | None = None) -> Record:
    """Taken back (收回), and why: from now on its writer and the officer alone read it."""
    rules.require_standing(record)
    record.withdrawn_because = seal(rules.require_reason(reason), _own_key(record.pairing, actor))
    record.state, record.withdrawn_on = State.WITHDRAWN, clock.today()
    record.save()
    contact.moved(record.pairing)
    _tell(record, "mentoring.record_withdrawn", actor, to=_everybody(record))
    return record


def _follow(record: Record, said: Said) -> None:
    """The row of a list says what the edition in force says."""
    record.method, record.on, record.minutes, record.matter = said.method, said.on, said.minutes, said.matter


def _ask_again(record: Record, actor: Actor) -> None:
    record.state, record.confirmed_on, record.objection, record.objected_by = State.WAITING, None, None, None
    side = rules.side_of(actor, record.pairing)
    record.need_said_at = clock.now() if side == "need" else None
    record.offer_said_at = clock.now() if side == "offer" else None


def _keep_edition(record: Record, said: Said, *, actor: Actor, why: str = "") -> None:
    rules.require_assignment(record.pairing, said.assignment)
    key = _writers_key(record, actor)
    assert actor.account_id is not None  # who writes has an account
    row = Edition(number=record.edition, place=said.place.strip(), by_id=actor.account_id, at=clock.now())
    row.method, row.on, row.minutes, row.matter = said.method, said.on, said.minutes, said.matter
    row.where = _area(said.where_id)
    row.assignment = said.assignment
    row.done, row.solved, row.why = (_sealed(words, key) for words in (said.done, said.solved, why))
    row.record = record
    with changing(row):
        row.save(force_insert=True)
    for ability in Ability.objects.filter(county_id=record.county_id, pk__in=said.ability_ids):
        trains = Trains(edition=row, ability=ability)
        with changing(trains):
            trains.save()


def _sealed(words: str, key: PersonKey) -> Sealed | None:
    return seal(words.strip(), key) if words.strip() else None


def _area(pk: int | None) -> Area | None:
    return Area.objects.filter(pk=pk).first() if pk is not None else None


def _take_away(record: Record, pks: Iterable[int]) -> None:
    for row in record.evidence.filter(pk__in=list(pks), to_edition=None):
        with changing(row):
            row.to_edition = record.edition
            row.save(update_fields=["to_edition"])


def _enclose(record: Record, uploads: Iterable[Upload], *, actor: Actor) -> None:
    """What shows it is sealed as its words are. With what stands already there are not too many."""
    key = _writers_key(record, actor)
    for upload in uploads:
        file = keep_upload(upload, actor=actor, county_id=record.county_id or 0, key=key)
        row = Evidence(record=record, file=file, from_edition=record.edition)
        with changing(row):
            row.save()
    kinds = list(record.evidence.filter(to_edition=None).values_list("file__kind", flat=True))
    photos = kinds.count(Kind.PICTURE)
    rules.require_few(photos, len(kinds) - photos)


def _writers_key(record: Record, actor: Actor) -> PersonKey:
    """Of one of the two; of the young cadre, where somebody writes on their behalf: it is their growth."""
    pairing = record.pairing
    account_id = actor.account_id if is_party(actor, pairing) else pairing.need.holder_id
    return note_person(pairing.area, actor=actor, account_id=account_id).key


def _own_key(pairing: Pairing, actor: Actor) -> PersonKey:
    return note_person(pairing.area, actor=actor, account_id=actor.account_id).key


def _everybody(record: Record) -> tuple[int | None, ...]:
    pairing = record.pairing
    return tuple({pairing.need.holder_id, pairing.offer.holder_id, record.written_by_id})


def _tell(record: Record, template: str, actor: Actor, **more: Any) -> None:
    link = reverse("mentoring:record", args=[record.pk])
    mark = f"record-{record.pk}-{record.edition}"
    tell(record.pairing, template, actor=actor, mark=mark, link=link, **more)
