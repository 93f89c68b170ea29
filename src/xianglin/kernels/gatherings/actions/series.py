"""A series opened and ended."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import InKind

from .. import rules_sessions as rules
from ..models import Series, State


@action("gatherings.open_series")
def open_series(place: InKind, *, actor: Actor, title: str, about: str = "", key: UUID | None = None) -> Series:
    """Sessions that belong together get a name (开一个系列)."""
    rules.require_session_kind(place.kind)
    assert actor.account_id is not None  # who opens one has an account
    series = Series(
        kind=place.kind,
        title=rules.require_named(title),
        about=rules.require_about(about),
        opened_by_id=actor.account_id,
        opened_at=clock.now(),
    )
    series.place_in(place.area)
    series.save(force_insert=True)
    return series


@action("gatherings.end_series", subject=Series)
def end_series(series: Series, *, actor: Actor, key: UUID | None = None) -> Series:
    """Nothing more comes of it (办完了), once no session of it is planned."""
    if series.state == Series.State.ENDED:
        return series
    if series.sessions.filter(state=State.PLANNED).exists():
        raise Refused("gatherings.sessions_planned", _("还有没办的场次。请先办完，或者说明不办了，再结束。"))
    series.state, series.ended_at = Series.State.ENDED, clock.now()
    series.save(update_fields=["state", "ended_at"])
    return series
