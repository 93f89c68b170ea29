"""People stand and speak: each question is answered, split, or somebody's; none is lost before the next report."""

import datetime as dt
import uuid

import pytest
from django.test import Client

from tests.kernels.bulletins.conftest import REPORT, Desk
from tests.kernels.gatherings.conftest import running_conference
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import drafts
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries as gathering_queries
from xianglin.kernels.gatherings.models import Gathering, State
from xianglin.kernels.matters import rules as matter_rules
from xianglin.kernels.matters.models import How, Matter, Outcome, Receipt
from xianglin.kernels.matters.models import State as M
from xianglin.programmes.briefing import actions, months, queries, rules

RULES = "第一条 爱护公物。\n第十二条 鸡鸭白天要围栏，\n不得散养。\n第 13 条：垃圾分类投放。"


@pytest.fixture
def meeting(desk: Desk) -> Gathering:
    return running_conference(desk.here)


def ask(desk: Desk, meeting: Gathering, words: str = "隔壁的鸡鸭散养，跑到我菜地里。", name: str = "方菊英") -> Matter:
    return actions.ask(meeting, actor=desk.here.cadre, words=words, name=name)


def answer(desk: Desk, matter: Matter, **more: object) -> Matter:
    said: dict[str, object] = {
        "title": "鸡鸭跑到别家菜地",
        "category": "养殖",
        "public": True,
        "text": "白天围起来，村里出一半的钱。",
    }
    said |= {"speaker_id": desk.here.second.account_id} | more
    return actions.answer_question(matter, actor=desk.here.cadre, **said)  # type: ignore[arg-type]


class TestAnswering:
    def test_on_the_spot_it_is_the_speakers_answer_with_the_article_cited(self, desk: Desk, meeting: Gathering) -> None:
        actions.set_articles(desk.place, actor=desk.here.cadre, pasted=RULES)
        matter = ask(desk, meeting)
        article = rules.likely_article("隔壁的鸡鸭散养，跑到我菜地里。", queries.articles(desk.place))
        assert article is not None and article.number == 12
        answered = answer(desk, matter, article=article, content=True)
        told = "白天围起来，村里出一半的钱。（村规民约第 12 条：鸡鸭白天要围栏，不得散养）"
        assert (answered.state, answered.answer) == (M.SETTLED, told)
        given = answered.answers.get()
        assert (given.by_id, given.outcome) == (desk.here.second.account_id, Outcome.EXPLAINED)
        assert answered.author_words.get().how == How.ALOUD
        assert answered.asked.article == article

    def test_the_speaker_is_told_what_was_taken_down(self, desk: Desk, meeting: Gathering) -> None:
        answer(desk, ask(desk, meeting))
        page = as_account_of(desk.here.second).get("/notices/").content.decode()
        assert "您在会上的答复记下来了" in page

    def test_not_satisfied_before_everybody_it_goes_on(self, desk: Desk, meeting: Gathering) -> None:
        assert answer(desk, ask(desk, meeting), content=False).state == M.REOPENED

    def test_who_answers_does_not_speak_for_the_asker(self, desk: Desk, meeting: Gathering) -> None:
        with pytest.raises(Refused) as refusal:
            answer(desk, ask(desk, meeting), speaker_id=desk.here.cadre.account_id, content=True)
        assert refusal.value.code == "matters.own_answer"

    def test_a_name_in_the_answer_is_refused_and_nothing_is_changed(self, desk: Desk, meeting: Gathering) -> None:
        matter = ask(desk, meeting)
        with pytest.raises(Refused) as refusal:
            answer(desk, matter, text="方菊英家的菜地围起来。")
        assert refusal.value.code == "matters.leak"
        matter.refresh_from_db()
        assert (matter.state, matter.title) == (M.RECEIVED, "")


class TestPlacing:
    def test_a_task_has_somebody_and_a_month(self, desk: Desk, meeting: Gathering) -> None:
        matter = ask(desk, meeting, "上坞水压低。")
        task = actions.make_task(
            matter,
            actor=desk.here.cadre,
            title="上坞水压低",
            category="水利",
            public=True,
            account_id=desk.here.second.account_id,
        )
        assert (
            task.state == M.ASSIGNED and task.due_on is not None and task.due_on > clock.today() + dt.timedelta(days=27)
        )

    def test_without_anybody_it_is_no_task(self, desk: Desk, meeting: Gathering) -> None:
        with pytest.raises(Refused) as refusal:
            actions.make_task(ask(desk, meeting), actor=desk.here.cadre, title="没人管的", category="", public=True)
        assert refusal.value.code == "briefing.nobody_named"

    def test_of_two_parts_each_is_answered(self, desk: Desk, meeting: Gathering) -> None:
        whole = ask(desk, meeting, "毛竹林流转怎么算，签几年？")
        actions.split_question(whole, actor=desk.here.cadre, titles=["毛竹林流转的方式", "毛竹林流转的时限"])
        assert [m.title for m in queries.asked_at(meeting)] == ["毛竹林流转的方式", "毛竹林流转的时限"]
        for part in queries.asked_at(meeting):
            answer(desk, part, title=part.title, text="一年一付，签十年。")
        assert queries.unplaced(meeting) == []

    def test_a_matter_from_elsewhere_is_not_placed_here(self, desk: Desk, meeting: Gathering) -> None:
        with pytest.raises(Refused) as refusal:
            answer(desk, desk.here.say())
        assert refusal.value.code == "briefing.not_asked_here"


class TestClosing:
    def test_not_while_a_question_has_nobody(self, desk: Desk, meeting: Gathering) -> None:
        matter = ask(desk, meeting)
        with pytest.raises(Refused) as refusal:
            actions.close_conference(meeting, actor=desk.here.cadre)
        assert refusal.value.code == "briefing.unplaced"
        answer(desk, matter)
        assert actions.close_conference(meeting, actor=desk.here.cadre).state == State.ENDED

    def test_what_was_written_and_not_read_is_a_matter_with_its_askers_receipt(
        self,
        desk: Desk,
        meeting: Gathering,
    ) -> None:
        token = uuid.uuid4()
        gatherings.hand_in(meeting, token=token, words="公交一天只有两班。", name="潘根娣")
        actions.close_conference(meeting, actor=desk.here.cadre)
        (matter,) = queries.asked_at(meeting)
        assert matter.state == M.RECEIVED and matter.recorded_by_id is None
        code = matter_rules.code_of(token)
        assert Receipt.objects.get(matter=matter).code_hash == matter_rules.receipt_hash(code)

    def test_more_than_a_page_shows_are_all_taken(
        self, desk: Desk, meeting: Gathering, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(gathering_queries, "CAP", 2)
        for number in range(5):
            gatherings.hand_in(meeting, token=uuid.uuid4(), words=f"第 {number} 盏灯不亮。")
        assert actions.close_conference(meeting, actor=desk.here.cadre).state == State.ENDED
        assert len(queries.asked_at(meeting)) == 5

    def test_the_tally_counts_what_was_asked_and_settled(self, desk: Desk, meeting: Gathering) -> None:
        answer(desk, ask(desk, meeting), content=True)
        answer(desk, ask(desk, meeting, "狗没拴。", "李小燕"))
        actions.close_conference(meeting, actor=desk.here.cadre)
        (tally,) = queries.tallies(desk.place)
        assert (tally.asked, tally.settled) == (2, 1)


class TestFeedback:
    def next_month(self, desk: Desk) -> dt.datetime:
        return clock.now() + dt.timedelta(days=30)

    def test_all_that_was_asked_is_in_it_and_nothing_can_be_cut(self, desk: Desk, meeting: Gathering) -> None:
        answer(desk, ask(desk, meeting), content=True)
        hidden = answer(desk, ask(desk, meeting, "低保名单有问题。", "潘根娣"), title="低保怎么评", public=False)
        actions.close_conference(meeting, actor=desk.here.cadre)
        with clock.living_at(self.next_month(desk)):
            report = desk.opened()
            texts = [b.text for b in report.blocks.filter(section="feedback")]
            assert texts == [
                "“鸡鸭跑到别家菜地”：白天围起来，村里出一半的钱。提的人说办好了。",
                f"{hidden.slip}（内容不公开）：等提的人回话。",
            ]
            block = report.blocks.filter(section="feedback").earliest("position")
            with pytest.raises(Refused) as refusal:
                drafts.write_block(block, " ", edition=block.edition)
            assert refusal.value.code == "bulletins.must_stay"

    def test_nor_afterwards_by_a_correction(self, desk: Desk, meeting: Gathering) -> None:
        matter = answer(desk, ask(desk, meeting), content=True)
        actions.close_conference(meeting, actor=desk.here.cadre)
        with clock.living_at(self.next_month(desk)):
            report = desk.published()
            with pytest.raises(Refused) as refusal:
                bulletins.correct_bulletin(
                    report, actor=desk.here.cadre, texts={f"matter:{matter.pk}": ""}, reason="不想提了"
                )
            assert refusal.value.code == "bulletins.must_stay"


class TestMonths:
    """What an inspector sees of a month: not published, late, changed, questions left."""

    def told(self, desk: Desk, on: dt.date) -> months.Cell:
        with clock.living_at(dt.datetime.combine(on, dt.time(9), clock.SHANGHAI)):
            grid = months.grid(desk.here.cast.places.town, REPORT, on)
        return next(cells for village, cells in grid.rows if village == desk.place)[-1]

    def day(self, count: int) -> dt.date:
        return clock.today() + dt.timedelta(days=count)

    def fixed(self, desk: Desk, day: int) -> None:
        actions.set_party_day(desk.place, actor=desk.here.cadre, day=day, at=dt.time(19), venue="文化礼堂")

    def test_on_its_party_day_it_is_in_time(self, desk: Desk) -> None:
        self.fixed(desk, clock.today().day)
        desk.published()
        assert self.told(desk, self.day(5)).marks == (months.PUBLISHED,)

    def test_the_day_after_it_is_late_and_before_that_missing(self, desk: Desk) -> None:
        self.fixed(desk, clock.today().day - 2)
        assert self.told(desk, self.day(0)).marks == (months.NOT_SENT,)
        desk.published()
        cell = self.told(desk, self.day(5))
        assert (cell.marks, cell.days, cell.told) == ((months.LATE,), 2, "发晚了 2 天")

    def test_postponed_with_its_reason_it_is_no_breach(self, desk: Desk) -> None:
        self.fixed(desk, clock.today().day)
        held = actions.plan_conference(desk.place, actor=desk.here.cadre, period=f"{clock.today():%Y-%m}")
        assert held is not None
        gatherings.postpone_gathering(held, actor=desk.here.cadre, to_on=self.day(7), reason="台风")
        with clock.living_at(clock.now() + dt.timedelta(days=7)):
            desk.published()
        assert self.told(desk, self.day(9)).marks == (months.PUBLISHED,)

    def test_a_changed_party_day_counts_from_the_next_month(self, desk: Desk) -> None:
        self.fixed(desk, 5)
        self.fixed(desk, 28)
        fixed = queries.party_day(desk.place, f"{clock.today():%Y-%m}")
        assert fixed is not None and fixed.day == 5, "nobody moves the day that they missed"

    def test_a_question_past_its_day_is_said_with_their_number(self, desk: Desk, meeting: Gathering) -> None:
        matter = ask(desk, meeting)
        actions.make_task(
            matter,
            actor=desk.here.cadre,
            title="鸡鸭散养",
            category="",
            public=True,
            account_id=desk.here.second.account_id,
        )
        actions.close_conference(meeting, actor=desk.here.cadre)
        desk.published()
        with clock.living_at(clock.now() + dt.timedelta(days=60)):
            grid = months.grid(desk.here.cast.places.town, REPORT, clock.today())
        cell = next(cells for village, cells in grid.rows if village == desk.place)[-3]
        assert cell.shown[0] == (months.LEFT, "late", 1)


@pytest.mark.parametrize(
    ("written", "number"), [("12", 12), ("十二", 12), ("二十", 20), ("一百零三", 103), ("三", 3), ("九十九", 99)]
)
def test_numbers_of_articles_as_people_write_them(written: str, number: int) -> None:
    assert rules.number_of(written) == number


def as_account_of(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def test_who_looks_in_is_led_only_where_they_may_read(desk: Desk, meeting: Gathering) -> None:
    shown, hidden = answer(desk, ask(desk, meeting)), ask(desk, meeting, "我家的账对不上。")
    page = as_account_of(desk.supervisor).get(f"/meetings/{meeting.pk}/").content.decode()
    assert f"/v/{desk.place.code}/{shown.serial}/" in page and "/matters/" not in page.split("<main", 1)[1]
    assert hidden.slip in page
    page = as_account_of(desk.here.cadre).get(f"/meetings/{meeting.pk}/").content.decode()
    assert f"/matters/{shown.pk}/" in page and f"/matters/{hidden.pk}/" in page
