"""On the public board, under another title, and off it again; and an answer that was wrong."""

import pytest
from django.test import Client

from tests.kernels.matters.conftest import ANSWER, Village, receipt_of, steps, told
from xianglin.base.refused import Forbidden, Refused
from xianglin.commons.trail.models import Entry
from xianglin.kernels.matters import actions, queries
from xianglin.kernels.matters.models import Matter, State

pytestmark = pytest.mark.usefixtures("morning")


def public(here: Village) -> Matter:
    return actions.publish_matter(here.given(name="徐阿珍"), actor=here.cadre, title="桥头灯不亮", public=True)


def shown(matter: Matter) -> bool:
    return queries.public_matter(matter.area, matter.serial) is not None


def test_what_came_in_a_sheet_gets_onto_the_board(here: Village) -> None:
    matter = public(here)
    assert shown(matter) and steps(matter)[-1] == "published"


def test_what_stood_there_changes_with_a_reason_only(here: Village) -> None:
    matter = public(here)
    for title, still in (("桥头路灯不亮", True), ("桥头灯不亮", False)):
        with pytest.raises(Refused) as refusal:
            actions.publish_matter(matter, actor=here.clerk, title=title, public=still)
        assert refusal.value.code == "matters.no_reason_to_change"
    matter = actions.publish_matter(matter, actor=here.clerk, title="2 组桥头灯不亮", public=True, reason="写明是几组")
    matter = actions.publish_matter(matter, actor=here.clerk, title=matter.title, public=False, reason="说到了邻居")
    assert not shown(matter) and steps(matter)[-2:] == ["retitled", "unpublished"]


def test_nothing_personal_in_the_title_or_the_reason(here: Village) -> None:
    matter = public(here)
    for title, reason in (("徐阿珍家灯不亮", "改一改"), ("灯不亮", "徐阿珍要改"), ("打 13912345678", "改")):
        with pytest.raises(Refused) as refusal:
            actions.publish_matter(matter, actor=here.cadre, title=title, public=True, reason=reason)
        assert refusal.value.code == "matters.leak"


@pytest.mark.parametrize("who", ["second_villager", "villager", "beside", "inspector", "officer", "outsider"])
def test_not_theirs_to_publish(here: Village, who: str) -> None:
    with pytest.raises(Forbidden):
        actions.publish_matter(here.given(), actor=getattr(here, who, here.villager), title="灯", public=True)


def test_what_its_author_took_back_is_off_the_board(here: Village) -> None:
    matter = public(here)
    matter = actions.withdraw_matter(matter, actor=receipt_of(matter))
    assert not shown(matter)
    with pytest.raises(Refused) as refusal:
        actions.publish_matter(matter, actor=here.cadre, title="灯", public=True)
    assert refusal.value.code == "matters.not_for_the_board"


def test_a_wrong_answer_is_corrected_in_the_open(here: Village) -> None:
    matter = actions.answer_matter(public(here), actor=here.second, text="老陈家门口的灯 6 月 1 日换好了。")
    better = "灯 6 月 2 日换好了。"
    for who in (here.cadre, here.second):
        matter = actions.correct_answer(matter, actor=who, text=better, reason="日子写错了，也不该写别人家")
    assert (matter.answer, matter.state) == (better, State.ANSWERED)
    page = Client().get(f"/v/{here.place.code}/{matter.serial}/").content.decode()
    assert better in page and "日子写错了" in page and "老陈" not in page
    assert "老陈" not in "".join(matter.steps.values_list("text", flat=True))
    assert Entry.objects.filter(action="matters.correct_answer", before__contains="老陈").exists()


def test_its_author_hears_of_the_correction(here: Village) -> None:
    matter = here.answered(phone="13800000077")
    actions.correct_answer(matter, actor=here.cadre, text="后天换。", reason="日子写错了")
    assert told("matters.corrected") == [(None, "sms")]


def test_nothing_to_correct_before_an_answer(here: Village) -> None:
    with pytest.raises(Refused) as refusal:
        actions.correct_answer(here.given(), actor=here.cadre, text=ANSWER, reason="改")
    assert refusal.value.code == "matters.nothing_to_correct"
