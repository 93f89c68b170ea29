"""服务群众 in the villagers' own words: of what somebody answered, how often its author said 办好了 or 没解决.

A count with its base and its records, never turned into a level: who handles the hard cases would lose by it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from xianglin.kernels.matters.models import Answer, Matter, Word

_MOST = 200  # records of one person that a page shows


@dataclass(frozen=True)
class Record:
    """A matter as it was answered in one round, and its author's last word on that answer."""

    matter: Matter
    on: dt.date
    settled: bool | None  # None: no word yet


@dataclass(frozen=True)
class Heard:
    answered: int
    settled: int
    not_settled: int
    rows: QuerySet[Any]

    @property
    def records(self) -> list[Record]:
        """Asked for only where they are shown."""
        shown = self.rows.select_related("matter__area")[:_MOST]
        return [Record(row.matter, row.at.date(), row.word) for row in shown]

    @property
    def silent(self) -> int:
        return self.answered - self.settled - self.not_settled


def heard_of(account_id: int, since: dt.date | None = None) -> Heard:
    """What this account answered, newest first. A matter answered twice counts twice."""
    word = Word.objects.filter(matter=OuterRef("matter"), round=OuterRef("round")).order_by("-pk")
    rows = Answer.objects.filter(by_id=account_id, matter__parent=None)
    if since is not None:
        rows = rows.filter(at__date__gte=since)
    rows = rows.annotate(word=Subquery(word.values("settled")[:1])).order_by("-at", "-pk")
    words = list(rows.values_list("word", flat=True))
    return Heard(len(words), words.count(True), words.count(False), rows)
