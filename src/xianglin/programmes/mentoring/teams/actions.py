"""Changes to who is in a team (by the officer), and what its members write down when they come back."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.action import action, changing
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.files.actions import keep_upload
from xianglin.commons.keys.sealing import new_key, open_all, seal
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import Source

from ..registers.rules import require_on, require_reason
from . import queries, rules
from .facts import Trip
from .lookup import one_listed
from .models import Heard, HeardKind, Member, Outing, OutingPhoto, Team, Went


@action("mentoring.open_team")
def open_team(area: Area, *, actor: Actor, kind: str, name: str, key: UUID | None = None) -> Team:
    """A team of this town or county, with nobody in it yet (建队)."""
    require_on(area)
    rules.require_seat(area)
    team = Team(kind=kind, name=rules.require_team(kind, name), opened_on=clock.today())
    team.place_in(area)
    try:
        with transaction.atomic():
            team.save(force_insert=True)
    except IntegrityError:
        raise Refused("mentoring.team_name", _("这里已经有一支队伍叫这个名字。请换一个名字。")) from None
    return team


@action("mentoring.end_team", subject=Team)
def end_team(team: Team, *, actor: Actor, reason: str, key: UUID | None = None) -> Team:
    """It goes out no more (撤队), and everybody is out of it; what it did stays."""
    rules.require_open(team)
    team.ended_because, team.ended_on = require_reason(reason), clock.today()
    team.save(update_fields=["ended_because", "ended_on"])
    leave(Member.objects.filter(team=team, to_on=None))
    return team


def leave(rows: Iterable[Member]) -> None:
    """Within an action: out of their teams from today on."""
    for member in rows:
        with changing(member):
            member.to_on = clock.today()
            member.save(update_fields=["to_on"])


@action("mentoring.add_member", subject=Team)
def add_member(team: Team, *, actor: Actor, who: str, key: UUID | None = None) -> Member:
    """Somebody of the team's place who stands in one of the registers, by name or telephone (入队)."""
    rules.require_open(team)
    account = one_listed(team.area, who)
    member = Member(team=team, account=account, from_on=clock.today())
    try:
        with transaction.atomic(), changing(member):
            member.save()
    except IntegrityError:
        raise Refused("mentoring.member_already", _("他已经在这支队伍里了。")) from None
    if account.pk != actor.account_id:
        hooks.tell(
            "mentoring.team_joined",
            account=account.pk,
            county_id=team.county_id or 0,
            variables={"link": reverse("mentoring:team", args=[team.pk])},
            dedupe=f"mentoring.team_joined:{member.pk}",
        )
    return member


@action("mentoring.remove_member", subject=Member)
def remove_member(member: Member, *, actor: Actor, key: UUID | None = None) -> Member:
    """Out of the team from today (离队); the outings they took part in stay theirs."""
    rules.require_in(member)
    member.to_on = clock.today()
    member.save(update_fields=["to_on"])
    return member


@action("mentoring.note_outing", subject=Team)
def note_outing(team: Team, *, actor: Actor, trip: Trip, key: UUID | None = None) -> Outing:
    """走出去: where they were, who went, before how many, and what they heard there."""
    rules.require_open(team)
    rules.require_trip(team, trip, queries.in_it_on(team, trip.on))
    story = queries.story_to_tell(team, trip.story_id) if trip.story_id is not None else None
    assert actor.account_id is not None  # a member of the team
    outing = Outing(team=team, on=trip.on, host=trip.host, present=trip.present, by_id=actor.account_id, story=story)
    outing.where, outing.topic = trip.where.strip(), trip.topic.strip()
    outing.place_in(trip.place)
    outing.key = new_key(team.county_id or 0)
    outing.save(force_insert=True)
    for account_id in sorted(set(trip.went)):
        _hang(Went(outing=outing, account_id=account_id))
    heard = [(HeardKind.OPINION, words) for words in trip.opinions]
    heard += [(HeardKind.HARDSHIP, words) for words in trip.hardships]
    for order, (kind, words) in enumerate(heard):
        _hang(Heard(outing=outing, kind=kind, words=seal(words.strip(), outing.key), order=order))
    for order, upload in enumerate(trip.uploads):
        file = keep_upload(upload, actor=actor, county_id=team.county_id or 0, key=outing.key)
        _hang(OutingPhoto(outing=outing, file=file, order=order))
    return outing


def _hang(row: Went | Heard | OutingPhoto) -> None:
    with changing(row):
        row.save(force_insert=True)


@action("mentoring.raise_heard", subject=Heard)
def raise_heard(heard: Heard, *, actor: Actor, key: UUID | None = None) -> Heard:
    """What was heard becomes a matter of the place where it was heard (转成事项); its words are kept there alone."""
    rules.require_not_raised(heard)
    words = open_all([heard.words])[0]
    if words is None:
        raise Refused("mentoring.heard_erased", _("这一件的内容已经按要求删除，不能再转。"))
    outing = heard.outing
    said = matters.Said(words=words, source=Source.VISIT, said_at=rules.said_at(outing))
    heard.matter = matters.raise_matter(outing.area, actor=actor, said=said)
    heard.words = None
    heard.save(update_fields=["matter", "words"])
    return heard
