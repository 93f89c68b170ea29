"""Appending to the chains, and checking them."""

import datetime as dt
import hashlib
import json
import logging
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from xianglin.base import clock
from xianglin.base.action import Entry as Buffered
from xianglin.base.actor import Actor

from .models import Entry, Head, PublishedHead

ALGORITHM = "sha256"  # SM3 (GB/T 32905) can stand beside it: every entry names its own
_HASHES = {"sha256": hashlib.sha256}
logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Broken:
    """The first thing wrong in one chain: where, and in which plain kind."""

    chain: int
    position: int
    kind: str  # "altered", "missing", "tail_cut", "head_differs", "published_differs"
    action: str = ""
    at: str = ""


def append(buffered: list[Buffered]) -> None:
    """Chain the entries of one outermost action. Heads are locked in sorted order, so two callers never deadlock."""
    by_chain: dict[int, list[Buffered]] = defaultdict(list)
    for entry in buffered:
        by_chain[entry.chain].append(entry)
    chains = sorted(by_chain)
    Head.objects.bulk_create([Head(chain=c) for c in chains], ignore_conflicts=True)
    heads = list(Head.objects.select_for_update().filter(chain__in=chains).order_by("chain"))
    rows: list[Entry] = []
    for head in heads:
        for entry in by_chain[head.chain]:
            row = _row(head, entry)
            head.position, head.hash = row.position, row.hash
            rows.append(row)
    Entry.objects.bulk_create(rows, batch_size=200)
    Head.objects.bulk_update(heads, ["position", "hash"])


def record(
    action: str, actor: Actor, *, subject: str = "", chain: int = 0, facts: dict[str, Any] | None = None
) -> None:
    """Trail something that is not an action (a log-in, a reading of something restricted)."""
    with transaction.atomic():
        append([Buffered(action, actor, subject, chain, clock.now(), {}, facts or {})])


def _row(head: Head, entry: Buffered) -> Entry:
    row = Entry(
        chain=head.chain,
        position=head.position + 1,
        at=entry.at,
        action=entry.action,
        actor=entry.actor.ref,
        via=entry.actor.via,
        origin=entry.actor.origin,
        request_id=entry.actor.request_id,
        subject=entry.subject,
        before=_canonical(entry.before),
        after=_canonical(entry.after),
        algorithm=ALGORITHM,
    )
    row.hash = _digest(row, head.hash)
    return row


def _canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def _digest(row: Entry, previous: str) -> str:
    at = row.at.astimezone(clock.SHANGHAI).isoformat()
    told = [previous, row.algorithm, row.chain, row.position, at, row.action, row.actor]
    told += [row.via, row.origin, row.request_id, row.subject, row.before, row.after]
    return _HASHES[row.algorithm](_canonical(told).encode()).hexdigest()


def verify() -> Iterator[Broken]:
    """Walk every chain from its beginning; yields each one's first finding. Others may write meanwhile."""
    for chain in list(Head.objects.order_by("chain").values_list("chain", flat=True)):
        broken = _verify_chain(chain)
        if broken:
            yield broken
    known = Head.objects.values("chain")
    published = PublishedHead.objects.exclude(chain__in=known).values_list("chain", flat=True)
    for chain in published.distinct():
        yield Broken(chain, 0, "tail_cut")
    entries = Entry.objects.exclude(chain__in=known).exclude(chain__in=published)
    for chain in entries.values_list("chain", flat=True).distinct():
        yield Broken(chain, 0, "head_differs")  # a chain whose end somebody took away


def _verify_chain(chain: int) -> Broken | None:
    # The order keeps a living chain whole: what was published comes before the head, and the head and the end of the
    # entries come in one statement, which sees one instant. Rows that are appended later lie beyond and are left alone.
    published = {p.position: p.hash for p in PublishedHead.objects.filter(chain=chain)}
    newest = Entry.objects.filter(chain=OuterRef("chain")).order_by("-position").values("position")
    head = Head.objects.annotate(end=Subquery(newest[:1])).get(chain=chain)
    end = head.end or 0
    previous, position = "", 0
    for row in Entry.objects.filter(chain=chain, position__lte=end).order_by("position").iterator(2000):
        found = (row.action, row.at.astimezone(clock.SHANGHAI).isoformat(timespec="seconds"))
        if row.position != position + 1:
            return Broken(chain, position + 1, "missing", *found)
        if row.algorithm not in _HASHES or _digest(row, previous) != row.hash:
            return Broken(chain, row.position, "altered", *found)
        if published.get(row.position, row.hash) != row.hash:
            return Broken(chain, row.position, "published_differs", *found)
        previous, position = row.hash, row.position
    if position < head.position or position < max(published, default=0):
        return Broken(chain, position + 1, "tail_cut")
    if (position, previous) != (head.position, head.hash):
        return Broken(chain, position, "head_differs")
    return None


def published(up_to: dt.date) -> tuple[dt.date | None, dt.date | None, list[PublishedHead]]:
    """The heads of the last published day up to a day, that day, and the published day before it."""
    days = PublishedHead.objects.filter(on__lte=up_to).order_by("-on").values_list("on", flat=True).distinct()[:2]
    day, before, *_none = [*days, None, None]
    return day, before, list(PublishedHead.objects.filter(on=day).order_by("chain")) if day else []


def publish_heads() -> int:
    """Keep today's head of every chain; answers how many are new. The public page of heads shows them (``published``).

    Each is logged too: a log that is gathered elsewhere holds a copy which nobody with this database can change.
    """
    today = clock.today()
    with transaction.atomic():
        kept = PublishedHead.objects.filter(on=today).values("chain")
        heads = [
            PublishedHead(chain=h.chain, on=today, position=h.position, hash=h.hash)
            for h in Head.objects.filter(position__gt=0).exclude(chain__in=kept).order_by("chain")
        ]
        PublishedHead.objects.bulk_create(heads, ignore_conflicts=True)
    for head in heads:
        logger.info("head of chain %d on %s: row %d, %s", head.chain, head.on, head.position, head.hash)
    return len(heads)
