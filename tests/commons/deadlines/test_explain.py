"""The explanation in words."""

import datetime as dt
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from tests.commons.deadlines.conftest import MONTH, PLAIN, TWO_WEEKS, Chore
from tests.commons.deadlines.test_clocked import codes, law, press, presses, started, starts
from xianglin.commons.deadlines import queries
from xianglin.ui.due import DueView

pytestmark = pytest.mark.usefixtures("almanac")


def told(chore: Chore, today: date) -> DueView:
    view = queries.explain(chore, today)
    assert view is not None
    return view


def test_a_plain_month() -> None:
    view = told(started(), date(2026, 7, 21))
    assert view.sentences == ["发布会上提的事，一个月内办结。", "8 月 5 日是周三，上班，不用顺延。"]
    assert (view.days_left, view.due_on, view.basis) == (15, date(2026, 8, 5), "《村情发布会制度》第 6 条")
    assert not view.provisional
    assert not view.stopped


@pytest.mark.parametrize(
    ("start", "sentence"),
    [
        (date(2026, 5, 19), "6 月 19 日是端午节放假，顺延到 6 月 22 日周一。"),
        (date(2026, 7, 8), "8 月 8 日是周六，不上班，顺延到 8 月 10 日周一。"),
        (date(2026, 8, 20), "9 月 20 日是周日，调休上班，不用顺延。"),
        (date(2026, 9, 1), "10 月 1 日是国庆节放假，顺延到 10 月 8 日周四。"),
        (date(2026, 1, 31), "2 月没有 31 日，按月底那天算。"),
    ],
)
def test_holidays_are_named(start: date, sentence: str) -> None:
    assert sentence in told(started(on=start), start).sentences


def test_working_days_name_what_was_passed_over() -> None:
    view = told(started(TWO_WEEKS, date(2026, 9, 17)), date(2026, 9, 17))
    assert view.due_on == date(2026, 10, 8)
    assert view.sentences == [
        "发布会上提的事，10 个工作日内办结，从第二天数起。",
        "中间中秋节、国庆节放假，6 天不算在内。",
        "中间有 1 个周末调休上班，算在内。",
        "10 月 8 日是周四，上班，不用顺延。",
    ]


def test_pauses_are_told_with_their_reason() -> None:
    chore = started()
    chore.stop_clock(date(2026, 7, 26), "已答复")
    view = told(chore, date(2026, 7, 30))
    assert view.stopped
    assert view.due_on == date(2026, 8, 10)
    assert view.sentences[-1] == "7 月 26 日停表，还剩 11 天；今天恢复的话，8 月 10 日到期。"
    chore.resume_clock(date(2026, 8, 3))
    assert told(chore, date(2026, 8, 3)).sentences[1:] == [
        "7 月 26 日到 8 月 2 日停表（已答复），8 天不算在内。",
        "停表的日子补回来，算到 8 月 13 日。",
        "8 月 13 日是周四，上班，不用顺延。",
    ]


def test_a_late_stop_says_how_late() -> None:
    chore = started()
    chore.stop_clock(date(2026, 8, 9), "已答复")
    view = told(chore, date(2026, 9, 1))
    assert (view.days_left, view.stopped) == (-4, True)
    assert view.sentences[-1] == "8 月 9 日才停表，已经晚了 4 天。"


def test_a_year_without_its_notice_is_provisional() -> None:
    view = told(started(on=date(2026, 12, 4)), date(2026, 12, 4))
    assert view.provisional
    assert view.sentences[-2:] == [
        "2027 年放假安排还没公布，先按双休日算，公布后会自动改。",
        "2027 年 1 月 4 日是周一，上班，不用顺延。",
    ]


def test_not_rolled_where_the_rule_says_so() -> None:
    view = told(started(PLAIN, date(2026, 6, 12)), date(2026, 6, 12))
    assert view.sentences[-1] == "6 月 19 日到期，遇到放假也不顺延。"


def test_nothing_to_explain_before_the_start() -> None:
    assert queries.explain(Chore(), date(2026, 7, 1)) is None


def test_a_whole_list() -> None:
    views = queries.explain_all([started(), Chore(), started(TWO_WEEKS)], date(2026, 7, 6))
    assert [view and view.due_on for view in views] == [date(2026, 8, 5), None, date(2026, 7, 17)]


@law
@given(code=codes, start=starts, presses=presses)
def test_the_due_date_is_always_named(code: str, start: date, presses: list[tuple[int, str]]) -> None:
    chore, today = started(code, start), start
    with translation.override("zh-hans"):
        for days, what in [*presses, (0, "recompute")]:
            today += dt.timedelta(days=days)
            press(chore, what, today)
            view = told(chore, today)
            named = f"{view.due_on.month} 月 {view.due_on.day} 日"
            assert any(named in sentence for sentence in view.sentences), (view.due_on, view.sentences)


@law
@given(start=starts, month=st.just(MONTH))
def test_days_left_are_calendar_days(start: date, month: str) -> None:
    view = told(started(month, start), start)
    assert view.days_left == (view.due_on - start).days
