"""Plain types that rooms declare and higher rooms collect: menu, programmes, access rows, areas of a figure."""

from collections.abc import Callable
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


@dataclass(frozen=True)
class Role:
    """A role that a grant can give. ``login``: how its holders prove themselves (phone code, or password and TOTP)."""

    key: str
    label: Text
    login: str = "password"  # or "phone"
    levels: tuple[str, ...] = ()  # levels of area it may be granted at; empty: any


@dataclass(frozen=True)
class Row:
    """One row of the access table: who may do ``action``, and what must hold between them and the subject."""

    action: str
    to: tuple[str, ...]  # role keys, or "anyone", "author", "account", "system"
    when: str = "in_area"  # a relation declared with @relation, or "always"


@dataclass(frozen=True)
class Kind:
    """A kind of matter (and later of pairing, gathering, bulletin): a text key that a programme declares."""

    key: str
    label: Text
    rule: str = ""  # the deadline rule that starts with it


@dataclass
class Programme:
    """A programme's declaration; ``programme.py`` of its room makes one and registers it."""

    key: str
    label: Text
    kinds: tuple[Kind, ...] = ()
    menu: tuple[MenuItem, ...] = ()
    sections: tuple[str, ...] = ()  # templates shown on the village's page
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
