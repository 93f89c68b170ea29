import datetime as dt
import re

import pytest
from django.template import engines
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from xianglin.ui import due, marks
from xianglin.ui.due import DueView
from xianglin.ui.parts import TimelineRow, spark

TODAY = dt.date(2026, 7, 21)


def render(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize(
    ("left", "shape", "word", "tone"),
    [
        (15, "s-run", "还有 15 天", "run"),
        (4, "s-run", "还有 4 天", "run"),
        (3, "s-soon", "还有 3 天", "soon"),
        (1, "s-soon", "还有 1 天", "soon"),
        (0, "s-soon", "今天到期", "soon"),
        (-1, "s-late", "晚了 1 天", "late"),
        (None, "s-run", "在办", "run"),
    ],
)
def test_days_left_in_words(left, shape, word, tone):
    mark = marks.days_mark(left)
    assert (mark.shape, str(mark.word), mark.tone) == (shape, word, tone)


@pytest.mark.parametrize("make", [lambda: marks.days_mark(7), lambda: marks.days_mark(-7), lambda: marks.done_mark(7)])
def test_each_reads_it_in_their_own_language_whoever_came_first(make):
    with translation.override("en"):
        first = str(make().word)
    assert "天" not in first
    assert "7 天" in str(make().word)
    with translation.override("en"):
        assert str(make().word) == first


def test_from_how_many_days_on_it_is_soon():
    assert marks.days_mark(5, soon=5).tone == "soon"


def test_days_taken():
    assert str(marks.done_mark(9).word) == "9 天办好"
    assert str(marks.done_mark(0).word) == "当天办好"


def test_a_mark_of_an_unknown_shape_is_a_mistake():
    with pytest.raises(AssertionError):
        marks.Mark("s-what", "x")


def test_the_mark_shows_shape_and_word_and_escapes():
    html = render("{% mark m %}", m=marks.Mark("s-ok", "<b>", "ok"))
    assert "#s-ok" in html
    assert "&lt;b&gt;" in html
    assert 'class="state ok"' in html


def view(left: int, **more: object) -> DueView:
    due_on = TODAY + dt.timedelta(days=left)
    return DueView(left, due_on, dt.date(2026, 7, 5), TODAY, ["一个月内办结。"], "第 6 条", **more)


@pytest.mark.parametrize(("left", "tone"), [(15, "run"), (3, "soon"), (0, "soon"), (-2, "late")])
def test_the_due_dates_tone(left, tone):
    assert due.tone(view(left)) == tone


def test_a_stopped_clock_is_neither_late_nor_soon():
    html = render("{% due d %}", d=view(-2, stopped=True))
    assert "due-wait" in html
    assert "先不计时" in html
    assert "天前到期" not in html


def test_a_stopped_clock_says_why_and_till_when():
    html = render("{% due d %}", d=view(4, stopped=True, why_stopped="先停一停：等电工，5 月 30 日接着计时"))
    assert "先停一停：等电工，5 月 30 日接着计时" in html


def test_sentences_are_joined_as_the_language_writes_them():
    two = DueView(1, TODAY, TODAY, TODAY, ["One month. ", "A workday."])
    assert due.told(two) == "One month.A workday."
    with translation.override("en"):
        assert due.told(two) == "One month. A workday."


def test_the_due_date_explains_itself(story_day):
    html = render("{% due d open=True %}", d=view(15))
    assert re.search(r"<details[^>]* open>", html)
    for words in (
        "15<small>天",
        "8 月 5 日</time>到期",
        "为什么是这一天",
        "一个月内办结。",
        "依据：第 6 条",
        "7 月 5 日 起",
    ):
        assert words in html
    assert "style=" not in html


def test_today_and_provisional(story_day):
    html = render("{% due d %}", d=view(0, provisional=True))
    assert "due-today" in html
    assert "还没公布" in html


@given(
    started=st.dates(dt.date(2016, 1, 1), dt.date(2030, 1, 1)),
    length=st.integers(0, 400),
    now=st.integers(-5, 800),
)
def test_the_line_stays_within_its_box(started, length, now):
    due_on = started + dt.timedelta(days=length)
    today = started + dt.timedelta(days=now)
    line = due.line(DueView((due_on - today).days, due_on, started, today, []))
    assert 0 <= line.today <= 100
    assert 0 <= line.due <= 100
    assert line.passed <= line.due
    assert (line.today > line.due) == (max(today, started) > due_on)


def test_days_in_both_languages(story_day):
    day = dt.date(2026, 7, 21)
    assert ">7 月 21 日 星期二<" in render("{% day d %}", d=day)
    assert ">7 月 21 日<" in render("{% day d weekday=False %}", d=day)
    assert ">2025 年 7 月 1 日 星期二<" in render("{% day d %}", d=dt.date(2025, 7, 1))
    with translation.override("en"):
        assert ">21 July, Tuesday<" in render("{% day d %}", d=day)


def test_a_moment_is_told_in_local_time(story_day):
    at = dt.datetime(2026, 7, 20, 10, 20, tzinfo=dt.UTC)
    assert ">7 月 20 日 18:20<" in render("{% moment at %}", at=at)
    assert ">7 月 21 日<" in render("{% day at weekday=False %}", at=dt.datetime(2026, 7, 20, 20, tzinfo=dt.UTC))


def test_the_timeline_keeps_its_order_and_quotes(story_day):
    at = dt.datetime(2026, 7, 20, 10, 20, tzinfo=dt.UTC)
    rows = [
        TimelineRow(at, "s-ok", "ok", "派给章小满"),
        TimelineRow(at, "s-again", "", "退回：", who="水利站", quote="村内管网归村里"),
    ]
    html = render("{% timeline rows %}", rows=rows)
    assert html.index("派给章小满") < html.index("水利站")
    assert "<q>村内管网归村里</q>" in html


@pytest.mark.parametrize("values", [[], [3], [2, 2, 2], [3, 9, 1, 8]])
def test_a_spark_stays_in_its_box(values):
    line = spark(values)
    assert all(0 <= float(n) <= 120 for pair in line.points.split() for n in pair.split(","))
    assert 0 <= line.x <= 120
    assert 0 <= line.y <= 40
