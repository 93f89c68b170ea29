"""Reads: the county's library, one experience for whom it concerns, what waits to be published."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.access.queries import reach
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.ui.marks import Mark

from . import rules
from .models import Experience, State, Teaching, Useful

PAGE = 50
WORDS = 5  # of a search
MARKS = {
    State.PROPOSED: Mark("s-wait", State.PROPOSED.label),
    State.AGREED: Mark("s-run", State.AGREED.label, "run"),
    State.PUBLISHED: Mark("s-ok", State.PUBLISHED.label, "ok"),
    State.DECLINED: Mark("s-none", State.DECLINED.label),
    State.RETURNED: Mark("s-again", State.RETURNED.label, "soon"),
    State.WITHDRAWN: Mark("s-none", State.WITHDRAWN.label),
}


def _rows() -> QuerySet[Experience]:
    taught = Teaching.objects.select_related("ability").order_by("ability__order", "ability_id")
    rows = Experience.objects.select_related("area", "thread__pairing__need__holder", "thread__pairing__offer__holder")
    return rows.prefetch_related(Prefetch("abilities", taught))


def experience_for(actor: Actor, pk: int) -> Experience | None:
    """Published: for every reader of the county. Else for whom it concerns."""
    found = _rows().filter(pk=pk).first()
    if found is None:
        return None
    if found.state == State.PUBLISHED and rules.reads(actor, found.county_id):
        return found
    return found if concerned(actor, found) else None


def concerned(actor: Actor, experience: Experience) -> bool:
    """Who wrote it, who asked, and the officers of the place."""
    return hooks.may(actor, "mentoring.withdraw_experience", experience)


@dataclass(frozen=True)
class Page:
    rows: Sequence[Experience]
    after: str


def library(actor: Actor, words: str = "", ability_id: int | None = None, after: str = "") -> Page:
    """Of the reader's county, the newest first. It is read by its own words and not by the public search, which
    everybody may ask; a county has hundreds of them, not a million."""
    counties = {one.area.county_id for one in reach(actor) if one.role in rules.READERS}
    rows = _rows().filter(county_id__in=counties - {None}, state=State.PUBLISHED)
    for word in words.split()[:WORDS]:
        rows = rows.filter(Q(title__icontains=word) | Q(question__icontains=word) | Q(answer__icontains=word))
    if ability_id is not None:
        rows = rows.filter(_about(ability_id))
    at, _tilde, pk = after.rpartition("~")
    if at and pk.isdecimal() and len(pk) < 16:
        instant = dt.datetime.fromisoformat(at)
        rows = rows.filter(published_at__lte=instant).exclude(published_at=instant, pk__gte=int(pk))
    found = list(rows.order_by("-published_at", "-pk")[: PAGE + 1])
    last = found[PAGE - 1] if len(found) > PAGE else None
    more = f"{last.published_at.isoformat()}~{last.pk}" if last is not None and last.published_at is not None else ""
    return Page(found[:PAGE], more)


def _about(ability_id: int) -> Exists:
    return Exists(Teaching.objects.filter(experience=OuterRef("pk"), ability_id=ability_id))


def about(county_id: int | None, ability_id: int, most: int = 3) -> list[Experience]:
    """The newest published ones of an ability."""
    rows = Experience.objects.filter(_about(ability_id), county_id=county_id, state=State.PUBLISHED)
    return list(rows.order_by("-published_at", "-pk")[:most])


def of_thread(thread_id: int) -> Experience | None:
    return _rows().filter(thread_id=thread_id).exclude(state=State.WITHDRAWN).first()


def to_publish(area: Area) -> QuerySet[Experience]:
    return in_area(_rows().filter(state=State.AGREED), area).order_by("pk")


def to_agree(account_id: int | None) -> QuerySet[Experience]:
    return _rows().filter(state=State.PROPOSED, thread__pairing__need__holder_id=account_id or 0)


def to_rewrite(account_id: int | None) -> QuerySet[Experience]:
    """What the officer sent back to this person."""
    return _rows().filter(state=State.RETURNED, proposed_by_id=account_id or 0)


def among(pks: Sequence[int], most: int) -> list[Experience]:
    return list(Experience.objects.filter(pk__in=pks).order_by("pk")[:most]) if pks else []


def marked(actor: Actor, experience: Experience) -> bool:
    return Useful.objects.filter(experience=experience, by_id=actor.account_id or 0).exists()


def with_marks(rows: Iterable[Experience]) -> list[tuple[Experience, Mark]]:
    return [(one, MARKS[State(one.state)]) for one in rows]


def of_threads(pks: Sequence[int]) -> list[Experience]:
    return list(Experience.objects.filter(thread_id__in=pks).exclude(state=State.WITHDRAWN))
