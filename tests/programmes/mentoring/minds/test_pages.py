"""Each page and each form of 心理辅导, for everybody: who is not one of the few is told that there is nothing (404)."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.programmes.mentoring.minds.conftest import Minds, carer_of
from tests.support.cast import SYSTEM, actor_of, by_password
from xianglin.base.actor import Actor
from xianglin.commons.access.actions import end_grant
from xianglin.commons.access.queries import grants_of
from xianglin.commons.trail.models import Entry
from xianglin.programmes.mentoring.minds import actions
from xianglin.programmes.mentoring.minds.errands import to_care
from xianglin.programmes.mentoring.minds.models import Carer, Consent, Look, Talk
from xianglin.programmes.mentoring.urls import urlpatterns

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


def name_another(minds: Minds, name: str = "赵知心") -> Actor:
    county = minds.town.here.cast.places.county
    another = actor_of(by_password(f"zz-more-{name}", name, county, "observer"))
    actions.name_carer(county, actor=minds.town.county, who=name)
    return another


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
    kept = county.post(reverse("mentoring:end_carer", args=[carer]))
    assert kept.status_code == 422 and "请先再定一位" in kept.content.decode()
    name_another(minds)
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
    opened = carer.get(errand.url)
    assert opened.status_code == 200, "no redirect: its address would tell who, with nothing noted"
    assert "周小禾" in opened.content.decode() and Look.objects.count() == 1
    assert carer.get(reverse("mentoring:mind_waiting", args=[2])).status_code == 404
    assert opens(minds, "mind_waiting", 1) == {"carer", "second"}


def addresses_of_somebody(minds: Minds) -> list[str]:
    """Every address below minds/ that takes a number, besides the settings' of a carer."""
    numbers = {"consent_pk": minds.consent_pk, "line": 1}
    found = []
    for pattern in urlpatterns:
        taken = set(pattern.pattern.converters)
        if str(pattern.pattern).startswith("mentoring/minds/") and taken and taken != {"carer_pk"}:
            found.append(reverse(f"mentoring:{pattern.name}", kwargs={name: numbers[name] for name in taken}))
    return found


def test_no_page_of_somebody_goes_unnoted(minds: Minds) -> None:
    """A new page that takes a number is asked here too."""
    carer, addresses = minds.town.browser(minds.carer), addresses_of_somebody(minds)
    assert len(addresses) >= 3
    for deed in (carer.get, carer.head, carer.post):
        for address in addresses:
            before = Look.objects.count(), Entry.objects.filter(action="mentoring.read_mind").count()
            answer = deed(address)
            after = Look.objects.count(), Entry.objects.filter(action="mentoring.read_mind").count()
            if answer.status_code == 405:
                continue
            assert answer.status_code in (200, 422), (address, answer.status_code)
            assert [now - then for now, then in zip(after, before, strict=True)] == [1, 1], address
            assert "周小禾" not in answer.content.decode().split("</title>")[0], "a browser keeps titles"


def test_the_way_in_is_the_few_s_and_goes_when_it_is_off(minds: Minds) -> None:
    def see_it() -> set[str]:
        way = f'href="{reverse("mentoring:minds")}"'
        return {who for who, one in people.items() if way in body(minds.town.browser(one), reverse("portal:today"))}

    people = {"carer": minds.carer, "second": minds.second, "officer": minds.town.county, "cadre": minds.another}
    assert see_it() == {"carer", "second"}
    actions.note_talk(minds.consent, actor=minds.carer, talked_on=minds.consent.from_on)
    assert not to_care(minds.carer.account_id) and see_it() == {"carer", "second"}, "with nothing waiting too"
    name_another(minds)
    actions.end_carer(carer_of(minds.carer), actor=minds.town.county)
    assert see_it() == {"second"}
    actions.switch_minds(minds.town.here.cast.places.county, actor=minds.town.county, on=False, reason="停")
    assert see_it() == set()


def test_my_page_says_who_may_read_and_waits_for_two(minds: Minds) -> None:
    actions.name_carer(minds.town.here.cast.places.county, actor=minds.town.county, who="王根水")
    own = body(minds.town.browser(minds.town.cadres_self), reverse("mentoring:own_mind"))
    assert "李知心" in own and "王根水" not in own, "their mentor reads nothing of them"
    assert "王根水" in body(minds.town.browser(minds.another), reverse("mentoring:own_mind"))
    for one in (minds.carer, minds.second):
        (grant,) = grants_of(one.account_id or 0)
        end_grant(grant, actor=SYSTEM)
    another = minds.town.browser(minds.another)
    assert "我愿意谈谈" not in body(another, reverse("mentoring:own_mind"))
    refused = another.post(reverse("mentoring:consent_minds"))
    assert refused.status_code == 422 and "两位" in refused.content.decode()
    shown = body(minds.town.browser(minds.town.county), reverse("mentoring:minds_settings"))
    assert "不够两位" in shown and shown.count("请停掉") == 2
    assert "请点名心理辅导的关心人" in body(minds.town.browser(minds.town.county), reverse("portal:today"))
    assert "请点名心理辅导的关心人" not in body(minds.town.browser(minds.town.officer), reverse("portal:today"))


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
    own = county.post(address, {"key": str(uuid4()), "who": "县组干"})
    assert own.status_code == 422 and 'value="县组干"' in own.content.decode()
    assert "不能定自己" in own.content.decode()
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
