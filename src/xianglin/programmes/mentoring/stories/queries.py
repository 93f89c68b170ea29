"""Reads: a county's stories, of one place if wanted, and where each was told before how many."""

from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area

from ..teams.models import Outing
from .models import Story, Version

LATELY = 50


def stories(county_id: int | None, *, place_id: int | None = None, withdrawn: bool = False) -> QuerySet[Story]:
    """The newest first, each with how often it was told."""
    rows = Story.objects.filter(county_id=county_id, withdrawn_on__isnull=not withdrawn)
    if place_id is not None:
        rows = rows.filter(area_id=place_id)
    return rows.select_related("area").annotate(times=Count("tellings")).order_by("-pk")


def places(county_id: int | None) -> list[Area]:
    """Where the county's stories are from."""
    told = Story.objects.filter(county_id=county_id, withdrawn_on=None)
    return list(Area.objects.filter(pk__in=told.values("area_id")).order_by("code"))


def story_for(actor: Actor, pk: int) -> Story | None:
    story = Story.objects.select_related("area", "teller", "picture").filter(pk=pk).first()
    return story if story is not None and hooks.may(actor, "mentoring.see_story", story) else None


@dataclass(frozen=True)
class Tellings:
    """Each time that teams told it: how often, before how many in all, and the latest of them."""

    times: int
    present: int
    rows: list[Outing]


def tellings(story: Story) -> Tellings:
    rows = Outing.objects.filter(story=story)
    summed = rows.aggregate(times=Count("pk"), present=Sum("present"))
    latest = rows.select_related("area", "team").order_by("-on", "-pk")[:LATELY]
    return Tellings(summed["times"], summed["present"] or 0, list(latest))


def versions(story: Story) -> list[Version]:
    """What was corrected, the latest first."""
    return list(story.versions.select_related("by").order_by("-number"))
