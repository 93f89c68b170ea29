"""The one access table, collected from the ``permissions.py`` of every installed room."""

from collections import defaultdict
from importlib import import_module

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule

from xianglin.base.registry import Role, Row

from . import rules

# Who needs no grant. They hold no area, so "in_area" asks nothing of them; any other relation does.
PSEUDO = ("anyone", "account", "author", "system")

ROLES: dict[str, Role] = {}
ROWS: dict[str, list[Row]] = defaultdict(list)


def collect() -> None:
    """Read every room's table once, at start. A row that names an unknown role or relation stops it."""
    ROLES.clear()
    ROWS.clear()
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "permissions"):
            declared = import_module(f"{config.name}.permissions")
            add(getattr(declared, "ROLES", ()), getattr(declared, "ROWS", ()))
    check()


def add(roles: tuple[Role, ...], rows: tuple[Row, ...]) -> None:
    for role in roles:
        if role.key in ROLES or role.key in PSEUDO:
            raise ImproperlyConfigured(f"two roles named {role.key}")
        ROLES[role.key] = role
    for row in rows:
        ROWS[row.action].append(row)


def check() -> None:
    for row in (r for rows in ROWS.values() for r in rows):
        unknown = [key for key in row.to if key not in PSEUDO and key not in ROLES]
        if unknown:
            raise ImproperlyConfigured(f"{row.action} is given to unknown roles {unknown}")
        if row.when not in ("in_area", "always") and row.when not in rules.RELATIONS:
            raise ImproperlyConfigured(f"{row.action} asks for an unknown relation {row.when}")
        if "author" in row.to and "author" not in rules.RELATIONS:
            raise ImproperlyConfigured(f"{row.action} is given to its author, but no room says who that is")
