"""Reads. "In my area" and "mine" are two queries, never one OR; each list is one index walked from its beginning."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.urls import reverse

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account, Department, Grant
from xianglin.commons.access.queries import reach, valid_on
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all

from . import rules
from .models import Answer, AnswerPhoto, Category, Duty, Enclosure, Matter, Receipt, State, Word

CAP = 100  # counts stop here and are shown as 99+
PAGE = 50
RECEIVING = ("village_cadre", "town_clerk", "county_clerk")
READING = (*RECEIVING, "town_inspector", "county_officer", "observer")
DEALING = (*RECEIVING, "county_officer")  # inspectors and observers only look

Set = QuerySet[Matter]


@dataclass(frozen=True)
class After:
    """Where a page begins: behind this day and id."""

    on: dt.date
    pk: int

    @classmethod
    def read(cls, text: str) -> "After | None":
        day, _dot, pk = text.partition(".")
        try:
            return cls(dt.date.fromisoformat(day), int(pk))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.on.isoformat()}.{self.pk}"


@dataclass(frozen=True)
class Page:
    rows: Sequence[Matter]
    after: str  # what the next page begins behind; blank at the end


def _rows() -> Set:
    unread = (
        "words",
        "transcript",
        "name",
        "phone",
        "due_why",
        "pauses",
        "answer",
        "handler__password",
        "handler__phone",
        "handler__phone_index",
    )
    return Matter.objects.select_related("area", "handler").defer(*unread)


def soonest_first(rows: Set, after: After | None = None) -> Set:
    if after is not None:
        # The row-wise comparison, spelt so that both databases start in the index at that place.
        rows = rows.filter(Q(next_on__gte=after.on), Q(next_on__gt=after.on) | Q(pk__gt=after.pk))
    return rows.order_by("next_on", "pk")


def latest_first(rows: Set, after: After | None = None) -> Set:
    if after is not None:
        rows = rows.filter(Q(closed_on__lte=after.on), Q(closed_on__lt=after.on) | Q(pk__lt=after.pk))
    return rows.order_by("-closed_on", "-pk")


def page_of(rows: Set, size: int = PAGE) -> Page:
    found = list(rows[: size + 1])
    if len(found) <= size:
        return Page(found, "")
    last = found[size - 1]
    return Page(found[:size], str(After(last.next_on if last.open else last.closed_on or last.next_on, last.pk)))


def open_in(area: Area) -> Set:
    return in_area(_rows().filter(open=True), area)


def ended_in(area: Area) -> Set:
    return in_area(_rows().filter(open=False), area)


def open_for_grant(grant: Grant) -> Set:
    """What a grant lets one see of open work: its area, or its department's share of the county.

    A role that reads no matters (the administrator's) sees none: it is asked here too, not only at the page's door.
    """
    if grant.role not in READING:
        return _rows().none()
    sort, _colon, key = grant.scope.partition(":")
    if sort == "department":
        # SQLite takes a partial index only where the query spells out the index's own condition.
        return _rows().exclude(department="").filter(open=True, county_id=grant.area.county_id, department=key)
    return _of_scope(open_in(grant.area), sort, key)


def _of_scope(rows: Set, sort: str, key: str) -> Set:
    """A programme's grant sees that programme's kinds."""
    return rows.filter(Q(kind=key) | Q(kind__startswith=f"{key}.")) if sort == "programme" else rows


def came_in(grant: Grant, area: Area, begin: dt.datetime, end: dt.datetime) -> Set:
    """What was received in an area between two moments, as far as the grant lets one see it. By an index of its own."""
    if grant.role not in READING or getattr(area, grant.area.column) != grant.area_id:
        return _rows().none()
    sort, _colon, key = grant.scope.partition(":")
    rows = in_area(_rows().filter(received_at__gte=begin, received_at__lt=end), area)
    return rows.filter(department=key) if sort == "department" else _of_scope(rows, sort, key)


def ended_for_grant(grant: Grant) -> Set:
    if grant.role not in READING:
        return _rows().none()
    sort, _colon, key = grant.scope.partition(":")
    if sort == "department":
        return _rows().exclude(department="").filter(open=False, county_id=grant.area.county_id, department=key)
    return _of_scope(ended_in(grant.area), sort, key)


def mine(account_id: int | None) -> Set:
    return _rows().filter(open=True, handler_id=account_id)


def to_receive(grant: Grant) -> Set:
    """What waits for a receiving post: its own place's, and that of places below which have none themselves."""
    if grant.role not in RECEIVING:
        return _rows().none()
    new = open_in(grant.area).filter(state=State.RECEIVED)
    for column in LEVEL_COLUMNS[grant.area.level :]:
        new = new.exclude(**{f"{column}__in": _posts_below(grant.area)})
    return new


def _posts_below(area: Area) -> QuerySet[Grant, Any]:
    """The places below ``area`` that have a receiving post of their own, for themselves and what lies below them."""
    posts = Grant.objects.filter(valid_on(clock.today()), role__in=RECEIVING, scope="")
    return posts.filter(**{f"area__{area.column}": area.pk}).exclude(area_id=area.pk).values("area_id")


def to_take(grant: Grant) -> Set:
    """What was given to the grant's department and nobody of it has taken yet."""
    return open_for_grant(grant).filter(handler=None) if grant.scope.startswith("department:") else _rows().none()


def to_hand_over(grant: Grant) -> Set:
    """Accusations that came in here and still wait for the town's inspector."""
    if grant.role != "town_inspector":
        return _rows().none()
    return in_area(_rows(), grant.area).filter(state=State.QUARANTINED, purge_on=None).order_by("pk")


def said_by(account_id: int | None) -> Set:
    return _rows().filter(author_account_id=account_id).order_by("-pk")


def public_open(area: Area) -> Set:
    return open_in(area).filter(public=True, parent=None)


def public_ended(area: Area) -> Set:
    return ended_in(area).filter(public=True, parent=None, state__in=(State.SETTLED, State.UNCONFIRMED))


def public_among(pks: Iterable[int]) -> Set:
    """Of these matters, those that everybody may open, in the order they came in."""
    return _rows().filter(pk__in=list(pks), public=True).order_by("received_at", "pk")


def with_answers(rows: Set) -> Set:
    """The same matters with their public answers and the names that must not stand beside them, in the same query."""
    return rows.defer(None).defer("words", "transcript", "due_why", "pauses", "handler__password", "handler__phone")


def capped(rows: Set) -> int:
    """How many, counted up to 100."""
    return rows.order_by().values("pk")[:CAP].count()


def page_for(actor: Actor, matter: Matter) -> str:
    """Where this reader reads it: at the desk, else what everybody reads of it; nothing where there is neither."""
    if hooks.may(actor, "matters.see", matter):
        return reverse("matters:matter", args=[matter.pk])
    return reverse("matters:public", args=[matter.area.code, matter.serial]) if matter.public else ""


def matter_for(actor: Actor, pk: int) -> Matter | None:
    """The matter, if it is the actor's to see."""
    matter = Matter.objects.select_related("area", "handler", "author", "parent__area").filter(pk=pk).first()
    return matter if matter is not None and hooks.may(actor, "matters.see", matter) else None


def public_matter(area: Area, serial: int) -> Matter | None:
    return Matter.objects.select_related("area").filter(area=area, serial=serial, public=True).first()


def by_receipt(code: str) -> Receipt | None:
    """The receipt in force with this code."""
    found = Receipt.objects.select_related("matter").filter(code_hash=rules.receipt_hash(code), withdrawn_at=None)
    return found.first()


def held_receipts(receipts: Iterable[int]) -> list[Matter]:
    """The matters of receipts that a browser was shown, newest first; those made anew since are worth nothing."""
    known = Receipt.objects.filter(pk__in=list(receipts), withdrawn_at=None).values("matter_id")
    return list(_rows().filter(pk__in=known).order_by("-pk"))


def without_receipt(area: Area) -> Set:
    """Open matters of a place whose author holds no receipt: those that somebody else wrote down or imported."""
    held = Receipt.objects.filter(Q(matter=OuterRef("pk")) | Q(matter=OuterRef("split_from")), withdrawn_at=None)
    return open_in(area).filter(author_account=None).exclude(Exists(held)).order_by("next_on", "pk")


def receipts_made_by(actor: Actor, area: Area, limit: int = 1000) -> QuerySet[Receipt]:
    """An actor's latest receipts in force of a place's matters."""
    rows = Receipt.objects.filter(
        issued_by=actor.ref, withdrawn_at=None, matter__in=in_area(Matter.objects.all(), area)
    )
    return rows.select_related("matter__area").order_by("-pk")[:limit]


def parts_of(matter: Matter) -> Set:
    """The other parts of a question that was split, for its author."""
    whole = matter.split_from_id or matter.pk
    return _rows().filter(Q(split_from_id=whole) | Q(pk=whole)).exclude(pk=matter.pk).order_by("pk")


def words_of(matter: Matter) -> str | None:
    """The author's words, or where they only spoke what was heard ("": nobody has written it down yet).

    None where they were purged, or their author's key was destroyed.
    """
    words, heard = open_all([matter.words, matter.transcript])
    return words or heard or words


def heard_beside(matter: Matter) -> str:
    """What was heard of the recording, where its author wrote some words too."""
    words, heard = open_all([matter.words, matter.transcript])
    return heard or "" if words else ""


def to_confirm(matter: Matter) -> str:
    """What somebody else wrote down of the author's words, while they have not said yet that it is right."""
    if not matter.unconfirmed:
        return ""
    return open_all([matter.words if matter.transcript is None else matter.transcript])[0] or ""


def enclosures_of(matter: Matter) -> list[Enclosure]:
    """The recording and the pictures that came with the words, none of them destroyed."""
    rows = matter.enclosures.filter(file__gone_at=None).select_related("file")
    return list(rows.order_by("order", "pk"))


def answers_of(matter: Matter) -> list[Answer]:
    """Oldest first, with their pictures, and where these had been used before."""
    shown = _photos().filter(replaced_at=None).order_by("order", "pk")
    return list(matter.answers.order_by("round").prefetch_related(Prefetch("photos", shown)))


def replaced_photos(matter: Matter) -> list[AnswerPhoto]:
    """Pictures that a correction took from show: for staff."""
    return list(_photos().filter(answer__matter=matter, replaced_at__isnull=False).order_by("replaced_at", "pk"))


def _photos() -> QuerySet[AnswerPhoto]:
    return AnswerPhoto.objects.select_related("file", "reuse__earlier__answer__matter__area").filter(file__gone_at=None)


@dataclass(frozen=True)
class Later:
    """What the author said about an answer, and how it came here."""

    text: str
    word: Word


def later_words(matter: Matter) -> list[Later]:
    """What the author said besides, each time the matter was answered."""
    rows = list(matter.author_words.order_by("at", "pk"))
    return [Later(text, row) for row, text in zip(rows, open_all([w.text for w in rows]), strict=True) if text]


def first_title_of(matter: Matter) -> str:
    return open_all([matter.first_title])[0] or ""


def read_titles(matters: Iterable[Matter]) -> list[Matter]:
    """The same matters, each able to say what its words begin with. For those who may read the words."""
    rows = list(matters)
    for row, begins in zip(rows, open_all([m.first_title for m in rows]), strict=True):
        row._begins = begins or ""
    return rows


def titled_for(grant: Grant, matters: Sequence[Matter]) -> Sequence[Matter]:
    """Who may not read the words does not read either what those of an unchecked matter begin with."""
    reads = grant.role in (*RECEIVING, "town_inspector") or grant.scope.startswith("department:")
    return read_titles(matters) if reads else matters


def author_names(matter: Matter) -> list[str]:
    return names_of([matter])


def names_of(matters: Sequence[Matter]) -> list[str]:
    """The names that the authors gave: none of them may stand in a public text."""
    return [name for name in open_all([m.name for m in matters]) if name]


def duty_for(matter: Matter) -> Duty | None:
    places = [p for p in matter.ancestor_ids if p is not None]
    duties = Duty.objects.select_related("account").filter(
        area_id__in=places, category__in=("", matter.category), to_on=None
    )
    return rules.duty_for(matter.category, matter, duties)


def owner_name(matter: Matter) -> str:
    """Who has it, by name: a person, or a department."""
    if matter.handler is not None:
        return str(matter.handler.display_name)
    name = Department.objects.filter(county_id=matter.county_id, key=matter.department).values_list("name", flat=True)
    return name.first() or matter.department


def people_for(matter: Matter) -> QuerySet[Account]:
    """Who it can be handed to: those who work in the place or right above it."""
    places = [p for p in (matter.area_id, matter.village_id, matter.town_id) if p is not None]
    held = Grant.objects.filter(valid_on(clock.today()), area_id__in=places, role__in=RECEIVING, scope="")
    return Account.objects.filter(pk__in=held.values("account_id")).order_by("pinyin", "pk")


def inspectors_of(matter: Matter) -> QuerySet[Account]:
    held = Grant.objects.filter(valid_on(clock.today()), area_id=matter.town_id or 0, role="town_inspector")
    return Account.objects.filter(pk__in=held.values("account_id")).order_by("pk")


def said_nothing_else(matter: Matter) -> bool:
    """Whether its author said only this here, without an account: nothing else of theirs is sealed with their key."""
    author = matter.author
    return author.account_id is None and not author.matters.exclude(pk=matter.pk).exists()


def department_names(county_id: int | None) -> dict[str, str]:
    return dict(Department.objects.filter(county_id=county_id).order_by("key").values_list("key", "name"))


def owners_for(matter: Matter) -> list[tuple[str, str]]:
    """Whom a form offers, as ``account:3`` or ``department:water`` and the name."""
    people = [(f"account:{a.pk}", a.display_name) for a in people_for(matter)]
    offices = department_names(matter.county_id)
    return people + [(f"department:{key}", name) for key, name in offices.items()]


def may_own(matter: Matter, account_id: int | None, department: str) -> bool:
    """Whether it can lie there: with somebody who works where it is, or with a department of its county."""
    if department and not Department.objects.filter(county_id=matter.county_id, key=department).exists():
        return False
    if account_id is None:
        return bool(department)
    places = [p for p in matter.ancestor_ids if p is not None]
    held = Grant.objects.filter(valid_on(clock.today()), account_id=account_id, area_id__in=places)
    return held.filter(role__in=DEALING).exists()


def works_here(actor: Actor, matter: Any) -> bool:
    """Whether one of the actor's grants valid today covers the matter's place."""
    return any(getattr(matter, g.area.column, None) == g.area_id for g in reach(actor))


def categories() -> list[Category]:
    return list(Category.objects.order_by("order", "key"))
