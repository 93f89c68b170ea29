"""Changes to accounts and grants. Logging in is not among them: signals trail it."""

import datetime as dt
import secrets
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import action
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Area
from xianglin.commons.keys import sealing
from xianglin.engine.text import pinyin_key

from . import factors, phones, queries, rules, sessions, table
from .models import Account, Department, Grant


@action("access.open_account")
def open_account(home: Area, *, actor: Actor, username: str, display_name: str, key: UUID | None = None) -> Account:
    """Open a staff account without a password: its owner sets one through an invitation (``invite``)."""
    account = _new_account(home, username, display_name)
    account.set_unusable_password()
    return _saved(account, Refused("access.name_taken", _("这个用户名有人用了。请换一个。")))


@action("access.open_phone_account")
def open_phone_account(
    home: Area | None, *, actor: Actor, phone: str, display_name: str = "", key: UUID | None = None
) -> Account:
    """Open an account that logs in by phone code. Without a name it is called by its masked number."""
    account = _new_account(home, f"phone-{secrets.token_hex(8)}", display_name or phones.mask(phone))
    account.set_unusable_password()
    assert account.person_key is not None
    account.phone = sealing.seal(phone, account.person_key)
    account.phone_index, account.phone_mask = phones.index_of(phone), phones.mask(phone)
    return _saved(account, Refused("access.phone_taken", _("这个手机号已经开过账号。请直接用验证码登录。")))


def _new_account(home: Area | None, username: str, display_name: str) -> Account:
    key = sealing.new_key(home.county_id or 0 if home else 0)
    return Account(
        username=username,
        display_name=display_name,
        pinyin=pinyin_key(display_name),
        home=home,
        person_key=key,
        opened_at=clock.now(),
    )


def _saved(account: Account, taken: Refused) -> Account:
    try:
        with transaction.atomic():
            account.save(force_insert=True)
    except IntegrityError:
        raise taken from None
    return account


@action("access.close_account", subject=Account)
def close_account(account: Account, *, actor: Actor, key: UUID | None = None) -> Account:
    """Nobody logs in with it any more, and every browser that is in is put out."""
    _require_another(account, actor)
    account.is_active, account.closed_at = False, clock.now()
    account.save(update_fields=["is_active", "closed_at"])
    sessions.end_all(account)
    queries.forget_grants(account.pk)
    return account


@action("access.invite", subject=Account)
def invite(account: Account, *, actor: Actor, key: UUID | None = None) -> Account:
    """Let its owner set a new password and authenticator; the old ones end. Then: ``queries.invitation``."""
    if account.by_phone:
        raise Refused("access.by_phone", _("这个账号用手机验证码登录，不需要密码。"))
    account.set_unusable_password()
    account.save(update_fields=["password"])
    factors.remove(account)
    sessions.end_all(account)
    return account


@action("access.accept_invitation", subject=Account)
def accept_invitation(account: Account, *, actor: Actor, password: str) -> Account:
    """The owner came through their invitation and chose a password; the link is spent by it.

    Whatever somebody tied to the account with the old password, however late it arrived, ends here too.
    """
    account.set_password(password)
    account.save(update_fields=["password"])
    factors.remove(account)
    sessions.end_all(account)
    return account


@action("access.set_display_name", subject=Account)
def set_display_name(account: Account, *, actor: Actor, display_name: str, key: UUID | None = None) -> Account:
    account.display_name, account.pinyin = display_name, pinyin_key(display_name)
    account.save(update_fields=["display_name", "pinyin"])
    return account


@action("access.grant")
def grant(
    area: Area,
    *,
    actor: Actor,
    account: Account,
    role: str,
    scope: str = "",
    from_on: dt.date | None = None,
    to_on: dt.date | None = None,
    key: UUID | None = None,
) -> Grant:
    """Give a role in an area from a day to a day, both included. Two areas are two grants."""
    starts = from_on or clock.today()
    _require_another(account, actor)
    rules.require_grantable(table.ROLES.get(role), account, area)
    rules.require_dates_in_order(starts, to_on)
    rules.require_scope(scope, area)
    rules.require_not_held(account, role, area, scope, starts, to_on)
    given = Grant(account=account, role=role, area=area, scope=scope, from_on=starts, to_on=to_on)
    try:
        with transaction.atomic():
            given.save(force_insert=True)
    except IntegrityError:
        raise rules.already_granted() from None
    queries.forget_grants(account.pk)
    return given


@action("access.end_grant", subject=Grant)
def end_grant(grant: Grant, *, actor: Actor, on: dt.date | None = None, key: UUID | None = None) -> Grant:
    """``on`` is the last day it counts, today or later; without it the grant ends at once."""
    today = clock.today()
    rules.require_endable(grant, on, today)
    if on is None or on < grant.from_on:
        grant.ended_at = clock.now()
    # One that has not begun ends on its first day, which by ``ended_at`` does not count.
    grant.to_on = max(on or today, grant.from_on)
    grant.save(update_fields=["to_on", "ended_at"])
    queries.forget_grants(grant.account_id)
    return grant


@action("access.add_department")
def add_department(county: Area, *, actor: Actor, slug: str, name: str, key: UUID | None = None) -> Department:
    department, _made = Department.objects.get_or_create(county=county, key=slug, defaults={"name": name})
    return department


def _require_another(account: Account, actor: Actor) -> None:
    """An administrator sees no personal data; a grant to themselves would open it."""
    if actor.account_id == account.pk:
        raise Refused("access.not_oneself", _("自己的账号和岗位要由别的管理员来改。"))
