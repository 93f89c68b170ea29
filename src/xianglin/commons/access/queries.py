"""Reads: who holds what, where somebody works, the demonstration's doors."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.registry import Text
from xianglin.commons.areas import queries as areas
from xianglin.commons.areas.models import Area

from . import rules, table
from .models import Account, DemoDoor, Device, Grant

WORKING = "access_working"


@dataclass(frozen=True)
class Post:
    """A grant as its holder knows it."""

    grant: Grant
    label: Text
    current: bool


class _Invitations(PasswordResetTokenGenerator):
    key_salt = "xianglin.access.invitation"


_invitations = _Invitations()

_held: ContextVar[dict[int, tuple[Grant, ...]] | None] = ContextVar("access_held", default=None)


@contextmanager
def remembered_grants() -> Iterator[None]:
    """Within (one request, one outermost action) an account's grants are read once, whoever asks."""
    token = _held.set({})
    try:
        yield
    finally:
        _held.reset(token)


def roles_that_may(action: str) -> set[str]:
    """The keys of the roles that the access table gives an action to, wherever."""
    return {key for row in table.ROWS.get(action, ()) for key in row.to}


def programme_of(grant: Grant) -> str:
    """The one programme that a grant is for, by its scope or by its role; blank: all that its place has on."""
    sort, _colon, key = grant.scope.partition(":")
    return key if sort == "programme" else table.ROLES[grant.role].programme


def forget_grants(account_id: int) -> None:
    (_held.get() or {}).pop(account_id, None)


def valid_on(day: dt.date) -> Q:
    """Grants that count on a day; on the day on which one was ended at once it counts no more."""
    until = Q(to_on__isnull=True) | Q(to_on__gt=day) | Q(to_on=day, ended_at__isnull=True)
    return Q(from_on__lte=day) & until & Q(account__is_active=True)


def grants_of(account_id: int, on: dt.date | None = None) -> tuple[Grant, ...]:
    """What an account may do on a day (default today), longest-held first, each with its area."""
    rows = Grant.objects.filter(valid_on(on or clock.today()), account_id=account_id)
    return tuple(rows.select_related("area").order_by("from_on", "pk"))


def reach(actor: Actor) -> tuple[Grant, ...]:
    """The actor's grants today; empty for everyone who is not an account."""
    if actor.account_id is None:
        return ()
    held = _held.get()
    if held is None:
        return grants_of(actor.account_id)
    if actor.account_id not in held:
        held[actor.account_id] = grants_of(actor.account_id)
    return held[actor.account_id]


def holds(actor: Actor, *roles: str) -> bool:
    return any(grant.role in roles for grant in reach(actor))


def home_area(actor: Actor) -> Area | None:
    """Where the actor's pages open: the first grant's area, else the account's home; None for all others."""
    grants = reach(actor)
    if grants:
        return grants[0].area
    if actor.account_id is None:
        return None
    return Account.objects.select_related("home").get(pk=actor.account_id).home


def working_grant(request: HttpRequest) -> Grant | None:
    """The grant that a request works under: the one chosen on the page, else the first; None without any."""
    grants = reach(rules.actor_of(request))
    if not grants:
        return None
    chosen = request.session.get(WORKING) if len(grants) > 1 else None
    return next((grant for grant in grants if grant.pk == chosen), grants[0])


def posts(request: HttpRequest) -> list[Post]:
    """Everything the reader holds, by name: what ``access/_working.html`` lets them change between."""
    here = working_grant(request)
    held = reach(rules.actor_of(request))
    return [Post(grant, table.ROLES[grant.role].label, grant == here) for grant in held if grant.role in table.ROLES]


def programmes_here(request: HttpRequest) -> set[str]:
    """The programmes that are on where the request works, asked once per request."""
    known: set[str] | None = getattr(request, "_programmes_here", None)
    if known is None:
        grant = working_grant(request)
        area = grant.area if grant else home_area(rules.actor_of(request))
        known = areas.programmes_on(area, clock.today()) if area else set()
        request._programmes_here = known  # type: ignore[attr-defined]
    return known


def accounts_with(role: str, area: Area, on: dt.date | None = None) -> QuerySet[Account]:
    """Who holds ``role`` at exactly this area on a day: a village's receiving post, a town's inspectors."""
    held = Grant.objects.filter(valid_on(on or clock.today()), role=role, area=area)
    return Account.objects.filter(pk__in=held.values("account_id")).order_by("pinyin", "pk")


def devices_of(account_id: int) -> list[Device]:
    """Browsers that are still logged in, newest first."""
    alive = Session.objects.filter(expire_date__gt=clock.real_now()).values("session_key")
    return list(Device.objects.filter(account_id=account_id, session_key__in=alive).order_by("-since"))


def invitation(account: Account) -> str:
    """The address where an invited account's owner chooses a password: good for three days, and once."""
    uid = urlsafe_base64_encode(force_bytes(account.pk))
    return reverse("access:invitation", args=[uid, _invitations.make_token(account)])


def invited(uid: str, token: str) -> Account | None:
    """The account an invitation's address is for; None where it is spent, too old or made up."""
    try:
        pk = int(urlsafe_base64_decode(uid))
    except ValueError:
        return None
    account = Account.objects.filter(pk=pk, is_active=True, phone_index=None).first()
    if account is None or account.has_usable_password() or not _invitations.check_token(account, token):
        return None
    return account


def demo_doors() -> list[DemoDoor]:
    """The doors of the demonstration's home page, in order."""
    return list(DemoDoor.objects.order_by("order", "persona"))
