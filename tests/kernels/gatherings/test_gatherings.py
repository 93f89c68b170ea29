"""Planned once, moved in time or not at all, counted against its quorum, ended when nobody waits."""

import datetime as dt
import uuid

import pytest
from django.utils.translation import override

from tests.kernels.gatherings.conftest import planned_conference, running_conference
from tests.kernels.matters.conftest import MORNING, Village
from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.trail.models import Entry
from xianglin.kernels.gatherings import actions, queries, rules
from xianglin.kernels.gatherings.models import State, Turn, Way


def days(count: int) -> dt.date:
    return clock.today() + dt.timedelta(days=count)


def counted(here: Village, due: int, present: int) -> rules.Quorum:
    meeting = planned_conference(here)
    actions.count_present(meeting, actor=here.cadre, counts={"representatives": (due, present), "nobody": (9, 9)})
    return rules.quorums(rules.require_kind(meeting.kind), meeting.presences.all())[0]


def test_a_second_plan_answers_the_first(here: Village) -> None:
    first = planned_conference(here, days(3))
    assert planned_conference(here, days(5)).pk == first.pk
    assert [item.text for item in first.agenda.all()][0] == "上期反馈"
    assert first.title == "玉华村 2026年3月 村情发布会"


def test_its_agenda_is_chinese_whoever_plans_it(here: Village) -> None:
    with override("en"):
        assert planned_conference(here).agenda.first().text == "上期反馈"  # type: ignore[union-attr]


def test_moved_with_its_reason_before_the_day_is_over(here: Village) -> None:
    meeting = planned_conference(here, days(2))
    moved = actions.postpone_gathering(meeting, actor=here.cadre, to_on=days(5), reason="台风，改到周日")
    assert (moved.on, moved.first_on) == (days(5), days(2))
    assert moved.postponements.get().reason == "台风，改到周日"
    assert Entry.objects.filter(action="gatherings.postpone").exists()


@pytest.mark.parametrize(
    ("moved_on", "to", "reason", "code"),
    [
        (3, 5, "忘了开", "gatherings.day_has_passed"),  # an excuse afterwards
        (0, 1, "提前", "gatherings.not_later"),
        (0, 90, "以后再说", "gatherings.day_out_of_reach"),
        (0, 5, " ", "gatherings.no_reason"),
        (0, 5, "请打 13812345678", "gatherings.leak"),
    ],
)
def test_not_moved_otherwise(here: Village, moved_on: int, to: int, reason: str, code: str) -> None:
    meeting = planned_conference(here, days(2))
    with clock.living_at(MORNING + dt.timedelta(days=moved_on)), pytest.raises(Refused) as refusal:
        actions.postpone_gathering(
            meeting, actor=here.cadre, to_on=MORNING.date() + dt.timedelta(days=to), reason=reason
        )
    assert refusal.value.code == code
    meeting.refresh_from_db()
    assert meeting.on == MORNING.date() + dt.timedelta(days=2)


def test_cancelled_it_can_be_planned_anew(here: Village) -> None:
    meeting = planned_conference(here)
    actions.cancel_gathering(meeting, actor=here.cadre, reason="疫情，这个月不开")
    assert planned_conference(here).pk != meeting.pk


@pytest.mark.parametrize(
    ("due", "present", "reached"), [(31, 21, True), (31, 20, False), (30, 20, True), (0, 0, False)]
)
def test_two_thirds_of_the_representatives(here: Village, due: int, present: int, reached: bool) -> None:
    assert counted(here, due, present).reached is reached


def test_the_microphone_first_then_slips_then_phones(here: Village) -> None:
    meeting = running_conference(here)
    actions.hand_in(meeting, token=uuid.uuid4(), words="垃圾桶满了。")
    actions.queue_speaker(meeting, actor=here.cadre, name="", way=Way.SLIP, words="路灯不亮。")
    actions.queue_speaker(meeting, actor=here.cadre, name="徐文昌")
    assert [one.words or one.name for one in queries.in_order(meeting)] == ["徐文昌", "路灯不亮。", "垃圾桶满了。"]


def test_what_is_handed_in_twice_is_stored_once(here: Village) -> None:
    meeting, token = running_conference(here), uuid.uuid4()
    first = actions.hand_in(meeting, token=token, words="垃圾桶满了。")
    assert actions.hand_in(meeting, token=token, words="垃圾桶满了。").pk == first.pk
    assert meeting.turns.count() == 1


def test_it_does_not_end_while_somebody_waits(here: Village) -> None:
    meeting = running_conference(here)
    written = actions.hand_in(meeting, token=uuid.uuid4(), words="垃圾桶满了。")
    standing = actions.queue_speaker(meeting, actor=here.cadre, name="徐文昌")
    with pytest.raises(Refused) as refusal:
        actions.end_gathering(meeting, actor=here.cadre)
    assert refusal.value.code == "gatherings.still_waiting"
    with pytest.raises(Refused) as refusal:
        actions.leave_turn(written, actor=here.cadre, note="不念了")
    assert refusal.value.code == "gatherings.written_stays", "what was written is never set aside"
    actions.leave_turn(standing, actor=here.cadre, note="先走了")
    actions.take_turn(written, actor=here.cadre)
    ended = actions.end_gathering(meeting, actor=here.cadre)
    assert ended.state == State.ENDED
    assert [one.words for one in queries.opened(Turn.objects.all())] == ["", ""], "erased with the gathering's key"


def test_nothing_is_handed_in_before_or_after(here: Village) -> None:
    meeting = planned_conference(here)
    with pytest.raises(Refused) as refusal:
        actions.hand_in(meeting, token=uuid.uuid4(), words="垃圾桶满了。")
    assert refusal.value.code == "gatherings.wrong_state"
