"""What each of the programme's figures counts, and what it does not."""

import datetime as dt
import uuid

import pytest

from tests.kernels.bulletins.conftest import Desk, desk
from tests.kernels.matters.conftest import ANSWER, MORNING, Village, at, receipt_of
from xianglin.base import clock
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import queries as read
from xianglin.kernels.indicators import queries
from xianglin.kernels.indicators.declare import REGISTRY
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter, Source

__all__ = ["desk"]
MARCH, APRIL, MAY = (dt.date(2026, month, 1) for month in (3, 4, 5))
LATE = at("2026-04-20")  # what was said on 10 March was due on 10 April


@pytest.fixture
def here(desk: Desk) -> Village:
    return desk.here


def told(name: str, *months: dt.date) -> list[int]:
    """The figure of all places, month by month."""
    return [queries.total(REGISTRY[f"briefing.{name}"], None, month) for month in months or (MARCH, APRIL)]


def answer(matter: Matter, by: Village, on: dt.datetime = MORNING) -> Matter:
    with clock.living_at(on):
        return actions.answer_matter(matter, actor=by.second, text=ANSWER)


def word(matter: Matter, settled: bool, on: dt.datetime = MORNING) -> Matter:
    with clock.living_at(on):
        return actions.settle_matter(matter, actor=receipt_of(matter), settled=settled)


def test_every_word_counts_once_on_the_day_it_came_in(here: Village) -> None:
    whole = here.say(words="路灯不亮，水管也漏。")
    actions.split_matter(whole, actor=here.cadre, titles=["路灯不亮", "水管漏"])
    one, same = here.given(), here.given()
    actions.link_duplicate(same, actor=here.cadre, parent_id=one.pk)
    assert told("matters_raised") == [3, 0]
    here.say(source=Source.ABOVE)
    accusation = here.say()
    actions.quarantine_matter(accusation, actor=here.cadre)
    assert told("matters_raised") == [3, 0], "what came from above and what is handed over is not villagers' business"


def test_an_answer_within_the_period_and_one_after_it(here: Village) -> None:
    quick, slow, never = here.given(), here.given(), here.given()
    answer(quick, here)
    assert (told("matters_to_answer"), told("matters_answered_in_time")) == ([1, 0], [1, 0])
    with clock.living_at(LATE):
        assert (told("matters_to_answer"), told("matters_answered_in_time")) == ([1, 2], [1, 0]), "two are overdue"
    answer(slow, here, LATE)
    with clock.living_at(at("2026-05-02")):
        assert (told("matters_to_answer"), told("matters_answered_in_time")) == ([1, 2], [1, 0])
        (_answered, due) = queries.rows_of(REGISTRY["briefing.matters_to_answer"], None, APRIL)
        assert (due.pk, due.counted_on) == (never.pk, dt.date(2026, 4, 10)), "on the day it was due"


def test_on_its_last_day_it_is_in_time_and_not_yet_due(here: Village) -> None:
    matter = here.given()
    with clock.living_at(at("2026-04-10", "23:30")):
        assert told("matters_to_answer") == [0, 0]
    answer(matter, here, at("2026-04-10", "23:45"))
    assert (told("matters_to_answer"), told("matters_answered_in_time")) == ([0, 1], [0, 1])


def test_a_clock_that_stands_is_not_late(here: Village) -> None:
    paused, deferred = here.given(), here.given()
    actions.suspend_work(paused, actor=here.second, reason="等材料到", until=dt.date(2026, 5, 20))
    actions.defer_matter(deferred, actor=here.second, reason="今年没有这笔钱", review_on=dt.date(2026, 12, 1))
    with clock.living_at(LATE):
        assert told("matters_to_answer") == told("tasks_due") == [0, 0]


def test_only_the_authors_word_settles(here: Village) -> None:
    done, silent = here.answered(), here.answered()
    assert (told("tasks_due"), told("tasks_settled_in_time")) == ([0, 0], [0, 0]), "an answer alone settles nothing"
    word(done, True, at("2026-03-15"))
    assert (told("tasks_due"), told("tasks_settled_in_time")) == ([1, 0], [1, 0])
    with clock.living_at(LATE):
        actions.note_attempt(silent, actor=here.clerk, note="没接")
        actions.close_unconfirmed(silent, actor=here.clerk)
        assert (told("tasks_due"), told("tasks_settled_in_time")) == ([1, 0], [1, 0]), "told apart, in neither"


def test_settled_after_a_late_answer_counts_as_due_alone(here: Village) -> None:
    late = answer(here.given(), here, LATE)
    with clock.living_at(LATE):
        assert told("tasks_due") == [0, 1], "missed already"
    word(late, True, at("2026-05-02"))
    with clock.living_at(at("2026-05-03")):
        assert (told("tasks_due", APRIL, MAY), told("tasks_settled_in_time", APRIL, MAY)) == ([0, 1], [0, 0])


def test_said_not_settled_it_goes_on_in_the_time_that_remained(here: Village) -> None:
    matter = here.answered()
    word(matter, False, at("2026-03-12"))
    assert told("tasks_due") == [0, 0]
    matter.refresh_from_db()
    answer(matter, here, at("2026-03-20"))
    word(Matter.objects.get(pk=matter.pk), True, at("2026-04-02"))
    assert (told("tasks_due"), told("tasks_settled_in_time")) == ([0, 1], [0, 1])


def test_a_duplicate_is_one_task(here: Village) -> None:
    one, same = here.given(), here.given()
    actions.link_duplicate(same, actor=here.cadre, parent_id=one.pk)
    answer(Matter.objects.get(pk=one.pk), here)
    word(Matter.objects.get(pk=one.pk), True)
    word(Matter.objects.get(pk=same.pk), True)
    assert (told("tasks_due"), told("tasks_settled_in_time")) == ([1, 0], [1, 0])
    assert told("matters_answered_in_time") == [2, 0], "each author got an answer"


def test_a_report_counts_when_it_is_published_and_each_correction_once(desk: Desk) -> None:
    bulletin = desk.reviewed()
    assert told("reports_published") == [0, 0]
    bulletin = bulletins.publish_bulletin(bulletin, actor=desk.here.cadre)
    origin = next(block["origin"] for block in read.standing_blocks(bulletin) if "sort" not in block)
    for number, moment in enumerate(("2026-03-20", "2026-04-01"), 1):
        with clock.living_at(at(moment)):
            changed = {origin: f"本月新装路灯 {number} 盏。"}
            bulletins.correct_bulletin(
                bulletin, actor=desk.here.cadre, texts=changed, reason="数错了", key=uuid.uuid4()
            )
    assert (told("reports_published"), told("reports_corrected")) == ([1, 0], [1, 1])
