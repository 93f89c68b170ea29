"""What can be imported: rooms declare it in `imports.py` as `TABLES = [ImportTable(…)]`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils.module_loading import module_has_submodule
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.engine.text import squash

from .cleaners import text

Clean = Callable[[str], Any]


@dataclass(frozen=True)
class Column:
    """One thing that a row says. `clean` takes the cell as text, answers a value or raises `Refused`."""

    key: str
    label: Text
    aliases: Sequence[str] = ()  # how towns really head it, besides the label
    required: bool = False
    clean: Clean = text()

    @cached_property
    def names(self) -> frozenset[str]:
        """In every language: whoever took the empty sheet in one may hand it in in another."""
        labels = set[str]()
        for language, _name in settings.LANGUAGES:
            with override(language):
                labels.add(str(self.label))
        return frozenset(squash(name) for name in (self.key, *labels, *self.aliases))


@dataclass(frozen=True)
class ImportRow:
    """A checked row: cleaned `values` by column key, and what the sheet says besides by its own headers.

    `identity` is what it is known by: a keyed hash of 64 characters.
    """

    number: int
    values: Mapping[str, Any]
    extra: Mapping[str, str]
    identity: str = ""

    def __getitem__(self, key: str) -> Any:
        return self.values[key]

    def get(self, key: str, default: Any = None) -> Any:
        return self.values.get(key, default)


@dataclass(frozen=True)
class ImportTable:
    """`apply(row, *, area, actor)` calls the real single action and answers the row it made.

    `action` is that action's name: who may do it one by one in the area, may import there.
    `identity` names the columns by which a row is known again, within one county; where none of them is filled,
    it is known by all that it says and by its area. `local`: what identifies it does so only within its area, as a
    door's number does in a village. `content` names those that make it the same thing: a known row that says
    something else in them is not passed over in silence, `changed` is said beside it.
    """

    key: str
    label: Text
    columns: Sequence[Column]
    identity: Sequence[str]
    action: str
    apply: Callable[..., Any]
    content: Sequence[str] = ()
    local: bool = False
    chain: Sequence[str] = ()  # the columns of a pasted 接龙's number, name and words, where one may be pasted
    changed: Text = _("以前导过，内容不一样")
    column: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "column", {column.key: column for column in self.columns})
        if not self.identity or not {*self.identity, *self.content} <= set(self.column):
            raise ImproperlyConfigured(f"import table {self.key}: identity and content must name its columns")

    def column_named(self, name: str) -> Column | None:
        """By key, label or alias, however it is written."""
        wanted = squash(name)
        return next((column for column in self.columns if wanted in column.names), None)


TABLES: dict[str, ImportTable] = {}


def collect() -> None:
    for config in apps.get_app_configs():
        if config.module is not None and module_has_submodule(config.module, "imports"):
            for table in getattr(import_module(f"{config.name}.imports"), "TABLES", ()):
                register(table)


def register(table: ImportTable) -> ImportTable:
    if TABLES.setdefault(table.key, table) is not table:
        raise ImproperlyConfigured(f"two import tables named {table.key}")
    return table


def table_named(key: str) -> ImportTable:
    if key not in TABLES:
        raise Refused("exchange.no_table", _("没有这种导入表，请从菜单重新进入。"), table=key)
    return TABLES[key]
