"""Accounts, what they were granted, and the short-lived rows that logging in needs."""

import datetime as dt
from typing import TYPE_CHECKING, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.hashers import is_password_usable
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.keys.sealing import blind_index

if TYPE_CHECKING:
    _Chars = models.CharField[str, str]
else:
    _Chars = models.CharField


class PasswordHash(_Chars):
    """A password's hash, told to the trail as set or not: the trail lives for years, a hash should not."""

    def value_to_string(self, obj: models.Model) -> str:
        return "set" if is_password_usable(getattr(obj, self.attname) or None) else ""


class PersonalText(_Chars):
    """What says who somebody is, told to the trail as a keyed fingerprint: that it changed, never what it says.

    Each person's key goes into it, so that two people of one name cannot be told from the trail either.
    """

    def value_to_string(self, obj: models.Model) -> str:
        value = getattr(obj, self.attname)
        return blind_index(f"trail:{obj.person_key_id}", value)[:32] if value else ""  # type: ignore[attr-defined]


class Account(AbstractBaseUser):
    """A person who logs in: staff by username and password, villagers and village cadres by phone code.

    Nobody is a superuser: every right is a grant. A phone is stored sealed, beside a keyed index and a mask.
    """

    last_login = None  # trailed instead; one write less at every log-in

    username = PersonalText(_("用户名"), max_length=64, unique=True)
    password = PasswordHash(_("密码"), max_length=128, blank=True)
    display_name = PersonalText(_("姓名"), max_length=40)
    pinyin = PersonalText(max_length=160, blank=True, editable=False)
    is_active = models.BooleanField(_("可以登录"), default=True)
    person_key = models.ForeignKey(
        "keys.PersonKey", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    phone = SealedField(null=True, editable=False)
    phone_index = models.CharField(max_length=64, unique=True, null=True, blank=True, editable=False)
    phone_mask = PersonalText(_("手机号"), max_length=16, blank=True, editable=False)
    home = models.ForeignKey(
        Area, verbose_name=_("所在地"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    opened_at = models.DateTimeField(editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = BaseUserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        verbose_name = _("账号")

    def __str__(self) -> str:
        return self.display_name

    @property
    def area(self) -> Area | None:
        """Where rights over the account itself are looked for."""
        return self.home

    @property
    def by_phone(self) -> bool:
        return self.phone_index is not None

    @property
    def county_id(self) -> int | None:
        return self.home.county_id if self.home is not None else None


class Department(models.Model):
    """A department of a county (组织部, 民政局): what a grant's scope may name."""

    county = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("部门"), max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["county", "key"], name="access_department_once")]

    def __str__(self) -> str:
        return self.name


class Grant(models.Model):
    """One role, in one area, for a time. Somebody posted to two areas (派驻干部) holds two rows.

    ``scope``: "" (everything the role covers), "programme:<key>" or "department:<key>".
    Leave, a substitute, a change of post are dates; both days count. One that was ended at once keeps the day on
    which it ended, as its holder may have acted that day, and does not count at the end of it (``ended_at``).
    """

    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = models.CharField(max_length=60)
    area = models.ForeignKey("areas.Area", on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(max_length=80, blank=True, default="")
    from_on = models.DateField()
    to_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(to_on__isnull=True) | Q(to_on__gte=models.F("from_on")), name="access_grant_dates"
            ),
            models.UniqueConstraint(
                fields=["account", "role", "area", "scope", "from_on"],
                condition=Q(ended_at__isnull=True),
                name="access_grant_once",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["area", "role"], name="access_grant_holders")]

    def __str__(self) -> str:
        return f"{self.role}@{self.area_id}"

    @property
    def county_id(self) -> int | None:
        return self.area.county_id

    def valid_on(self, day: dt.date) -> bool:
        last = self.to_on
        return self.from_on <= day and (last is None or day < last or (day == last and self.ended_at is None))


class SecondFactor(models.Model):
    """The secret that an account's authenticator app shares (TOTP, RFC 6238), sealed; good once confirmed."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, related_name="second_factor")
    secret = SealedField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)  # a code works once, even within its thirty seconds


class RecoveryCode(models.Model):
    """One of ten codes on paper for the day the authenticator is lost: a keyed hash, used once."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="recovery_codes")
    code_hash = models.CharField(max_length=64)
    used_at = models.DateTimeField(null=True)


class LoginCode(models.Model):
    """A code that was sent to a phone: keyed hashes only, five minutes of real time, five tries."""

    id = models.UUIDField(primary_key=True, editable=False)
    phone_index = models.CharField(max_length=64)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)


class Tally(models.Model):
    """How often something happened in the current window: what lock-out and SMS limits count.

    In the database, so that all web processes share it; keyed hashes, so that no address or name is kept.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    until = models.DateTimeField(db_index=True)


class Device(models.Model):
    """A browser that is logged in (已登录的设备), so that its owner can end it from elsewhere."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="devices")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    since = models.DateTimeField()


class DemoDoor(models.Model):
    """One door on the demonstration's home page: press it and stand in this person's shoes."""

    persona = models.SlugField(max_length=40, unique=True)
    label = models.CharField(max_length=60)
    blurb = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=50)
    account = models.ForeignKey(Account, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    opens = models.CharField(max_length=40, default="account")
    opens_with = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering: ClassVar = ["order", "persona"]
