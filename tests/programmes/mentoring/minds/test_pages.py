"""Each page and each form of 心理辅导, for everybody: who is not one of the few is told that there is nothing (404)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.mentoring.minds.conftest import Minds, carer_of
from tests.support.cast import actor_of
from xianglin.base.actor import Actor
from xianglin.commons.trail.models import Entry
from xianglin.programmes.mentoring.minds import actions
from xianglin.programmes.mentoring.minds.errands import to_care
from xianglin.programmes.mentoring.minds.models import Carer, Consent, Look, Talk

DAY = "2026-03-10"


def said(**more: str) -> dict[str, str]:
    return {"key": str(uuid4()), "talked_on": DAY, "next_on": "", "attention": "no"} | more


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def everybody(minds: Minds) -> dict[str, Actor]:
    return minds.others() | {"carer": minds.carer, "second": minds.second}


def opens(minds: Minds, name: str, *args: int, post: dict[str, str] | None = None) -> set[str]:
    """Who is answered by anything but 404."""
    address, found = reverse(f"mentoring:{name}", args=args), set()
    for who, actor in everybody(minds).items():
        client = minds.town.browser(actor)
        answer = client.get(address) if post is None else client.post(address, post)
        assert answer.status_code in (200, 302, 404, 405, 422), (who, answer.status_code)
        if answer.status_code not in (404, 405):
            found.add(who)
    return found


def test_what_is_noted_is_the_few_s(minds: Minds) -> None:
    few = {"carer", "second"}
    assert opens(minds, "mind", minds.consent_pk) == opens(minds, "note_talk", minds.consent_pk) == few
    assert opens(minds, "note_talk", minds.consent_pk, post=said()) == few
    assert Talk.objects.count() == 1, "the second sent the first one's key"
    assert Look.objects.count() == 6, "each time that a page said whose it is"
    assert opens(minds, "minds") == few | {"named in the next county"}
    far = body(minds.town.browser(minds.far), reverse("mentoring:minds"))
    assert "周小禾" not in far
    for name, args in (("minds", ()), ("mind", (minds.consent_pk,)), ("note_talk", (minds.consent_pk,))):
        answer = Client().get(reverse(f"mentoring:{name}", args=args))
        assert answer.status_code == 302 and answer["Location"].startswith("/login/")


def test_what_there_is_not_and_what_is_not_theirs_look_alike(minds: Minds) -> None:
    for who, actor in minds.others().items():
        client = minds.town.browser(actor)
        there = client.get(reverse("mentoring:mind", args=[minds.consent_pk]))
        not_there = client.get(reverse("mentoring:mind", args=[9999]))
        assert (there.status_code, not_there.status_code) == (404, 404), who
        assert there.content.decode().count("周小禾") == not_there.content.decode().count("周小禾"), who


def test_the_settings_are_the_county_officer_s(minds: Minds) -> None:
    counties = {"the county's officer", "the next county's officer"}
    assert opens(minds, "minds_settings") == opens(minds, "switch_minds") == opens(minds, "name_carer") == counties
    county = minds.town.browser(minds.town.county)
    shown = body(county, reverse("mentoring:minds_settings"))
    assert "陈知心" in shown and "孙知心" not in shown and "不足 10 人" in shown and "周小禾" not in shown
    carer = carer_of(minds.carer).pk
    actions.withdraw_minds(minds.town.cadre, actor=minds.town.cadres_self)
    assert opens(minds, "end_carer", carer, post={}) == {"the county's officer"}
    assert Carer.objects.get(pk=carer).to_on is not None
    assert minds.town.browser(minds.carer).get(reverse("mentoring:minds")).status_code == 404


def test_my_own_is_mine(minds: Minds) -> None:
    assert opens(minds, "own_mind") == {"the cadre", "another cadre"}, "each their own"
    actions.note_talk(minds.consent, actor=minds.carer, talked_on=minds.consent.from_on, attention=True)
    actions.read_mind(minds.consent, actor=minds.second)
    shown = body(minds.town.browser(minds.town.cadres_self), reverse("mentoring:own_mind"))
    assert "陈知心谈过" in shown and "需要关注" in shown and "谁看过" in shown and "李知心" in shown
    other = body(minds.town.browser(minds.another), reverse("mentoring:own_mind"))
    assert "陈知心谈过" not in other and "谁看过" not in other and "我愿意谈谈" in other


def test_yes_and_no_by_the_page(minds: Minds) -> None:
    another = minds.town.browser(minds.another)
    yes, no = reverse("mentoring:consent_minds"), reverse("mentoring:withdraw_minds")
    assert another.get(yes).status_code == 405
    assert another.post(yes).status_code == 302 and Consent.objects.filter(to_on=None).count() == 2
    assert another.post(no).status_code == 302 and another.post(no).status_code == 422
    assert Consent.objects.filter(to_on=None).count() == 1
    assert opens(minds, "consent_minds", post={}) == {"the cadre", "another cadre"}
    assert "心理辅导" in body(another, reverse("mentoring:growth"))


def test_a_reading_is_noted_each_time(minds: Minds) -> None:
    carer = minds.town.browser(minds.carer)
    for _again in range(2):
        assert "还没有谈过" in body(carer, reverse("mentoring:mind", args=[minds.consent_pk]))
    assert Look.objects.count() == Entry.objects.filter(action="mentoring.read_mind").count() == 2
    assert "周小禾" in body(carer, reverse("mentoring:minds"))
    (listed,) = Entry.objects.filter(action="mentoring.list_minds")
    assert listed.actor == minds.carer.ref


def test_what_waits_tells_of_somebody_and_not_of_whom(minds: Minds) -> None:
    carer = minds.town.browser(minds.carer)
    (errand,) = to_care(minds.carer.account_id)
    assert str(minds.consent_pk) not in errand.url.removesuffix("/1/")
    opened = carer.get(errand.url, follow=True)
    assert "周小禾" in opened.content.decode() and Look.objects.count() == 1
    assert carer.get(reverse("mentoring:mind_waiting", args=[2])).status_code == 404
    assert opens(minds, "mind_waiting", 1) == {"carer", "second"}


def test_a_talk_by_the_page(minds: Minds) -> None:
    carer = minds.town.browser(minds.carer)
    address = reverse("mentoring:note_talk", args=[minds.consent_pk])
    refused = carer.post(address, said(next_on="2026-03-01"))
    assert refused.status_code == 422 and "2026-03-01" in refused.content.decode()
    assert carer.post(address, said(attention="")).status_code == 422
    assert carer.post(address, said(attention="yes", content="不该有的话")).status_code == 302
    assert "不该有的话" not in str(list(Talk.objects.values()))
    today = body(minds.town.browser(minds.second), reverse("portal:today"))
    assert "有一位青年干部需要关心" in today and "周小禾" not in today
    assert "textarea" not in body(carer, address).split("</main>")[0].split("<main")[-1]


def test_switched_by_the_page(minds: Minds) -> None:
    county = minds.town.browser(minds.town.county)
    switch = reverse("mentoring:switch_minds")
    assert county.post(switch, {"key": str(uuid4()), "reason": ""}).status_code == 422
    assert county.post(switch, {"key": str(uuid4()), "reason": "不办了"}).status_code == 302
    shown = body(county, reverse("mentoring:minds_settings"))
    assert "不办了" in shown and "关心人" not in shown.split('id="before"')[1]
    assert county.get(reverse("mentoring:name_carer")).status_code == 404
    assert opens(minds, "mind", minds.consent_pk) == set()
    assert opens(minds, "own_mind") == {"the cadre"}, "something of theirs is still kept; of the other there is nothing"
    assert "心理辅导" not in body(minds.town.browser(minds.another), reverse("mentoring:growth"))


def test_named_by_the_page(minds: Minds) -> None:
    county = minds.town.browser(minds.town.county)
    address = reverse("mentoring:name_carer")
    refused = county.post(address, {"key": str(uuid4()), "who": "没有这个人"})
    assert refused.status_code == 422 and "没有这个人" in refused.content.decode()
    assert county.post(address, {"key": str(uuid4()), "who": "林组委"}).status_code == 302
    assert "林组委" in body(county, reverse("mentoring:minds_settings"))


@pytest.mark.parametrize("name", ["cadre", "cadre_paper"])
def test_a_file_says_nothing_of_it(minds: Minds, name: str) -> None:
    actions.note_talk(minds.consent, actor=minds.carer, talked_on=minds.consent.from_on, attention=True)
    args = [minds.town.cadre.pk] if name == "cadre" else [minds.town.cadre.pk, "docx"]
    answer = minds.town.browser(minds.town.officer).get(reverse(f"mentoring:{name}", args=args))
    assert answer.status_code == 200
    if name == "cadre":
        assert "心理" not in answer.content.decode()


def test_no_more_queries_for_more_rows(minds: Minds) -> None:
    def asked() -> list[int]:
        browser, counts = minds.town.browser(minds.carer), []
        for address in (
            reverse("mentoring:minds"),
            reverse("mentoring:mind", args=[minds.consent_pk]),
            reverse("portal:today"),
        ):
            browser.get(address)
            with CaptureQueriesContext(connection) as seen:
                assert browser.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    def noted(pk: int) -> None:
        consent = Consent.objects.get(pk=pk)
        actions.note_talk(consent, actor=minds.carer, talked_on=consent.from_on, attention=True)

    noted(minds.consent_pk)
    few = asked()
    for n in range(3):
        cadre = minds.town.enrol_cadre(f"干部{n}", f"1390000010{n}")
        noted(actions.consent_minds(cadre, actor=actor_of(cadre.account)).pk)
        noted(minds.consent_pk)
    assert asked() == few
