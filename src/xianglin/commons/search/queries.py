"""Reads: the newest documents that hold what somebody typed. The words themselves are kept and logged nowhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection

from xianglin.commons.areas.models import Area
from xianglin.engine.text import Sought, sought_words

from . import terms
from .index import ERA_BITS, TABLE, TERMS, VECTOR
from .models import Document

CAP = 100  # counts stop here and are shown as 99+
PAGE = 20
LONGEST = 60  # characters of what is typed; the rest is not looked at
_NEWEST = (1 << 63) - 1


@dataclass(frozen=True)
class Found:
    """A page of documents, newest first; ``count`` up to 100, of the first page only; ``after`` begins the next."""

    words: Sequence[Sought]
    rows: Sequence[Document]
    count: int
    after: int | None


def find(query: str, *, area: Area | None = None, kind: str = "", after: int | None = None) -> Found:
    """The newest documents with all of the words, in a place and all below it. Two queries, however many there are."""
    words = sought_words(query[:LONGEST])
    if not words:
        return Found(words, (), 0, None)
    ids = newest(words, area=area, kind=kind, before=after, limit=CAP if after is None else PAGE + 1)
    here = ids[:PAGE]
    rows = Document.objects.select_related("area").defer("terms").in_bulk(here)
    found = [rows[pk] for pk in here if pk in rows]
    return Found(words, found, len(ids), here[-1] if len(ids) > PAGE else None)


def newest(
    words: Sequence[Sought], *, area: Area | None = None, kind: str = "", before: int | None = None, limit: int = PAGE
) -> list[int]:
    """Keys of the newest documents, behind ``before`` where that is given."""
    wanted = list(dict.fromkeys(term for word in words for term in word.terms))
    wanted += terms.place_terms([area.pk] if area is not None else [])
    wanted += [terms.kind_term(kind)] if kind else []
    phrases = [word.phrase for word in words if word.phrase]
    ask = _on_server if connection.vendor == "postgresql" else _in_file
    with connection.cursor() as cursor:
        return ask(cursor, wanted, phrases, _NEWEST if before is None else before, limit)


def _in_file(cursor: Any, wanted: list[str], phrases: list[str], before: int, limit: int) -> list[int]:
    """FTS5 walks its lists from the newest row and stops when it has enough."""
    holds = " AND ".join(f'"{term}"' for term in wanted)
    joined = f"CROSS JOIN {TABLE} d ON d.id = t.rowid" if phrases else ""
    also = "".join(" AND instr(' ' || d.terms || ' ', %s) > 0" for _ in phrases)
    cursor.execute(
        f"SELECT t.rowid FROM {TERMS} t {joined} WHERE {TERMS} MATCH %s AND t.rowid < %s{also} "  # noqa: S608 - our words
        "ORDER BY t.rowid DESC LIMIT %s",
        [holds, before, *phrases, limit],
    )
    return [pk for (pk,) in cursor.fetchall()]


# GIN answers with all that hold a word, in no order: of a common one hundreds of thousands. Asked era by era (twelve
# days; every term in it begins with its era), the newest first, it answers few, and no more are asked once there are
# enough. `id + 0` keeps the planner from walking the table by its key instead, which ends late where a word stands
# only in old texts.
_ERA_BY_ERA = f"""
SELECT hit.id FROM
    (SELECT max(id) AS newest, min(id) AS oldest FROM {TABLE} WHERE id < %s) reach,
    generate_series(reach.newest >> {ERA_BITS}, reach.oldest >> {ERA_BITS}, -1) AS era,
    LATERAL (
        SELECT id FROM {TABLE}
        WHERE {VECTOR} @@ replace(%s, '~', era || '~')::tsquery AND id < %s {{also}}
        ORDER BY id + 0 DESC LIMIT %s
    ) hit
LIMIT %s"""  # noqa: S608 - our words


def _on_server(cursor: Any, wanted: list[str], phrases: list[str], before: int, limit: int) -> list[int]:
    holds = " & ".join(f"'~{term}'" for term in wanted)
    also = "".join(" AND strpos(' ' || terms || ' ', %s) > 0" for _ in phrases)
    cursor.execute(_ERA_BY_ERA.format(also=also), [before, holds, before, *phrases, limit, limit])
    return sorted((pk for (pk,) in cursor.fetchall()), reverse=True)
