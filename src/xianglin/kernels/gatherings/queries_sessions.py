"""Reads of series, sessions and who signed up for them."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.commons.access import phones
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.keys.sealing import open_all

from . import rules_sessions as rules
from .models import Gathering, Registration, Series, State

CAP = 100
IN_CALENDAR = dt.timedelta(days=60)  # so long a session stays in a calendar after its day

_WAITING, _CANCELLED = Registration.State.WAITING, Registration.State.CANCELLED


def session_for(actor: Actor, pk: int) -> Gathering | None:
    """The session, where it concerns the actor: who runs its kind there, who may sign up, who did."""
    found = Gathering.objects.select_related("area", "series", "key").filter(pk=pk).exclude(code="").first()
    if found is None or not rules.is_session(found):
        return None
    if hooks.may(actor, "gatherings.see", found) or registration_of(found, actor.account_id) is not None:
        return found
    return None


def registration_for(pk: int) -> Registration | None:
    return Registration.objects.select_related("gathering__area", "account").filter(pk=pk).first()


def series_for(actor: Actor, pk: int) -> Series | None:
    found = Series.objects.select_related("area").filter(pk=pk).first()
    return found if found is not None and hooks.may(actor, "gatherings.see", found) else None


def by_feed(feed: UUID) -> Series | None:
    return Series.objects.filter(feed=feed).first()


def in_calendar(series: Series) -> list[Gathering]:
    """What its calendar holds, the cancelled too: a calendar strikes them out."""
    rows = series.sessions.filter(on__gte=clock.today() - IN_CALENDAR)
    return list(rows.select_related("series").order_by("on", "at", "pk")[:CAP])


def sessions_of(series: Series) -> QuerySet[Gathering]:
    return series.sessions.order_by("-on", "-at", "-pk")


def open_series(area: Area, kind: str) -> QuerySet[Series]:
    """Of a place and all below it, those that go on, the newest first."""
    rows = Series.objects.filter(kind=kind, state=Series.State.OPEN)
    return in_area(rows, area).select_related("area").order_by("-pk")


# --- what is coming, what is over


def coming_in(area: Area, kind: str) -> QuerySet[Gathering]:
    """Planned, from today on, of a place and all below it."""
    rows = Gathering.objects.filter(kind=kind, state=State.PLANNED, on__gte=clock.today())
    return in_area(rows, area).select_related("area", "series").order_by("on", "at", "pk")


def coming_near(area: Area, kind: str) -> list[Gathering]:
    """What somebody of a place can go to: of the place and below it, and of the places above it. Two reads."""
    above = [pk for pk in area.ancestor_ids if pk is not None and pk != area.pk]
    rows = Gathering.objects.filter(kind=kind, state=State.PLANNED, on__gte=clock.today(), area_id__in=above)
    found = [*coming_in(area, kind)[:CAP], *rows.select_related("area", "series").order_by("on", "at", "pk")[:CAP]]
    return sorted(found, key=lambda one: (one.on, one.at, one.pk))[:CAP]


def over_in(area: Area, kind: str) -> QuerySet[Gathering]:
    """Ended or called off, the newest first."""
    rows = Gathering.objects.filter(kind=kind, state__in=(State.ENDED, State.CANCELLED))
    return in_area(rows, area).select_related("area", "series").order_by("-on", "-at", "-pk")


def to_end(area: Area, kind: str) -> QuerySet[Gathering]:
    """Whose day is over, and nobody said so: no hours are credited until then."""
    rows = Gathering.objects.filter(kind=kind, state=State.PLANNED, on__lt=clock.today())
    return in_area(rows, area).order_by("on", "pk")


# --- who signed up


def registration_of(gathering: Gathering, account_id: int | None) -> Registration | None:
    """The one that stands: a cancelled one is history."""
    if account_id is None:
        return None
    rows = gathering.registrations.filter(account_id=account_id).exclude(state=_CANCELLED)
    return rows.select_related("gathering").first()


def own_of(account_id: int | None, gatherings: Iterable[Gathering]) -> dict[int, Registration]:
    """Somebody's standing registrations for some sessions, by session; one read."""
    rows = Registration.objects.filter(account_id=account_id or 0, gathering__in=list(gatherings))
    return {row.gathering_id: row for row in rows.exclude(state=_CANCELLED)}


def attended(account_id: int, kind: str) -> QuerySet[Registration]:
    """Where somebody was and was credited hours, oldest first."""
    rows = Registration.objects.filter(account_id=account_id, state=Registration.State.SEATED, hours__gt=0)
    rows = rows.filter(gathering__kind=kind).select_related("gathering__series", "gathering__area")
    return rows.order_by("gathering__on", "gathering__at", "pk")


def account_by_phone(phone: str) -> Account | None:
    return Account.objects.filter(phone_index=phones.index_of(phone), is_active=True).first()


def place_in_queue(registration: Registration) -> int:
    """1: the next who gets a seat."""
    before = Registration.objects.filter(gathering_id=registration.gathering_id, state=_WAITING)
    return 1 + before.filter(pk__lt=registration.pk).count()


@dataclass(frozen=True)
class Listed:
    """A registration with the name and telephone of who has no account; the name stays empty once it is erased."""

    registration: Registration
    name: str
    phone: str


def roll(gathering: Gathering) -> list[Listed]:
    """Everybody by seat, then the queue in its order; who left is not there. Three reads."""
    rows = list(gathering.registrations.exclude(state=_CANCELLED).select_related("account").order_by("seat", "pk"))
    rows.sort(key=lambda one: (one.state == _WAITING, one.seat or 0, one.pk))
    texts = open_all([one for row in rows for one in (row.name, row.phone)])
    return [
        Listed(row, row.account.display_name if row.account else texts[2 * n] or "", texts[2 * n + 1] or "")
        for n, row in enumerate(rows)
    ]


def count_here(gathering: Gathering) -> int:
    return gathering.registrations.filter(present_at__isnull=False).count()
