"""红色故事库: a story comes in, is told, corrected, withdrawn; insiders of the county read it."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture
from tests.programmes.mentoring.conftest import Town
from tests.programmes.mentoring.stories.conftest import TEXT, noted, telling
from tests.programmes.mentoring.teams.conftest import build_team, went_out
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.files.models import Kind
from xianglin.programmes.mentoring.registers.actions import end_mentor
from xianglin.programmes.mentoring.stories import actions, queries
from xianglin.programmes.mentoring.stories.models import Story, Version
from xianglin.programmes.mentoring.stories.rules import First
from xianglin.programmes.mentoring.teams.models import Team

EVERYBODY = ("officer", "county", "beside", "outsider", "mentors_self", "cadres_self")
OF_THE_COUNTY = set(EVERYBODY) - {"outsider"}


def opens(town: Town, name: str, *args: int) -> set[str]:
    address = reverse(f"mentoring:{name}", args=args)
    return {who for who in EVERYBODY if town.browser(getattr(town, who)).get(address).status_code == 200}


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def code(deed: Any) -> str:
    with pytest.raises(Refused) as refused:
        deed()
    return refused.value.code.removeprefix("mentoring.")


def test_a_storyteller_brings_it_in(town: Town, story: Story) -> None:
    assert (story.area, story.teller_id, story.shown) == (town.village, town.mentor.account_id, True)


def test_the_officer_writes_down_anothers(town: Town) -> None:
    story = noted(town, actor=town.officer, first={"teller": "周小禾"})
    assert (story.teller_id, story.by_id) == (town.cadre.account_id, town.officer.account_id)
    assert code(lambda: noted(town, actor=town.officer, first={"teller": "没有这个人"})) == "not_listed"


def test_by_nobody_else(town: Town) -> None:
    build_team(town, kind="listeners")
    for other in (town.mentors_self, town.cadres_self, town.beside, town.outsider, town.here.cadre):
        with pytest.raises(Forbidden):
            noted(town, actor=other)


@pytest.mark.parametrize(
    ("said", "first", "why"),
    [
        ({"title": " "}, {}, "story_title"),
        ({"text": ""}, {}, "story_text"),
        ({"period": ""}, {}, "story_period"),
        ({"source": ""}, {}, "story_source"),
        ({"text": "找他孙子，电话 13812345678。"}, {}, "story_personal"),
        ({}, {"hall": ""}, "story_hall"),
        ({}, {"told_on": dt.date(2030, 1, 1)}, "story_day"),
    ],
)
def test_what_is_refused(town: Town, said: dict[str, str], first: dict[str, Any], why: str) -> None:
    assert code(lambda: noted(town, actor=town.officer, first=first, **said)) == why
    assert not Story.objects.exists()


def test_sent_twice_it_is_once(town: Town, story: Story) -> None:
    key = uuid4()
    for _again in range(2):
        actions.correct_story(story, actor=town.mentors_self, said=telling(period="1944 年"), reason="记错了", key=key)
    assert Version.objects.count() == 1


def test_told_again_with_how_many_heard_it(town: Town, story: Story, storytellers: Team) -> None:
    for present in (62, 30):
        went_out(town, storytellers, story_id=story.pk, present=present)
    went_out(town, storytellers)
    told = queries.tellings(story)
    assert (told.times, told.present, len(told.rows)) == (2, 92, 2)
    assert [row.times for row in queries.stories(story.county_id)] == [2]


def test_corrected_what_stood_before_stays(town: Town, story: Story) -> None:
    said = telling(text="三个人藏在船舱里，是两天两夜。")
    actions.correct_story(story, actor=town.mentors_self, said=said, reason="老人说是两天")
    story.refresh_from_db()
    (before,) = queries.versions(story)
    assert (story.text, before.text, before.reason) == (said.text, TEXT, "老人说是两天")
    assert code(lambda: actions.correct_story(story, actor=town.officer, said=said, reason="再改")) == "story_same"
    leaking = telling(text="电话 13812345678")
    assert code(lambda: actions.correct_story(story, actor=town.officer, said=leaking, reason="改")) == "story_personal"
    assert code(lambda: actions.correct_story(story, actor=town.officer, said=telling(), reason=" ")) == "story_reason"


def test_corrected_and_withdrawn_by_its_teller_and_the_officer(town: Town, story: Story) -> None:
    for other in (town.cadres_self, town.beside, town.outsider, town.here.cadre):
        with pytest.raises(Forbidden):
            actions.correct_story(story, actor=other, said=telling(title="改"), reason="改")
        with pytest.raises(Forbidden):
            actions.withdraw_story(story, actor=other, reason="撤")
    end_mentor(town.mentor, actor=town.officer, reason="回老家了")
    with pytest.raises(Forbidden):
        actions.withdraw_story(story, actor=town.mentors_self, reason="撤")


def test_withdrawn_the_officer_still_reads_it(town: Town, story: Story, storytellers: Team) -> None:
    assert opens(town, "story", story.pk) == OF_THE_COUNTY
    actions.withdraw_story(story, actor=town.officer, reason="出处不实")
    assert opens(town, "story", story.pk) == {"officer", "county", "beside"}
    assert not queries.stories(story.county_id) and queries.stories(story.county_id, withdrawn=True)
    assert code(lambda: actions.withdraw_story(story, actor=town.officer, reason="再撤")) == "story_withdrawn"
    assert code(lambda: went_out(town, storytellers, story_id=story.pk)) == "outing_story"
    officer = town.browser(town.officer)
    assert "出处不实" in body(officer, reverse("mentoring:story", args=[story.pk]))
    assert "渡口的灯" in body(officer, reverse("mentoring:stories") + "?list=withdrawn")
    assert "渡口的灯" not in body(town.browser(town.cadres_self), reverse("mentoring:stories") + "?list=withdrawn")


def test_who_opens_what(town: Town, storytellers: Team) -> None:
    story = noted(town, actor=town.officer, first={"uploads": (send(picture(), Kind.PICTURE),)})
    assert opens(town, "stories") == set(EVERYBODY)
    assert opens(town, "story", story.pk) == opens(town, "story_picture", story.pk) == OF_THE_COUNTY
    assert opens(town, "note_story") == set(EVERYBODY), "both are storytellers here"
    assert opens(town, "correct_story", story.pk) == opens(town, "withdraw_story", story.pk) == {"officer", "county"}
    assert story.title not in body(town.browser(town.outsider), reverse("mentoring:stories"))


def test_by_the_pages(town: Town, storytellers: Team) -> None:
    mentor = town.browser(town.mentors_self)
    said = {
        "key": str(uuid4()),
        "title": "渡口的灯",
        "text": f"{TEXT}电话 13812345678",
        "period": "1943 年",
        "source": "村志",
        "place": town.village.name,
        "hall": "文化礼堂",
        "told_on": "2026-03-10",
        "teller": "",
    }
    refused = mentor.post(reverse("mentoring:note_story"), said)
    assert refused.status_code == 422 and TEXT in refused.content.decode()
    assert mentor.post(reverse("mentoring:note_story"), said | {"text": TEXT}).status_code == 302
    story = Story.objects.get()
    correct = reverse("mentoring:correct_story", args=[story.pk])
    fixed = said | {"key": str(uuid4()), "text": "改过的。", "reason": ""}
    assert mentor.post(correct, fixed).status_code == 422
    assert mentor.post(correct, fixed | {"reason": "老人说的"}).status_code == 302
    shown = body(mentor, reverse("mentoring:story", args=[story.pk]))
    assert "改过的。" in shown and TEXT in shown and "老人说的" in shown
    outing = reverse("mentoring:note_outing", args=[storytellers.pk])
    assert "渡口的灯" in body(mentor, outing)
    withdraw = reverse("mentoring:withdraw_story", args=[story.pk])
    assert mentor.post(withdraw, {"key": str(uuid4()), "reason": ""}).status_code == 422
    assert mentor.post(withdraw, {"key": str(uuid4()), "reason": "重复了"}).status_code == 302


def test_of_one_place(town: Town, story: Story) -> None:
    browser = town.browser(town.cadres_self)
    elsewhere = actions.note_story(town.place, actor=town.officer, said=telling(title="镇上的钟"), first=_first(story))
    assert {one.pk for one in queries.places(story.county_id)} == {town.village.pk, town.place.pk}
    shown = body(browser, reverse("mentoring:stories") + f"?place={town.village.pk}")
    assert story.title in shown and elsewhere.title not in shown
    assert elsewhere.title in body(browser, reverse("mentoring:stories") + "?place=x")


def _first(story: Story) -> Any:
    return First(story.hall, story.told_on)


def test_no_more_queries_for_more_rows(town: Town, story: Story, storytellers: Team) -> None:
    def asked() -> list[int]:
        browser, counts = town.browser(town.cadres_self), []
        for address in (reverse("mentoring:stories"), reverse("mentoring:story", args=[story.pk])):
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    went_out(town, storytellers, story_id=story.pk)
    few = asked()
    for n in range(4):
        noted(town, actor=town.officer, title=f"第 {n} 个")
        went_out(town, storytellers, story_id=story.pk)
        actions.correct_story(story, actor=town.officer, said=telling(title=f"又改 {n}"), reason="改")
    assert asked() == few
