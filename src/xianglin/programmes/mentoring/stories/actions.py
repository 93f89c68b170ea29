"""Changes to the library: a story comes in, is corrected, is withdrawn. Nothing is lost."""

from uuid import UUID

from xianglin.base import clock
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.commons.areas.models import Area
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.keys.sealing import new_key

from ..registers.rules import require_on
from ..teams.lookup import one_listed
from . import rules
from .models import Story, Version


@action("mentoring.note_story")
def note_story(place: Area, *, actor: Actor, said: rules.Telling, first: rules.First, key: UUID | None = None) -> Story:
    """A story of this place (收进故事库), once it holds nothing personal."""
    require_on(place)
    rules.require_place(place)
    kept = rules.require_telling(said)
    rules.require_first(first)
    assert actor.account_id is not None  # a storyteller or the officer
    story = Story(hall=first.hall.strip(), told_on=first.told_on, by_id=actor.account_id, teller_id=actor.account_id)
    if first.teller.strip():
        story.teller_id = one_listed(Area.objects.get(pk=place.county_id or 0), first.teller).pk
    _take(story, kept)
    story.place_in(place)
    county_id = place.county_id or 0
    for upload in first.uploads:
        story.picture = keep_upload(upload, actor=actor, county_id=county_id, key=new_key(county_id))
    story.save(force_insert=True)
    return story


def _take(story: Story, said: rules.Telling) -> None:
    story.title, story.text, story.period, story.source = said.title, said.text, said.period, said.source


@action("mentoring.correct_story", subject=Story)
def correct_story(story: Story, *, actor: Actor, said: rules.Telling, reason: str, key: UUID | None = None) -> Story:
    """It says something else from today (改正), and why; what it said before stays to be read."""
    rules.require_shown(story)
    kept = rules.require_telling(said)
    rules.require_another(story, kept)
    number = Version.objects.filter(story=story).count() + 1
    before = Version(story=story, number=number, until=clock.today(), reason=rules.require_why(reason))
    before.title, before.text, before.period, before.source = story.title, story.text, story.period, story.source
    assert actor.account_id is not None  # a storyteller or the officer
    before.by_id = actor.account_id
    with changing(before):
        before.save(force_insert=True)
    _take(story, kept)
    story.save(update_fields=["title", "text", "period", "source"])
    return story


@action("mentoring.withdraw_story", subject=Story)
def withdraw_story(story: Story, *, actor: Actor, reason: str, key: UUID | None = None) -> Story:
    """It is told no more (撤下), and why; the officer still reads it."""
    rules.require_shown(story)
    story.withdrawn_because, story.withdrawn_on = rules.require_why(reason), clock.today()
    story.save(update_fields=["withdrawn_because", "withdrawn_on"])
    return story
