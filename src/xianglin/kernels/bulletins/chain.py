"""Versions chained per place: what was published cannot be altered, taken out or put in unseen."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xianglin.base import clock
from xianglin.base.actor import Actor

from .models import Bulletin, Head, Version

ALGORITHM = "sha256"  # SM3 (GB/T 32905) can stand beside it: every version names its own
_HASHES = {"sha256": hashlib.sha256}


@dataclass(frozen=True)
class Broken:
    """The first thing wrong in one place's chain."""

    area_id: int
    position: int
    kind: str  # "altered", "missing", "tail_cut", "head_differs"
    title: str = ""


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def append(
    bulletin: Bulletin, actor: Actor, body: dict[str, Any], *, reason: str = "", changes: list[dict[str, str]]
) -> Version:
    """The next version, at the end of its place's chain."""
    Head.objects.bulk_create([Head(area=bulletin.area)], ignore_conflicts=True)
    head = Head.objects.select_for_update().get(area=bulletin.area)
    version = Version(
        bulletin=bulletin,
        number=bulletin.version + 1,
        area=bulletin.area,
        position=head.position + 1,
        body=canonical(body),
        reason=reason,
        changes=changes,
        by=actor.ref,
        by_name=actor.name,
        at=clock.now(),
        algorithm=ALGORITHM,
    )
    version.hash = digest(version, head.hash)
    version.save(force_insert=True)
    head.position, head.hash = version.position, version.hash
    head.save(update_fields=["position", "hash"])
    return version


def digest(version: Version, previous: str) -> str:
    at = version.at.astimezone(clock.SHANGHAI).isoformat()
    told = [previous, version.algorithm, version.area_id, version.position, version.bulletin_id, version.number]
    told += [at, version.by, version.by_name, version.reason, version.changes, version.body]
    return _HASHES[version.algorithm](canonical(told).encode()).hexdigest()


def verify() -> Iterator[Broken]:
    """Walk every place's chain from its beginning; yields each one's first finding."""
    for head in Head.objects.order_by("area_id"):
        broken = verify_place(head)
        if broken:
            yield broken
    strays = Version.objects.exclude(area_id__in=Head.objects.values("area_id"))
    for area_id in strays.order_by("area_id").values_list("area_id", flat=True).distinct():
        yield Broken(area_id, 0, "head_differs")  # a chain whose end somebody took away


def verify_place(head: Head) -> Broken | None:
    previous, position = "", 0
    rows = Version.objects.filter(area_id=head.area_id, position__lte=head.position).select_related("bulletin")
    for row in rows.order_by("position").iterator(500):
        if row.position != position + 1:
            return Broken(head.area_id, position + 1, "missing")
        if row.algorithm not in _HASHES or digest(row, previous) != row.hash:
            return Broken(head.area_id, row.position, "altered", row.bulletin.title)
        previous, position = row.hash, row.position
    if position < head.position:
        return Broken(head.area_id, position + 1, "tail_cut")
    if previous != head.hash:
        return Broken(head.area_id, position, "head_differs")
    return None
