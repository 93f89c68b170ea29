"""讲到了: who linked a household told it, of the month or of one question; told twice is told once."""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from typing import Any

import pytest

from tests.kernels.matters.conftest import told
from tests.programmes.briefing.conftest import Street
from tests.programmes.briefing.test_give_back import bring
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.access.models import Grant
from xianglin.commons.notices.models import Notice
from xianglin.kernels.matters import actions as matters
from xianglin.programmes.briefing.kinds import REPRESENTATIVE
from xianglin.programmes.briefing.models import Told
from xianglin.programmes.briefing.relaying import queries
from xianglin.programmes.briefing.relaying.actions import relay, untell
from xianglin.programmes.briefing.relaying.errands import to_relay


def tell(street: Street, ids: Sequence[int], by: Actor | None = None, **more: Any) -> None:
    relay(street.place, actor=by or street.representative, period=street.period, household_ids=ids, **more)


def errands(street: Street, who: Actor) -> list[str]:
    (grant,) = Grant.objects.filter(account_id=who.account_id, role=REPRESENTATIVE).select_related("area")
    return [str(one.note) for one in to_relay(grant, who.account_id)]


def test_the_doors_that_were_ticked_are_told(street: Street, trailed: Callable[[Any], list[tuple[str, str]]]) -> None:
    tell(street, street.ids(0, 1))
    rows = Told.objects.order_by("household_id")
    assert [(row.household_id, row.topic_id, row.no_objection) for row in rows] == [
        (pk, None, False) for pk in street.ids(0, 1)
    ]
    assert trailed(rows[0]) == [("briefing.relay", street.representative.ref)]


def test_ticked_twice_it_stands_as_it_was_the_first_time(street: Street) -> None:
    tell(street, street.ids(0))
    with clock.living_at(clock.now() + dt.timedelta(days=2)):
        tell(street, street.ids(0))
    assert Told.objects.count() == 1 and Told.objects.get().at.date() == clock.now().date()


def test_a_double_press_counts_once(street: Street) -> None:
    key = uuid.uuid4()
    for _press in range(2):
        tell(street, street.ids(0), key=key)
    assert Told.objects.count() == 1


def test_one_question_is_told_by_itself_and_nothing_against_it_is_an_answer(street: Street) -> None:
    tell(street, street.ids(0))
    tell(street, street.ids(0), topic_id=street.topic.pk)
    tell(street, street.ids(0), topic_id=street.topic.pk, no_objection=True)
    assert [(row.topic_id, row.no_objection) for row in Told.objects.order_by("pk")] == [
        (None, False),
        (street.topic.pk, True),
    ]
    tell(street, street.ids(0), topic_id=street.topic.pk)
    assert Told.objects.latest("pk").no_objection, "a later tick takes nothing back"


def test_it_waits_for_him_until_all_have_heard_something(street: Street) -> None:
    assert errands(street, street.representative) == ["3 月村情发布会，还有 3 户没讲"]
    assert errands(street, street.other) == [], "who links nobody has nobody to tell"
    tell(street, street.ids(0, 1))
    assert errands(street, street.representative) == ["3 月村情发布会，还有 1 户没讲"]
    tell(street, street.ids(2), topic_id=street.topic.pk)
    assert errands(street, street.representative) == []


def test_the_next_months_news_waits_anew(street: Street) -> None:
    tell(street, street.ids(0, 1, 2))
    with clock.living_at(clock.now() + dt.timedelta(days=30)):
        street.desk.published()
        assert errands(street, street.representative) == ["4 月村情发布会，还有 3 户没讲"]


def test_the_representatives_are_told_once_a_month_without_a_name(street: Street) -> None:
    street.desk.published()  # the conference was over before: that told them already
    by_sms, in_app = Notice.Channel.SMS, Notice.Channel.IN_APP
    both = [street.representative.account_id, street.other.account_id]
    assert sorted(told("briefing.to_relay")) == sorted((who, by) for who in both for by in (by_sms, in_app))
    text = Notice.objects.filter(template="briefing.to_relay").first()
    assert text is not None and text.variables["title"] == "玉华村 2026年3月 村情发布会"


def test_a_report_alone_is_news_too(street: Street) -> None:
    Notice.objects.filter(template="briefing.to_relay").delete()
    with clock.living_at(clock.now() + dt.timedelta(days=30)):
        street.desk.published()
    assert {who for who, _by in told("briefing.to_relay")} == {
        street.representative.account_id,
        street.other.account_id,
    }


@pytest.mark.parametrize(
    ("ids", "more", "code"),
    [
        ((), {}, "briefing.nobody_ticked"),
        ((3,), {}, "briefing.not_linked"),
        ((0,), {"period": "2026-01"}, "briefing.nothing_to_relay"),
        ((0,), {"period": "三月"}, "briefing.nothing_to_relay"),
        ((0,), {"topic_id": 0}, "briefing.topic_gone"),
    ],
)
def test_what_cannot_be_is_said_kindly(street: Street, ids: tuple[int, ...], more: dict[str, Any], code: str) -> None:
    said = {"period": street.period, "household_ids": street.ids(*ids)} | more
    with pytest.raises(Refused) as refusal:
        relay(street.place, actor=street.representative, **said)
    assert refusal.value.code == code
    assert not Told.objects.exists()


def test_what_was_taken_off_the_board_is_relayed_no_more(street: Street) -> None:
    matters.publish_matter(
        street.topic, actor=street.desk.here.cadre, public=False, title=street.topic.title, reason="写了人名"
    )
    with pytest.raises(Refused) as refusal:
        tell(street, street.ids(0), topic_id=street.topic.pk)
    assert refusal.value.code == "briefing.topic_gone"


def test_another_representatives_doors_are_not_his(street: Street) -> None:
    with pytest.raises(Refused) as refusal:
        tell(street, street.ids(0), by=street.other)
    assert refusal.value.code == "briefing.not_linked"


@pytest.mark.parametrize("who", ["villager", "cadre", "beside", "clerk", "outsider"])
def test_nobody_else_ticks(street: Street, who: str) -> None:
    with pytest.raises(Forbidden):
        tell(street, street.ids(0), by=getattr(street.desk.here, who))


def test_a_wrong_tick_is_taken_back_by_who_ticked(
    street: Street, trailed: Callable[[Any], list[tuple[str, str]]]
) -> None:
    tell(street, street.ids(0, 1))
    wrong = Told.objects.get(household_id=street.ids(0)[0])
    for who in (street.other, street.desk.here.cadre, street.desk.here.villager):
        with pytest.raises(Forbidden):
            untell(wrong, actor=who)
    untell(wrong, actor=street.representative)
    assert [row.household_id for row in Told.objects.all()] == street.ids(1)
    assert ("briefing.untell", street.representative.ref) in trailed(wrong)
    assert errands(street, street.representative) == ["3 月村情发布会，还有 2 户没讲"]


def test_what_brought_an_answer_back_is_no_wrong_tick(street: Street) -> None:
    matter = bring(street, 0)
    with pytest.raises(Refused) as refusal:
        untell(matter.brought_back.get().told, actor=street.representative)
    assert refusal.value.code == "briefing.answered_already" and Told.objects.exists()


def test_counted_are_those_linked_and_those_told(street: Street) -> None:
    tell(street, street.ids(0, 1))
    news = queries.newest(street.place)
    assert news is not None
    heard = queries.heard(news)
    assert heard is not None and (heard.linked, heard.told, heard.brought) == (3, 2, 0)
    street.link(street.representative, 2)  # whoever was told stays counted
    again = queries.heard(news)
    assert again is not None and (again.linked, again.told) == (3, 2)


def test_told_of_one_question_is_not_told_of_another(street: Street) -> None:
    tell(street, street.ids(0), topic_id=street.topic.pk)
    tell(street, street.ids(1))
    other = street.desk.here.say(words="路灯不亮。")
    rows = queries.links_of(street.representative.account_id, street.place)

    def heard(topic: Any) -> list[bool]:
        return [bool(door.told) for door in queries.doors(rows, street.period, topic, actor=street.representative)]

    assert heard(None) == [True, True, False]
    assert heard(street.topic) == [True, True, False], "the month as a whole tells of it too"
    assert heard(other) == [False, True, False]
