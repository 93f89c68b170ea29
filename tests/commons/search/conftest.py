"""A village whose matters stand on the board, and a kind of documents that no room declares."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest

from tests.kernels.matters.conftest import MORNING, Village, build_village
from tests.support.cast import SYSTEM
from xianglin.base import clock
from xianglin.commons.areas.models import Area
from xianglin.commons.search import documents, queries
from xianglin.commons.search.declare import Searchable, Told
from xianglin.commons.search.models import Document
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter


@pytest.fixture(autouse=True)
def quick(settings: object) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # type: ignore[attr-defined]


@pytest.fixture
def here(db: None) -> Iterator[Village]:
    with clock.living_at(MORNING):
        yield build_village()


def on_board(here: Village, title: str) -> Matter:
    return actions.triage_matter(here.say(), actor=here.cadre, title=title, category="", public=True)


def found(query: str, area: Area | None = None, kind: str = "") -> list[str]:
    return [document.title for document in queries.find(query, area=area, kind=kind).rows]


Write = Callable[..., Document]


@pytest.fixture
def write(db: None) -> Write:
    """Write a document of an area (any area's row stands for a room's), newest last unless it says when."""
    written: list[Document] = []

    def write(area: Area, title: str, text: str = "", at: dt.datetime | None = None) -> Document:
        nth = len(written)
        told = Told(title, text, "/", at or MORNING + dt.timedelta(minutes=nth), area)
        kind = Searchable("tests.note", "话", Area.objects.all, lambda _row: told, ())
        documents.index(kind, [Area(pk=10_000 + nth)])
        written.append(Document.objects.get(ref=f"areas.Area:{10_000 + nth}"))
        return written[-1]

    return write


__all__ = ["SYSTEM"]
