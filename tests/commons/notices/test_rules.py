"""What a reply means, and when a phone may be told something."""

import datetime as dt

import pytest
from django.conf import LazySettings

from xianglin.base.clock import SHANGHAI
from xianglin.commons.notices import rules
from xianglin.commons.notices.models import Phone
from xianglin.kernels.matters.by_sms import NOT_SETTLED, SETTLED

CHOICES = (SETTLED, NOT_SETTLED)


@pytest.mark.parametrize(
    ("text", "meaning", "said"),
    [
        ("1", "1", ""),
        (" 1 ", "1", ""),
        ("１", "1", ""),
        ("２", "2", ""),
        ("1。", "1", ""),
        ("“1”", "1", ""),
        ("①", "1", ""),
        ("一", "1", ""),
        ("回1", "1", ""),
        ("我选2", "2", ""),
        ("1谢谢", "1", ""),
        ("好了", "1", ""),
        ("好 了！", "1", ""),
        ("修好了，谢谢您", "1", ""),
        ("没好", "2", ""),
        ("还没好", "2", ""),
        ("没有解决。", "2", ""),
        ("2，三楼还是没水", "2", "三楼还是没水"),
        ("2 三楼还是没水", "2", "三楼还是没水"),
        ("没好，三楼还是没水", "2", "三楼还是没水"),
        ("退订", "stop", ""),
        ("TD", "stop", ""),
        ("ｔｄ", "stop", ""),
        ("t", "stop", ""),
        ("", "unclear", ""),
        ("3", "unclear", ""),
        ("12", "unclear", ""),
        ("1 2", "unclear", ""),
        ("1，没好", "unclear", ""),
        ("2.5", "unclear", ""),
        ("2楼还没水", "unclear", ""),
        ("好的", "unclear", ""),  # perhaps only "I have read it"
        ("好了一半", "unclear", ""),
        ("什么时候来", "unclear", ""),
        ("您好", "unclear", ""),
        ("t恤", "unclear", ""),
    ],
)
def test_a_reply_is_read_generously_where_nobody_could_read_it_otherwise(text: str, meaning: str, said: str) -> None:
    assert rules.read(text, CHOICES) == rules.Read(meaning, said)


def at(time: str, day: int = 2) -> dt.datetime:
    return dt.datetime.fromisoformat(f"2026-03-{day:02d} {time}").replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (at("20:59:59"), at("20:59:59")),
        (at("21:00"), at("08:00", 3)),
        (at("23:59"), at("08:00", 3)),
        (at("00:00"), at("08:00")),
        (at("07:59:59"), at("08:00")),
        (at("08:00"), at("08:00")),
        (at("21:30").astimezone(dt.UTC), at("08:00", 3)),
    ],
)
def test_quiet_hours_go_over_midnight(settings: LazySettings, now: dt.datetime, then: dt.datetime) -> None:
    settings.SMS_QUIET = "21:00-08:00"
    assert rules.may_speak_at(now) == then


def test_without_quiet_hours_it_speaks_at_any_time(settings: LazySettings) -> None:
    settings.SMS_QUIET = ""
    assert rules.may_speak_at(at("03:00")) == at("03:00")
    settings.SMS_QUIET = "12:30-14:00"
    assert rules.may_speak_at(at("13:00")) == at("14:00")


def test_the_days_cap(settings: LazySettings) -> None:
    settings.SMS_PER_PHONE, settings.SMS_QUIET = 2, "21:00-08:00"
    phone = Phone(counted_on=dt.date(2026, 3, 2), count=2)
    assert not rules.may_send_another(phone, dt.date(2026, 3, 2))
    assert rules.may_send_another(phone, dt.date(2026, 3, 3))
    assert rules.next_morning(at("15:00")) == at("08:00", 3)
