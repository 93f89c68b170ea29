"""Decisions about series, sessions and who signs up for them, without writing anything."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from hmac import compare_digest

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused
from xianglin.base.registry import GatheringKind
from xianglin.commons.access import phones
from xianglin.engine.text import squash

from .models import Gathering, Registration, Series, State
from .models.seats import REASON_LENGTH
from .models.series import ABOUT_LENGTH, TITLE_LENGTH
from .rules import require_kind, require_public

VENUE_LENGTH = 60
NAME_LENGTH = 40
MOST_SEATS = 5000
HALF = Decimal("0.5")
SPARE_HOURS = 1  # that may be credited beyond the planned length: it went on longer
CORRECTED_WITHIN = dt.timedelta(days=30)
EARLY = dt.timedelta(hours=2)  # before the beginning, from when people are let in


@dataclass(frozen=True)
class Plan:
    """A session as somebody plans it. ``seats`` None: as many as come; ``hours`` None: as long as it lasts."""

    title: str
    on: dt.date
    at: dt.time
    ends_at: dt.time
    venue: str
    seats: int | None = None
    hours: Decimal | None = None


@dataclass(frozen=True)
class Guest:
    """Somebody whom another signs up: found by telephone among the accounts, else kept by name."""

    name: str
    phone: str = ""


def require_session_kind(key: str) -> GatheringKind:
    kind = require_kind(key)
    if not kind.officers:
        raise Refused("gatherings.no_sessions", _("这一类活动不用报名，也不分场次。请从它自己的页面去办。"), kind=key)
    return kind


def is_session(gathering: Gathering) -> bool:
    return bool(require_kind(gathering.kind).officers)


def require_named(title: str, most: int = TITLE_LENGTH) -> str:
    kept = require_public(title, empty=gettext("请写一句叫什么。"))
    if len(kept) > most:
        raise Refused("gatherings.too_long", _("写得太长了，最多 %(most)d 个字。请写短一些。") % {"most": most})
    return kept


def require_about(about: str) -> str:
    return require_named(about, ABOUT_LENGTH) if about.strip() else ""


def require_venue(venue: str) -> str:
    kept = venue.strip()
    if not kept or len(kept) > VENUE_LENGTH:
        told = _("请写在哪里，比如“镇文化站二楼”，最多 %(most)d 个字。")
        raise Refused("gatherings.venue", told % {"most": VENUE_LENGTH})
    return require_nothing_personal(kept, "gatherings.leak")


def require_when(kind: GatheringKind, on: dt.date, at: dt.time, ends_at: dt.time) -> None:
    today = clock.today()
    last = today + dt.timedelta(days=kind.ahead_days)
    if not today <= on <= last:
        raise Refused("gatherings.day_out_of_reach", _("请选今天到 %(last)s 之间的一天。") % {"last": last})
    if dt.datetime.combine(on, at, clock.SHANGHAI) <= clock.now():
        raise Refused("gatherings.time_has_passed", _("这个时间已经过了。请选晚一些的时间。"))
    if ends_at <= at:
        raise Refused("gatherings.ends_first", _("结束要比开始晚。请改一下时间。"))


def length_in_hours(at: dt.time, ends_at: dt.time) -> Decimal:
    """To the nearest half hour (课时按半小时算); a quarter counts as a half."""
    minutes = (ends_at.hour - at.hour) * 60 + ends_at.minute - at.minute
    return Decimal((2 * minutes + 30) // 60) / 2


def require_hours(hours: Decimal, at: dt.time, ends_at: dt.time) -> Decimal:
    most = length_in_hours(at, ends_at) + SPARE_HOURS
    if not 0 <= hours <= most or hours % HALF:
        told = _("课时按半小时算，这一次从 0 到 %(most)s 小时。请改一下。")
        raise Refused("gatherings.hours", told % {"most": most.normalize()})
    return hours


def require_seats(seats: int | None) -> int | None:
    if seats is not None and not 1 <= seats <= MOST_SEATS:
        raise Refused("gatherings.seats", _("座位要写 1 到 %(most)d 之间的数；不限就不写。") % {"most": MOST_SEATS})
    return seats


def require_seats_enough(seats: int | None, highest: int) -> None:
    """Nobody loses the seat they have."""
    if seats is not None and seats < highest:
        told = _("已经有人坐到 %(highest)d 号，座位不能比这少。")
        raise Refused("gatherings.seats_taken", told % {"highest": highest})


def require_series(series: Series, kind: str) -> None:
    if series.state != Series.State.OPEN or series.kind != kind:
        raise Refused("gatherings.series_ended", _("这个系列已经办完了。请另开一个，或者单独安排。"))


def require_planned(gathering: Gathering) -> None:
    if gathering.state != State.PLANNED or not is_session(gathering):
        told = _("这一场现在是“%(state)s”，不能这样办。请刷新看看最新情况。")
        raise Refused("gatherings.wrong_state", told % {"state": State(gathering.state).label}, state=gathering.state)


def require_before_start(gathering: Gathering) -> None:
    require_planned(gathering)
    if clock.now() >= gathering.starts:
        raise Refused("gatherings.started", _("已经开始了，报名截止了。要来的话，到现场签到就行。"))


def require_not_begun(gathering: Gathering) -> None:
    """What has begun is neither moved nor called off."""
    require_planned(gathering)
    if clock.now() >= gathering.starts:
        raise Refused("gatherings.begun", _("已经开始了，不能再改。办完了请按“结束”。"))


def require_begun(gathering: Gathering) -> None:
    require_planned(gathering)
    if clock.now() < gathering.starts:
        raise Refused("gatherings.not_begun", _("还没开始，不能结束。不办了的话，请按“不办了”。"))


def require_nobody_here(gathering: Gathering) -> None:
    if gathering.registrations.filter(present_at__isnull=False).exists():
        raise Refused("gatherings.somebody_here", _("已经有人签到了，不能再改期。"))


def require_its_day(gathering: Gathering) -> None:
    """People are ticked and let in on the day itself, neither before nor afterwards."""
    require_planned(gathering)
    if clock.today() != gathering.on:
        raise Refused("gatherings.not_its_day", _("只在当天签到。这一场在 %(day)s。") % {"day": gathering.on})


def may_enter_now(gathering: Gathering) -> bool:
    return (
        gathering.state == State.PLANNED and clock.today() == gathering.on and clock.now() >= gathering.starts - EARLY
    )


def require_doors_open(gathering: Gathering) -> None:
    """Who scans the code is there: from two hours before it begins."""
    require_its_day(gathering)
    if not may_enter_now(gathering):
        raise Refused("gatherings.too_early", _("还早。开始前两小时起可以签到。"))


def require_code(gathering: Gathering, code: str) -> None:
    if not gathering.code or not compare_digest(gathering.code.encode(), code.encode()):
        raise Refused("gatherings.wrong_code", _("这个码不对。请扫现场的签到码，或者请工作人员签到。"))


def require_seated(registration: Registration) -> None:
    if registration.state != Registration.State.SEATED:
        told = _("这一位现在是“%(state)s”，没有座位。")
        raise Refused("gatherings.not_seated", told % {"state": registration.get_state_display()})


def require_coming(registration: Registration) -> None:
    if registration.state == Registration.State.CANCELLED:
        raise Refused("gatherings.cancelled_already", _("已经退了，不用再退。"))
    if registration.present:
        raise Refused("gatherings.is_here", _("已经签到了，不能再退。"))


def no_seat_left() -> Refused:
    return Refused("gatherings.full", _("座位满了，今天排不上了。请留意下一场。"))


def require_correctable(gathering: Gathering) -> None:
    """After the end a tick is put right, with its reason, for a month."""
    if gathering.state != State.ENDED or gathering.ended_at is None:
        raise Refused("gatherings.wrong_state", _("这一场没有办成，不用改签到。"))
    if clock.now() > gathering.ended_at + CORRECTED_WITHIN:
        raise Refused("gatherings.too_late_to_correct", _("结束满一个月了，签到不能再改。"))


def require_reason(reason: str) -> str:
    return require_named(reason, REASON_LENGTH)


def require_guest(guest: Guest) -> str:
    kept = guest.name.strip()
    if not kept or len(kept) > NAME_LENGTH:
        raise Refused("gatherings.no_name", _("请写来的人叫什么。"))
    return kept


def require_phone(typed: str) -> str:
    """Eleven digits, or nothing."""
    if not typed.strip():
        return ""
    try:
        return phones.parse(typed)
    except ValidationError:
        raise Refused("gatherings.phone", _("手机号应是 11 位数字，以 1 开头。请核对一下。")) from None


def require_same_name(known: str, said: str) -> None:
    """Whose telephone it is, is not said to who asks."""
    if squash(known) != squash(said):
        raise Refused("gatherings.another_name", _("这个手机号登记的不是这个名字。请核对号码，或者不写号码。"))


def is_own(actor: Actor, registration: Registration) -> bool:
    return actor.account_id is not None and registration.account_id == actor.account_id
