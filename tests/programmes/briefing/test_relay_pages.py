"""给联户讲 on the telephone, 联户 on the cadre's desk: what they show, and what a press does."""

import uuid

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.briefing.conftest import Street
from tests.programmes.briefing.test_give_back import WORDS, bring
from tests.support.cast import SYSTEM
from xianglin.base.actor import Actor
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Grant
from xianglin.commons.people.actions import Door, note_household
from xianglin.kernels.matters.models import Matter, Source
from xianglin.kernels.matters.rules import code_of, spaced
from xianglin.programmes.briefing.models import Link, Told
from xianglin.programmes.briefing.relaying import rules

RELAY = "/relay/"


def page(street: Street, address: str = RELAY, who: Actor | None = None) -> str:
    answer = street.browser(who or street.representative).get(address)
    assert answer.status_code == 200, answer.status_code
    return str(answer.content.decode())


def press(street: Street, address: str = RELAY, **fields: object) -> int:
    sent = {"key": str(uuid.uuid4())} | fields
    return int(street.browser(street.representative).post(address, sent).status_code)


def relayed(street: Street) -> str:
    return reverse("briefing:relayed", args=[street.period])


class TestRelay:
    def test_what_to_say_and_to_whom(self, street: Street) -> None:
        shown = page(street)
        assert "3 月 10 日问了 1 件，办好 1 件。" in shown and "办好的：竹林碳汇分红怎么算。" in shown
        assert "有想法跟我说，我带到村里。" in shown and "http://testserver/v/330523103202/meeting/" in shown
        assert "您联 3 户，还有 3 户没讲" in shown
        assert "周阿根" in shown and "上坞 1号" in shown and "方桂英" not in shown

    def test_one_question_has_words_and_a_picture_of_its_own(self, street: Street) -> None:
        shown = page(street, f"{RELAY}?topic={street.topic.pk}")
        assert "【玉华村】竹林碳汇分红怎么算\n村里答复：六成按林地面积分，四成归村集体。" in shown
        picture = f"/v/{street.place.code}/relay/{street.period}/card.png?topic={street.topic.pk}"
        assert picture in shown
        answer = Client().get(picture)
        assert answer.status_code == 200 and answer.content.startswith(b"\x89PNG")

    def test_the_pressed_are_told(self, street: Street) -> None:
        assert press(street, households=street.ids(0, 1)) == 302
        assert "您联 3 户，还有 1 户没讲" in page(street)
        assert press(street, households=street.ids(0), no_objection="1") == 302
        assert press(street, everybody="1") == 302
        assert "您联 3 户，都讲到了" in page(street)
        assert Told.objects.count() == 3 and Told.objects.filter(no_objection=True).count() == 1

    def test_a_wrong_tick_has_its_press_and_a_second_press_does_no_harm(self, street: Street) -> None:
        assert "勾错了" not in page(street)
        press(street, households=street.ids(0))
        assert page(street).count("勾错了") == 1
        for _twice in range(2):
            assert press(street, untold=street.ids(0)[0]) == 302
        assert "您联 3 户，还有 3 户没讲" in page(street) and not Told.objects.exists()

    def test_of_one_question_it_is_kept_which(self, street: Street) -> None:
        press(street, f"{RELAY}?month={street.period}&topic={street.topic.pk}", households=street.ids(0))
        assert Told.objects.get().topic == street.topic

    def test_nobody_ticked_is_said_and_what_was_ticked_stays(self, street: Street) -> None:
        answer = street.browser(street.representative).post(RELAY, {"key": str(uuid.uuid4())})
        assert answer.status_code == 422 and "还没勾哪几户" in answer.content.decode()
        sent = {"key": str(uuid.uuid4()), "households": street.ids(0, 4)}
        answer = street.browser(street.representative).post(RELAY, sent)
        assert answer.status_code == 422 and f'value="{street.doors[0].pk}" checked' in answer.content.decode()

    def test_today_leads_there(self, street: Street) -> None:
        shown = page(street, "/today/")
        assert "有 1 份要给联户讲的" in shown and 'href="/relay/"' in shown and "说一句" in shown
        press(street, everybody="1")
        assert "有 1 份要给联户讲的" not in page(street, "/today/")

    def test_without_households_the_words_can_be_carried_all_the_same(self, street: Street) -> None:
        shown = page(street, who=street.other)
        assert "您还没有联户" in shown and "复制到群" in shown

    @pytest.mark.parametrize("asked", ["?month=2020-01", "?month=x"])
    def test_a_month_without_news_is_not_there(self, street: Street, asked: str) -> None:
        assert street.browser(street.representative).get(RELAY + asked).status_code == 404

    def test_the_menu_of_others_has_none_of_it(self, street: Street) -> None:
        shown = page(street, "/today/", who=street.desk.here.cadre)
        assert "给联户讲" not in shown and "/me/say/" not in shown


class TestGiveBack:
    def send(self, street: Street, **fields: object) -> int:
        return press(street, f"/relay/said/?month={street.period}&topic={street.topic.pk}", **fields)

    def test_what_he_said_goes_to_the_village_and_the_receipt_to_him(self, street: Street) -> None:
        browser, key = street.browser(street.representative), uuid.uuid4()
        address = f"/relay/said/?month={street.period}&household={street.doors[0].pk}"
        form = browser.get(address).content.decode()
        assert "周阿根（上坞 1号）说的" in form and f'value="{street.doors[0].pk}"' in form
        sent = {"households": street.ids(0), "words": WORDS, "named": "on", "key": str(key)}
        assert browser.post(address, sent)["Location"] == "/relay/kept/"
        kept = browser.get("/relay/kept/").content.decode()
        matter = Matter.objects.get(source=Source.RELAY)
        assert matter.slip in kept and spaced(code_of(rules.receipt_key(key))) in kept
        assert "带回 1 条" in browser.get(RELAY).content.decode()
        assert "周阿根　等着分派" in browser.get(RELAY).content.decode()
        assert WORDS not in browser.get(RELAY).content.decode(), "nothing of it stands on the telephone"

    @pytest.mark.parametrize(
        ("fields", "told"),
        [({}, "还没勾哪几户"), ({"words": WORDS}, "还没勾哪几户"), ({"words": WORDS, "named": "on"}, "不写名字")],
    )
    def test_what_is_missing_is_said_beside_it(self, street: Street, fields: dict[str, object], told: str) -> None:
        ticked = {"households": street.ids(0, 1)} if "named" in fields else {}
        sent = {"key": str(uuid.uuid4()), **fields, **ticked}
        answer = street.browser(street.representative).post("/relay/said/", sent)
        assert answer.status_code == 422 and told in answer.content.decode()
        assert str(fields.get("words", "")) in answer.content.decode()

    def test_the_receipt_is_nobody_elses(self, street: Street) -> None:
        bring(street, 0)
        assert street.browser(street.other).get("/relay/kept/").status_code == 302


class TestDesk:
    def test_the_cadre_ticks_a_whole_group(self, street: Street) -> None:
        cadre = street.browser(street.desk.here.cadre)
        address = reverse("briefing:link", args=[street.other.account_id])
        shown = cadre.get(address).content.decode()
        assert "徐文昌联着" in shown and "里坞" in shown
        sent = {"key": str(uuid.uuid4()), "groups": ["里坞"], "households": street.ids(2)}
        assert cadre.post(address, sent).status_code == 302
        held = Link.objects.filter(representative_id=street.other.account_id, to_on=None)
        assert sorted(held.values_list("household_id", flat=True)) == street.ids(2, 3, 4)
        listed = cadre.get(reverse("briefing:representatives")).content.decode()
        assert "联 2 户" in listed and "联 3 户" in listed

    def test_the_counts_open_their_records(self, street: Street) -> None:
        bring(street, 0, 1, topic_id=street.topic.pk)
        cadre = street.browser(street.desk.here.cadre)
        reports = cadre.get(reverse("briefing:reports")).content.decode()
        assert "3 户" in reports and "讲到了 2 户" in reports and "带回 1 条" in reports and relayed(street) in reports
        shown = cadre.get(relayed(street)).content.decode()
        assert "听了“竹林碳汇分红怎么算”说的" in shown and "2 户这么说" in shown
        assert "还有 1 户" in shown and "周阿根" in shown

    def test_of_another_village_there_is_nothing(self, street: Street) -> None:
        beside = street.browser(street.desk.here.beside)
        assert beside.get(reverse("briefing:link", args=[street.representative.account_id])).status_code == 404
        assert beside.get(relayed(street)).status_code == 404

    def test_who_serves_no_more_is_marked(self, street: Street) -> None:
        access.end_grant(Grant.objects.get(account_id=street.representative.account_id), actor=SYSTEM)
        listed = street.browser(street.desk.here.cadre).get(reverse("briefing:representatives")).content.decode()
        assert "不当村民代表了，请改由别人联" in listed


def test_more_doors_ask_no_more(street: Street) -> None:
    cadre = street.desk.here.cadre
    watched = [
        (street.representative, RELAY),
        (street.representative, f"{RELAY}?topic={street.topic.pk}"),
        (street.representative, "/relay/said/"),
        (cadre, relayed(street)),
        (cadre, reverse("briefing:link", args=[street.representative.account_id])),
    ]

    def counts() -> list[int]:
        found = []
        for who, address in watched:
            browser = street.browser(who)
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                assert browser.get(address).status_code == 200
            found.append(len(asked))
        return found

    bring(street, 0, topic_id=street.topic.pk)
    few = counts()
    for number in range(10, 30):
        street.doors.append(note_household(street.place, actor=cadre, door=Door(f"{number}号", "章阿婆", "上坞")))
    street.link(street.representative, *range(25))
    for number in range(1, 25):
        bring(street, number)
    assert counts() == few
    assert max(few) <= 35, few
