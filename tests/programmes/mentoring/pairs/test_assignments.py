"""五种形式: work is planned, done with a result that somebody vouches for, or dropped."""

import datetime as dt
from uuid import uuid4

import pytest

from tests.programmes.mentoring.pairs.conftest import Pair, told
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings.models import Milestone
from xianglin.programmes.mentoring.plans import actions, drawing, queries
from xianglin.programmes.mentoring.plans.models import Assignment, Form
from xianglin.programmes.mentoring.plans.rules import Work

MARCH, MAY = dt.date(2026, 3, 16), dt.date(2026, 5, 31)


def test_it_hangs_on_a_milestone_with_its_days(pair: Pair, trailed: object) -> None:
    one = pair.plan()
    step = Milestone.objects.get()
    assert (step.title, step.starts_on, step.due_on, step.pk) == ("跟着整治违建专班走完三户", MARCH, MAY, one.pk)
    assert [row.ability.name for row in one.serves.all()] == ["矛盾调解"]
    assert ("mentoring.plan_assignment", f"account:{pair.mentor.account_id}") in trailed(one)  # type: ignore[operator]
    assert told("mentoring.assignment_planned") == {"周小禾"}


def test_the_five_forms() -> None:
    assert [str(form.label) for form in Form] == [
        "多岗位锻炼",
        "基层墩苗磨练",
        "中心工作锤炼",
        "必要台阶历练",
        "急难险重任务考验",
    ]


def test_days_that_overlap_are_told_not_refused(pair: Pair) -> None:
    first = pair.plan()
    second = pair.plan("防汛值守", starts_on=MAY, due_on=dt.date(2026, 7, 1))
    rows = queries.assignments(pair.pairing)
    assert queries.overlapping(rows, second) == [first]
    actions.drop_assignment(first, actor=pair.mentor, reason="专班撤了")
    assert queries.overlapping(queries.assignments(pair.pairing), second) == []


def test_done_with_a_result_and_who_vouches(pair: Pair) -> None:
    one = pair.plan()
    said = {"result": "三户都谈下来了。", "attested_by": "王建国，执法办主任"}
    done = actions.finish_assignment(one, actor=pair.cadre, on=dt.date(2026, 3, 10), **said)
    step = Milestone.objects.get()
    assert (step.state, step.result, done.attested_by) == ("reached", "三户都谈下来了。", "王建国，执法办主任")
    assert pair.pairing.contact_on == dt.date(2026, 3, 10), "it is a sign of life of the pair"
    assert told("mentoring.assignment_finished") == {"王根水"}


def test_done_needs_a_witness_and_cannot_lie_ahead(pair: Pair) -> None:
    one = pair.plan()
    for said, code in (
        ({"result": "好", "attested_by": " "}, "mentoring.no_witness"),
        ({"result": " ", "attested_by": "王建国"}, "pairings.no_result"),
        ({"result": "好", "attested_by": "王建国", "on": dt.date(2026, 3, 11)}, "pairings.in_the_future"),
    ):
        with pytest.raises(Refused) as refused:
            actions.finish_assignment(one, actor=pair.cadre, **said)  # type: ignore[arg-type]
        assert refused.value.code == code
    assert Assignment.objects.get().attested_by == "" and Milestone.objects.get().state == "planned"


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"form": "other"}, "mentoring.form"),
        ({"where": " "}, "mentoring.no_where"),
        ({"due_on": dt.date(2026, 3, 1)}, "mentoring.work_dates"),
    ],
)
def test_refused(pair: Pair, more: dict[str, object], code: str) -> None:
    said = {"form": "urgent", "title": "防汛", "where": "镇里", "starts_on": MARCH, "due_on": MAY} | more
    with pytest.raises(Refused) as refused:
        actions.plan_assignment(pair.pairing, actor=pair.mentor, work=Work(**said))  # type: ignore[arg-type]
    assert refused.value.code == code and not Milestone.objects.exists()


def test_who_may(pair: Pair) -> None:
    one = pair.plan()
    for other in (pair.town.outsider, pair.town.beside, pair.town.here.clerk, pair.town.here.cadre):
        with pytest.raises(Forbidden):
            actions.finish_assignment(one, actor=other, result="好", attested_by="王建国")
        with pytest.raises(Forbidden):
            actions.drop_assignment(one, actor=other, reason="不做")
    actions.drop_assignment(one, actor=pair.officer, reason="专班撤了")
    assert Milestone.objects.get().result == "专班撤了"


def test_pressed_twice_it_is_planned_once(pair: Pair) -> None:
    key, work = uuid4(), Work("urgent", "防汛", "镇里", MARCH, MAY)
    for _again in range(2):
        actions.plan_assignment(pair.pairing, actor=pair.mentor, work=work, key=key)
    assert Assignment.objects.count() == 1


def test_where_its_bar_lies(pair: Pair) -> None:
    pair.plan()
    rows = [(row, []) for row in queries.assignments(pair.pairing)]
    told = drawing.timeline(rows, pair.pairing.starts_on, pair.pairing.ends_on, dt.date(2026, 3, 10))
    assert told is not None and len(told.months) == 12
    assert (told.first, told.last) == (dt.date(2026, 3, 1), dt.date(2027, 2, 28))
    (bar,) = told.bars
    assert told.months[0] < bar.x < told.months[1] and bar.x + bar.width == told.months[3]
    assert told.today is not None and told.today < bar.x
