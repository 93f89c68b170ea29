"""Reads: a pair's records as their reader may see them, what waits for whom, what changed from edition to edition."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import F, Max, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.matters import queries as matters
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import Pairing
from xianglin.ui.marks import Mark

from ..kinds import PAIR
from ..pairs import contact
from .models import Edition, Evidence, Record, State, Trains

PAGE = 50
MARKS = {
    State.WAITING: Mark("s-wait", State.WAITING.label),
    State.CONFIRMED: Mark("s-ok", State.CONFIRMED.label, "ok"),
    State.REFUSED: Mark("s-again", State.REFUSED.label, "soon"),
    State.WITHDRAWN: Mark("s-none", State.WITHDRAWN.label),
}
_MATTERS = 40  # of one place, to choose from


def _rows() -> QuerySet[Record]:
    return Record.objects.filter(pairing__kind=PAIR).select_related(
        "pairing__area", "pairing__need__holder", "pairing__offer__holder", "written_by", "matter__area"
    )


def record_for(actor: Actor, pk: int) -> Record | None:
    """The record, if it is the actor's to read: one that was withdrawn by its writer and the officer alone."""
    found = _rows().filter(pk=pk).first()
    if found is None or not hooks.may(actor, "pairings.see", found.pairing):
        return None
    return found if found.state != State.WITHDRAWN or reads_withdrawn(actor, found) else None


def reads_withdrawn(actor: Actor, record: Record) -> bool:
    return hooks.may(actor, "mentoring.withdraw_record", record)


def evidence_for(actor: Actor, pk: int) -> Evidence | None:
    found = Evidence.objects.select_related("file").filter(pk=pk).first()
    return found if found is not None and record_for(actor, found.record_id) is not None else None


@dataclass(frozen=True)
class Page:
    rows: Sequence["Shown"]
    after: str  # what the next page begins behind


def of_pair(pairing: Pairing, actor: Actor, after: str = "", most: int = PAGE) -> Page:
    """The newest day first. Of withdrawn ones the list says only that they were; four queries, however many."""
    rows = _rows().filter(pairing=pairing).order_by("-on", "-pk")
    on, _dot, pk = after.rpartition("~")
    if on and pk.isdecimal() and len(pk) < 16:
        day = dt.date.fromisoformat(on)
        rows = rows.filter(on__lte=day).exclude(on=day, pk__gte=int(pk))
    found = list(rows[: most + 1])
    last = found[most - 1] if len(found) > most else None
    return Page(shown(found[:most], actor), f"{last.on.isoformat()}~{last.pk}" if last is not None else "")


def count(pairing: Pairing) -> int:
    return Record.objects.filter(pairing=pairing).exclude(state=State.WITHDRAWN).count()


@dataclass
class Shown:
    """A record with one of its editions, opened for a reader."""

    record: Record
    edition: Edition
    done: str = ""
    solved: str = ""
    why: str = ""
    abilities: list[str] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    readable: bool = True

    @property
    def mark(self) -> Mark:
        return MARKS[State(self.record.state)]

    @property
    def photos(self) -> list[Evidence]:
        return [one for one in self.evidence if one.file.kind == "picture"]

    @property
    def papers(self) -> list[Evidence]:
        return [one for one in self.evidence if one.file.kind != "picture"]


def shown(records: Sequence[Record], actor: Actor) -> list[Shown]:
    """Each as its edition in force says it. What was withdrawn stays closed for who may not read it."""
    rows = Edition.objects.filter(record__in=[one.pk for one in records], number=F("record__edition"))
    by_record = {row.record_id: row for row in rows.select_related("where", "assignment__milestone")}
    told = [Shown(one, by_record[one.pk]) for one in records]
    for one in told:
        one.readable = one.record.state != State.WITHDRAWN or reads_withdrawn(actor, one.record)
    _open([one for one in told if one.readable])
    return told


def _open(told: Sequence[Shown]) -> None:
    """Words, abilities and evidence of many at once: a query each."""
    words = open_all([sealed for one in told for sealed in (one.edition.done, one.edition.solved, one.edition.why)])
    names: dict[int, list[str]] = defaultdict(list)
    trains = Trains.objects.filter(edition__in=[one.edition.pk for one in told]).select_related("ability")
    for row in trains.order_by("ability__order", "ability_id"):
        names[row.edition_id].append(row.ability.name)
    files: dict[int, list[Evidence]] = defaultdict(list)
    for proof in (
        Evidence.objects.filter(record__in={one.record.pk for one in told}).select_related("file").order_by("pk")
    ):
        files[proof.record_id].append(proof)
    for nth, one in enumerate(told):
        one.done, one.solved, one.why = (said or "" for said in words[nth * 3 : nth * 3 + 3])
        one.abilities = names[one.edition.pk]
        one.evidence = [proof for proof in files[one.record.pk] if proof.stands_in(one.edition.number)]


def history(record: Record) -> list[Shown]:
    """Every edition, the newest first; for who may read the record."""
    rows = Edition.objects.filter(record=record).select_related("where", "assignment__milestone", "by", "matter__area")
    told = [Shown(record, row) for row in rows.order_by("-number")]
    _open(told)
    return told


def matter_page(actor: Actor, matter: Matter | None) -> tuple[str, str]:
    """What the matter is called and where this reader opens it; nothing for who may not see it."""
    url = matters.page_for(actor, matter) if matter is not None else ""
    return (matter.called if matter is not None and url else "", url)


def matters_to_choose(actor: Actor, places: Iterable[Area], chosen: Matter | None = None) -> list[Matter]:
    """What a writer may point at: what they handle or handled, and the newest of the pair's places; forty each.
    ``chosen``: before, by whoever it was; it is offered to who may see it."""
    rows = Matter.objects.select_related("area").order_by("-pk")
    mine = list(rows.filter(handler_id=actor.account_id)[:_MATTERS])
    around = [one for area in places for one in in_area(rows, area)[:_MATTERS]]
    found = {one.pk: one for one in [*([chosen] if chosen else []), *mine, *around]}
    seen = [one for one in found.values() if matters.page_for(actor, one)]
    matters.read_titles([one for one in seen if hooks.may(actor, "matters.read_words", one)])
    return seen


# --- what waits


def to_confirm(account_id: int | None) -> tuple[QuerySet[Record], QuerySet[Record]]:
    """What waits for this person's yes: as the young cadre, and as the mentor."""
    waiting = _rows().filter(state=State.WAITING) if account_id is not None else Record.objects.none()
    as_cadre = waiting.filter(pairing__need__holder_id=account_id, need_said_at=None)
    return as_cadre, waiting.filter(pairing__offer__holder_id=account_id, offer_said_at=None)


def to_put_right(account_id: int | None) -> QuerySet[Record]:
    return _rows().filter(state=State.REFUSED, written_by_id=account_id or 0)


def among(pks: Iterable[int], most: int) -> list[Record]:
    """The first of these; nothing is asked where there are none."""
    return list(_rows().filter(pk__in=sorted(pks)[:most]).order_by("pk")) if pks else []


# --- contact


@contact.counts
def last_day(pairing: Pairing) -> dt.date | None:
    """The latest day of a record that both stand by: what one alone wrote ends no silence."""
    rows = Record.objects.filter(pairing=pairing, state=State.CONFIRMED)
    last: dt.date | None = rows.aggregate(last=Max("on"))["last"]
    return last


# --- of a person, and of a place


def confirmed_of(account_id: int, county_id: int | None, *, as_mentor: bool) -> QuerySet[Record]:
    side = "pairing__offer__holder_id" if as_mentor else "pairing__need__holder_id"
    rows = _rows().filter(**{side: account_id}, pairing__county_id=county_id, state=State.CONFIRMED)
    return rows.order_by("-on", "-pk")


def of_place(area: Area) -> QuerySet[Record]:
    """All that stand, of a place and all below it, by day."""
    here = in_area(Pairing.objects.filter(kind=PAIR), area).values("pk")
    return _rows().filter(pairing_id__in=here).exclude(state=State.WITHDRAWN).order_by("on", "pk")


def reasons(record: Record) -> tuple[str, str]:
    """Why it is not so, and why it was taken back."""
    objection, because = open_all([record.objection, record.withdrawn_because])
    return objection or "", because or ""
