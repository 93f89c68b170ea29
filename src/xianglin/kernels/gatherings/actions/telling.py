"""Telling those who signed up. Who has no account is told by SMS, where they left a telephone."""

from django.urls import reverse

from xianglin.base import hooks

from ..models import Gathering, Registration


def tell(
    registration: Registration, template: str, gathering: Gathering, mark: str = "", **variables: str | int | None
) -> None:
    if registration.account_id is None and registration.phone is None:
        return
    hooks.tell(
        template,
        account=registration.account_id,
        phone=registration.phone if registration.account_id is None else "",
        county_id=gathering.county_id or 0,
        variables={
            "title": gathering.title,
            "month": gathering.on.month,
            "day": gathering.on.day,
            "time": f"{gathering.at:%H:%M}",
            "link": reverse("gatherings:session", args=[gathering.pk]),
            **variables,
        },
        dedupe=f"{template}:{registration.pk}:{mark}",
    )


def tell_seat(registration: Registration) -> None:
    """What their signing up came to."""
    gathering = registration.gathering
    if registration.state == Registration.State.WAITING:
        tell(registration, "gatherings.queued", gathering)
    elif gathering.seats is None:
        tell(registration, "gatherings.noted", gathering)
    else:
        tell(registration, "gatherings.seated", gathering, seat=registration.seat)


def tell_all(gathering: Gathering, template: str, mark: str = "", **variables: str) -> None:
    """Everybody who has a seat or waits for one."""
    rows = gathering.registrations.exclude(state=Registration.State.CANCELLED)
    for registration in rows.order_by("pk"):
        tell(registration, template, gathering, mark, venue=gathering.venue, **variables)
