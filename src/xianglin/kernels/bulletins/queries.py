"""Reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.engine.text import squash

from . import chain, rules
from .models import Bulletin, Head, State, Version, Withheld

LATEST = 24
SUPERVISOR = "village_supervisor"
WRITING = ("village_cadre",)
SEAL = 16  # characters


@dataclass(frozen=True)
class Standing:
    """A published text as everybody reads it: one version's body, and all versions' heads."""

    bulletin: Bulletin
    version: Version
    body: dict[str, Any]
    versions: Sequence[Version]
    withheld: Withheld | None = None  # then the body is for nobody to read

    @property
    def is_latest(self) -> bool:
        return self.version.number == self.bulletin.version


def bulletin_for(actor: Actor, pk: int) -> Bulletin | None:
    """The bulletin, if its draft is the actor's to see."""
    bulletin = Bulletin.objects.select_related("area", "opened_by", "reviewed_by").filter(pk=pk).first()
    return bulletin if bulletin is not None and hooks.may(actor, "bulletins.see", bulletin) else None


def published_in(area: Area, kind: str) -> QuerySet[Bulletin]:
    return Bulletin.objects.filter(area=area, state=State.PUBLISHED, kind=kind).order_by("-period")


def have_published() -> QuerySet[Bulletin, int | None]:
    """The ids of the villages that have."""
    return Bulletin.objects.filter(state=State.PUBLISHED).values_list("village_id", flat=True)


def in_reach(area: Area, kind: str) -> QuerySet[Bulletin]:
    """The newest of a place and all below it, begun or published."""
    rows = in_area(Bulletin.objects.filter(kind=kind), area).select_related("area")
    return rows.order_by("-period", "pk")[:LATEST]


def by_month(area: Area, kind: str, first: str, last: str) -> dict[tuple[int, str], Bulletin]:
    """Of a place and all below it, by place and month, from one month to another ("2022-05")."""
    rows = in_area(Bulletin.objects.filter(kind=kind, period__gte=first, period__lte=last), area)
    return {(row.area_id, row.period): row for row in rows}


def waiting_for(role: str, area: Area) -> QuerySet[Bulletin]:
    """Texts whose next deed is this role's here: to look over, or, for who writes, to publish or to mend."""
    rows = Bulletin.objects.filter(area=area).order_by("period", "pk")
    if role == SUPERVISOR:
        return rows.filter(state=State.REVIEWING)
    if role in WRITING:
        return rows.filter(Q(state=State.REVIEWED) | Q(state=State.DRAFT) & ~Q(remark=""))
    return rows.none()


def standing(area: Area, pk: int, number: int | None = None) -> Standing | None:
    """What stands (or stood, by its version's number), for everybody."""
    published = Bulletin.objects.select_related("area", "reviewed_by").filter(pk=pk, area=area, version__gte=1)
    bulletin = published.first()
    if bulletin is None:
        return None
    versions = versions_of(bulletin)
    wanted = next((v for v in versions if v.number == (number or bulletin.version)), None)
    if wanted is None:
        return None
    row = wanted.withheld_now
    return Standing(bulletin, wanted, {} if row else json.loads(wanted.body), versions, row)


def versions_of(bulletin: Bulletin) -> list[Version]:
    """All of them, without their bodies, each with what withholds it."""
    return list(with_withholdings(bulletin.versions.order_by("number").defer("body")))


def with_withholdings(rows: QuerySet[Version]) -> QuerySet[Version]:
    standing = Withheld.objects.filter(released_at=None)
    return rows.prefetch_related(Prefetch("withholdings", standing, to_attr="withheld_rows"))


def standing_blocks(bulletin: Bulletin) -> list[dict[str, Any]]:
    """What stands of a published text, piece by piece; none while nothing is published."""
    version = bulletin.versions.filter(number=bulletin.version).first()
    return rules.blocks_of(json.loads(version.body)) if version is not None else []


def seal(version: Version) -> str:
    """What a printed sheet carries of its hash: sixteen characters in fours, as one reads them out."""
    return " ".join(wrap(version.hash[:SEAL], 4))


def by_seal(text: str) -> Version | None:
    """The version whose hash begins so; None where it is too short to tell, or nobody's."""
    begins = "".join(squash(text).split()).lower()
    if len(begins) < SEAL or any(char not in "0123456789abcdef" for char in begins):
        return None
    found = Version.objects.filter(hash__gte=begins, hash__lt=begins + "g").select_related("bulletin__area")
    return found.order_by("hash").first()


def is_whole(version: Version) -> bool:
    """Whether its place's chain is as it was published, up to this version at least."""
    broken = chain.verify_place(Head.objects.get(area_id=version.area_id))
    return broken is None or broken.position > version.position
