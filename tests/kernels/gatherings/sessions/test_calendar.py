"""What a calendar reads: RFC 5545, to the octet."""

import datetime as dt
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.kernels.gatherings import actions
from xianglin.kernels.gatherings.ical import calendar, escaped, folded, uid

from .conftest import Garden, day

NOW = dt.datetime(2026, 3, 10, 1, tzinfo=dt.UTC)


def properties(text: str) -> dict[str, str]:
    """Unfolded, the last of each name."""
    lines = re.sub(r"\r\n[ \t]", "", text).split("\r\n")
    return dict(line.split(":", 1) for line in lines if line)


@pytest.mark.parametrize(
    "text", ["短", "长" * 40, "a" * 75, "a" * 76, "é" * 38, "👩‍🌾" * 12, "SUMMARY:" + "看杨梅园，" * 20]
)
def test_folded_at_75_octets_and_never_within_a_character(text: str) -> None:
    pieces = list(folded(text))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert "".join([pieces[0], *(piece[1:] for piece in pieces[1:])]) == text
    assert all(piece.startswith(" ") for piece in pieces[1:])


def test_escaped() -> None:
    assert escaped("a;b,c\\d\r\ne\nf") == r"a\;b\,c\\d\ne\nf"


def test_a_session(garden_here: Garden) -> None:
    walk = garden_here.walk(title="看园；剪枝, 施肥")
    text = calendar([(walk, "https://x.test/1/")], name="看园", now=NOW)
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:") and text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    told = properties(text)
    assert (told["DTSTART"], told["DTEND"]) == ("20260312T060000Z", "20260312T080000Z"), "14:00 in Shanghai"
    assert (told["DTSTAMP"], told["SEQUENCE"], told["STATUS"]) == ("20260310T010000Z", "0", "CONFIRMED")
    assert told["SUMMARY"] == "看园；剪枝\\, 施肥" and told["URL"] == "https://x.test/1/"


def test_moved_and_called_off_it_is_the_same_event(garden_here: Garden) -> None:
    walk = garden_here.walk()
    first = uid(walk)
    moved = actions.move_session(
        walk, actor=garden_here.clerk, on=day(5), at=walk.at, ends_at=dt.time(16), venue="山上", reason="下雨"
    )
    off = actions.call_off(moved, actor=garden_here.clerk, reason="还下雨")
    told = properties(calendar([(off, "https://x.test/1/")], name="看园", now=NOW))
    assert (told["UID"], told["SEQUENCE"], told["STATUS"]) == (first, "2", "CANCELLED")
    assert told["DTSTART"].startswith("20260315") and told["DESCRIPTION"] == "还下雨"
    assert first != uid(garden_here.walk())


def test_the_feed_of_a_series_needs_no_login_and_names_nobody(garden_here: Garden) -> None:
    series = actions.open_series(garden_here.town, actor=garden_here.clerk, title="看园")
    walk = garden_here.walk(series=series)
    garden_here.walk(title="别的")
    garden_here.goes(walk, "甲")
    answer = Client().get(reverse("gatherings:series_calendar", args=[series.feed]))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode()
    assert text.count("BEGIN:VEVENT") == 1 and f"/gatherings/sessions/{walk.pk}/" in re.sub("\r\n ", "", text)
    assert "甲" not in text and walk.code not in text
    unknown = reverse("gatherings:series_calendar", args=["00000000-0000-0000-0000-000000000000"])
    assert Client().get(unknown).status_code == 404


def test_one_session_to_take_along(garden_here: Garden) -> None:
    walk = garden_here.walk()
    address = reverse("gatherings:session_calendar", args=[walk.pk])
    answer = as_account(Account.objects.get(pk=garden_here.actor("甲").account_id)).get(address)
    assert "attachment" in answer["Content-Disposition"] and b"BEGIN:VEVENT" in answer.content
    with clock.living_at(clock.now()):
        assert Client().get(address).status_code == 302, "to log in"
