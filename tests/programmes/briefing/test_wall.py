"""The sheet for the village's wall leads to its page, and counts what became of a conference's questions."""

import datetime as dt
import io

import pytest
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.commons.documents.conftest import read, text_of
from tests.kernels.bulletins.conftest import Desk
from tests.kernels.gatherings.conftest import running_conference
from tests.kernels.matters.conftest import MORNING
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.programmes.briefing import actions as briefing
from xianglin.programmes.briefing import wall as wall_paper


@pytest.fixture
def visitor(settings: object) -> Client:
    settings.ALLOWED_HOSTS = ["testserver"]  # type: ignore[attr-defined]
    return Client()


def wall(desk: Desk) -> str:
    return reverse("briefing:wall", args=[desk.place.code])


def test_before_the_first_report_it_only_invites(desk: Desk, visitor: Client) -> None:
    told = visitor.get(wall(desk))
    assert (told.status_code, told["Content-Type"], len(read(told.content).pages)) == (200, "application/pdf", 1)
    words = text_of(told.content)
    assert "玉华村" in words and "不用登录，扫一扫就能看" in words
    assert f"http://testserver/v/{desk.place.code}/" in words
    assert "最新一期" not in words and "问了" not in words


def test_it_counts_the_last_conference_that_a_report_has_told_of(desk: Desk, visitor: Client) -> None:
    here = desk.here
    for month, words in enumerate(("鸡鸭散养。", "灯不亮。")):
        with clock.living_at(MORNING + dt.timedelta(days=31 * month)):
            meeting = running_conference(here)
            for n in range(2 - month):
                asked = briefing.ask(meeting, actor=here.cadre, words=f"{n} 组{words}")
                briefing.answer_question(
                    asked,
                    actor=here.cadre,
                    title="问的事",
                    category="",
                    public=True,
                    speaker_id=here.second.account_id or 0,
                    text="办好了。",
                    content=True if n else None,
                )
            briefing.close_conference(meeting, actor=here.cadre)
            desk.published()
            words_on_it = text_of(visitor.get(wall(desk)).content)
            assert f"最新一期：{clock.today().year}年{clock.today().month}月" in words_on_it
            assert "上次问了2件，办好1件" in words_on_it, "the newest one's questions are told of next month"


def test_only_a_village_has_one(desk: Desk, visitor: Client) -> None:
    for code in (desk.here.cast.places.town.code, "999999999999"):
        assert visitor.get(reverse("briefing:wall", args=[code])).status_code == 404


def test_the_village_s_staff_find_it(desk: Desk, visitor: Client) -> None:
    cadre = as_account(Account.objects.get(pk=desk.here.cadre.account_id))
    assert wall(desk) in cadre.get(reverse("briefing:reports")).content.decode()


def test_a_picture_for_the_chat_group(desk: Desk, visitor: Client) -> None:
    meeting = running_conference(desk.here)
    asked = briefing.ask(meeting, actor=desk.here.cadre, words="路灯不亮。", name="方菊英")
    told = visitor.get(reverse("briefing:picture", args=[desk.place.code, meeting.pk]))
    picture = Image.open(io.BytesIO(told.content))
    assert (told["Content-Type"], picture.width) == ("image/png", 720)
    lines = wall_paper.card(desk.place, meeting, "http://testserver/").lines
    day = f"{clock.today().month}月{clock.today().day}日"
    assert lines == [f"{day}问了 1 件，办好 0 件", "还有 1 件"], "what is not public is counted, not shown"
    assert asked.public is False
