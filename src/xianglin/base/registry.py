"""Plain types that rooms declare and higher rooms collect: menu, programmes, access rows, areas of a figure."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True)
class MenuItem:
    """One entry of the frame. ``audience``: "staff" or "villager"; ``tab``: also in a phone's bottom bar."""

    key: str
    label: Text
    url_name: str
    icon: str
    audience: str = "staff"
    order: int = 50
    tab: bool = True
    programme: str = ""
    badge: Callable[[Any], int] | None = None  # what waits, counted up to 100
    roles: tuple[str, ...] = ()  # who holds none of them does not see it; empty: whoever may open its page
    instead_of: str = ""  # the entry whose place it takes for those who see it
    deed: bool = False  # also a button on 今日, one press from done
    only: Callable[[Any], bool] | None = None  # asked of who reads, last: whom it denies does not see it


@dataclass(frozen=True)
class Role:
    """A role that a grant can give. ``login``: how its holders prove themselves (phone code, or password and TOTP).
    ``programme``: the one whose figures its holders see; blank: those of every programme."""

    key: str
    label: Text
    login: str = "password"  # or "phone"
    levels: tuple[str, ...] = ()  # levels of area it may be granted at; empty: any
    programme: str = ""


@dataclass(frozen=True)
class Row:
    """One row of the access table: who may do ``action``, and what must hold between them and the subject."""

    action: str
    to: tuple[str, ...]  # role keys, or "anyone", "author", "account", "system"
    when: str = "in_area"  # a relation declared with @relation, or "always"


@dataclass(frozen=True)
class Kind:
    """A kind of matter: a text key that a programme declares."""

    key: str
    label: Text
    rule: str = ""  # the deadline rule that starts with it


@dataclass(frozen=True)
class Source:
    """A record that a sentence was drafted from: "matters.Matter:12", what it is called, and where it is opened."""

    ref: str
    label: str
    url: str


@dataclass(frozen=True)
class Counted:
    """A figure as it was counted: by which measure, as of when, and from which records ("matters.Matter:12")."""

    measure: str
    name: str
    unit: str
    value: int
    as_of: str  # an instant in ISO 8601
    records: tuple[str, ...]


@dataclass(frozen=True)
class Drafted:
    """A sentence that a programme drafts from its records. ``asks``: what only people can write (a gap).
    ``counted``: it tells this figure. ``offers``: a small table that people may add here, by what it is called."""

    section: str
    origin: str  # the same each time for the same record
    text: str = ""
    sources: tuple[Source, ...] = ()
    asks: str = ""
    counted: Counted | None = None
    offers: str = ""


@dataclass(frozen=True)
class BulletinKind:
    """A kind of bulletin: its sections in order, and who drafts a place's text for a month ("2022-05")."""

    key: str
    label: Text
    sections: tuple[tuple[str, Text], ...]
    home: str  # the address where its writers find all of them
    draft: Callable[[Any, str], Iterable[Drafted]]
    names: Callable[[Any, str], Iterable[str]] = lambda place, period: ()  # that must not stand in it
    kept: tuple[str, ...] = ()  # sections whose sentences may be reworded, never emptied
    records: Callable[[Iterable[str]], Iterable[Source]] = lambda refs: ()  # of a figure: those that everybody may open


@dataclass(frozen=True)
class Capacity:
    """In which capacity people come; of those entitled, ``numerator``/``denominator`` must be there (0: nothing asked),
    by ``basis``."""

    key: str
    label: Text
    numerator: int = 0
    denominator: int = 1
    basis: Text = ""


@dataclass(frozen=True)
class GatheringKind:
    """A kind of gathering: its usual agenda, who comes, and the page from which it is held (takes its number).

    With ``officers`` its gatherings are sessions: planned and held by these roles, and people sign up for them.
    """

    key: str
    label: Text
    agenda: tuple[Text, ...]
    capacities: tuple[Capacity, ...]
    desk: str
    home: str
    officers: tuple[str, ...] = ()  # roles that run it, each in its area
    guests: tuple[str, ...] = ()  # roles that may sign up, near its place; empty: every account
    helpers: tuple[str, ...] = ()  # roles that sign others up (代报名) besides its officers
    credits: bool = False  # who was there is credited its hours
    ahead_days: int = 366  # how far ahead one is planned
    told: "Section | None" = None  # what the programme adds to a session's page


@dataclass(frozen=True)
class Part:
    """One named part of how well two fit: ``value`` from 0 to 1, ``weight`` of the whole, and in words."""

    key: str
    label: Text
    value: float
    weight: float
    says: Text = ""


@dataclass(frozen=True)
class Fit:
    """How well two fit: 0 to 100, its parts, one sentence; and the hard conditions that forbid it, in words."""

    score: float
    parts: tuple[Part, ...]
    sentence: Text
    vetoes: tuple[Text, ...] = ()


@dataclass(frozen=True)
class PairingKind:
    """A kind of pairing: who looks and who gives, when two fit, and how it is looked after.

    ``score`` takes the ids of needs and of offers and answers ``kernels.pairings.candidates.Candidates`` for all that
    no hard condition forbids; ``fit`` tells it of two. ``page`` takes a pairing's number. Days are of the calendar.
    """

    key: str
    label: Text
    need: Text  # what who looks is called: 青年干部
    offer: Text
    score: Callable[[Any, Any], Any]
    fit: Callable[[Any, Any], Fit]
    officers: tuple[str, ...]  # roles that run it, each in its area
    home: str
    page: str
    answer_rule: str = "pairings.answer"  # by when both say yes or no
    term_months: int = 0  # 0: without end
    crowding: float = 0.0  # what each further place at one offer costs, in points of the score
    follow_ups: tuple[int, ...] = ()  # days after the start
    every: int = 0  # and from then on every so many days
    silent_days: int = 0  # so long without a record is silence; 0: nobody asks
    topics: tuple[tuple[str, Text], ...] = ()  # headings of outcomes
    signs_terms: bool = False  # nothing is signed before terms are written
    # What the kernel's own page of a pairing offers, and how it may end there; the rest is done on the kind's ``page``.
    deeds: tuple[str, ...] = ("terms", "sign", "step", "outcome", "end")
    endings: tuple[str, ...] = ("completed", "terminated", "converted")
    unfinished: Callable[[Any], bool] = lambda pairing: False  # keeps a pairing open when its last day is over


@dataclass(frozen=True)
class Section:
    """A part of the village's page: a template, and what it shows (under the name ``told``) of an area."""

    template: str
    read: Callable[[Any], dict[str, Any]]


@dataclass(frozen=True)
class Errand:
    """Something of a programme that waits for somebody on 今日: how it stands, what it is, and the deed's button."""

    mark: Any  # a ui.marks.Mark
    title: Text
    note: Text
    deed: Text
    url: str


@dataclass
class Programme:
    """A programme's declaration; ``programme.py`` of its room makes one and registers it."""

    key: str
    label: Text
    kinds: tuple[Kind, ...] = ()
    bulletins: tuple[BulletinKind, ...] = ()
    gatherings: tuple[GatheringKind, ...] = ()
    pairings: tuple[PairingKind, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    sections: tuple[Section, ...] = ()  # of the village's page
    errands: Callable[[Any, int | None], list[Errand]] = lambda grant, account_id: []  # what waits on 今日
    demo: Callable[..., None] | None = None
    extra: dict[str, Any] = field(default_factory=dict)


PROGRAMMES: dict[str, Programme] = {}
MENU: dict[str, MenuItem] = {}


def register_programme(programme: Programme) -> Programme:
    PROGRAMMES[programme.key] = programme
    for item in programme.menu:
        register_menu(item)
    return programme


def register_menu(item: MenuItem) -> MenuItem:
    MENU[item.key] = item
    return item


def kind_of_matter(key: str) -> Kind | None:
    return next((k for p in PROGRAMMES.values() for k in p.kinds if k.key == key), None)


def kind_of_bulletin(key: str) -> BulletinKind | None:
    return next((k for p in PROGRAMMES.values() for k in p.bulletins if k.key == key), None)


def kind_of_gathering(key: str) -> GatheringKind | None:
    return next((k for p in PROGRAMMES.values() for k in p.gatherings if k.key == key), None)


def kind_of_pairing(key: str) -> PairingKind | None:
    return next((k for p in PROGRAMMES.values() for k in p.pairings if k.key == key), None)
