"""What waits for somebody, of many kinds, in one query: the number beside 今日 stands on every page."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import CharField, QuerySet, Value

Sources = Mapping[str, QuerySet[Any]]
MOST = 200  # of all kinds together


def what_waits(sources: Sources) -> Mapping[str, Sequence[int]]:
    """The ids by kind; every kind is there, most of them empty."""
    found: dict[str, list[int]] = defaultdict(list)
    asked = {key: rows for key, rows in sources.items() if not rows.query.is_empty()}
    if asked:
        first, *rest = (_keyed(key, rows) for key, rows in asked.items())
        for key, pk in first.union(*rest, all=True)[:MOST]:
            found[key].append(pk)
    return found


def _keyed(key: str, rows: QuerySet[Any]) -> Any:
    plain = rows.order_by().prefetch_related(None)
    return plain.annotate(waits_as=Value(key, CharField())).values_list("waits_as", "pk")
