"""What people speak of: counts by category that are nothing but their records, within what a grant lets one see."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.kernels.matters.conftest import ANSWER, MORNING, Village, at, receipt_of
from tests.support.cast import actor_of, as_account, by_password
from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account, Grant
from xianglin.kernels.matters import actions, queries, topics
from xianglin.kernels.matters.models import Matter

pytestmark = pytest.mark.usefixtures("morning")
MARCH = topics.Period(MORNING.date().replace(day=1), 1)


def sorted_as(here: Village, category: str, words: str = "桥头的路灯不亮了。", **said: Any) -> Matter:
    matter = here.say(words=words, **said)
    return actions.triage_matter(matter, actor=here.cadre, title=words.rstrip("。"), category=category, public=True)


def settled(here: Village, category: str) -> Matter:
    matter = actions.assign_matter(sorted_as(here, category), actor=here.cadre, account_id=here.second.account_id)
    actions.answer_matter(matter, actor=here.second, text=ANSWER)
    return actions.settle_matter(matter, actor=receipt_of(matter), settled=True)


def told(here: Village, who: Actor, period: topics.Period = MARCH) -> list[tuple[str, int, int, int, int]]:
    grant = Grant.objects.get(account_id=who.account_id)
    found = topics.by_category(topics.said(grant, grant.area, period))
    return [(t.category, t.raised, t.open, t.settled, t.otherwise) for t in found]


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


def page(client: Client, name: str = "topics", **asked: str) -> str:
    with clock.living_at(MORNING):
        answer = client.get(reverse(f"matters:{name}"), asked)
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_by_category_the_most_spoken_of_first(here: Village) -> None:
    sorted_as(here, "道路"), sorted_as(here, "路灯"), settled(here, "路灯"), here.say(), here.say(), here.say()
    rejected = sorted_as(here, "路灯")
    actions.reject_matter(rejected, actor=here.cadre, reason="归供电所管")
    assert told(here, here.cadre) == [("路灯", 3, 1, 1, 1), ("道路", 1, 1, 0, 0), ("", 3, 3, 0, 0)]


def test_only_what_came_in_these_months_and_here(here: Village) -> None:
    with clock.living_at(at("2026-02-28", "23:59")):
        here.say()
    with clock.living_at(at("2026-03-01", "00:00")):
        here.say()
    here.say(place=here.cast.places.beside_village)
    here.say(place=here.cast.places.far_village)
    assert told(here, here.cadre) == [("", 1, 1, 0, 0)]
    assert told(here, here.cadre, topics.Period(MARCH.last, 3)) == [("", 2, 2, 0, 0)]
    assert told(here, here.clerk) == [("", 2, 2, 0, 0)]


def test_accusations_and_what_was_asked_from_above_are_not_counted(here: Village) -> None:
    actions.quarantine_matter(here.say(), actor=here.cadre)
    here.say(by=here.inspector, source="above")
    assert told(here, here.cadre) == []
    assert "这段时间没有人说事" in page(browser(here.cadre))


def test_a_department_counts_what_was_given_to_it(here: Village) -> None:
    sorted_as(here, "路灯")
    actions.assign_matter(sorted_as(here, "道路"), actor=here.county, department="civil_affairs")
    assert told(here, here.officer) == [("道路", 1, 1, 0, 0)]


def test_each_count_opens_the_records_that_it_was_counted_from(here: Village) -> None:
    sorted_as(here, "路灯"), settled(here, "路灯"), settled(here, "道路"), here.say()
    client = browser(here.cadre)
    body = page(client)
    cells = re.findall(r'<td class="num"><a href="([^"]+)">(\d+)</a>', body)
    assert [int(n) for _url, n in cells] == [2, 1, 1, 1, 1, 1, 1]
    for url, count in cells:
        with clock.living_at(MORNING):
            opened = client.get(url.replace("&amp;", "&")).content.decode()
        counted = opened[opened.index('id="counted"') :]
        assert counted.count('class="row"') == int(count), url


def test_what_says_much_the_same_stands_together(here: Village) -> None:
    one, other = sorted_as(here, "路灯"), sorted_as(here, "路灯", "桥头路灯不亮，看不见路。")
    linked = sorted_as(here, "路灯", "黑灯瞎火。")
    sorted_as(here, "路灯", "祠堂门口要加灯。")
    given = actions.assign_matter(one, actor=here.cadre, account_id=here.second.account_id)
    linked = actions.link_duplicate(linked, actor=here.cadre, parent_id=given.pk)
    grant = Grant.objects.get(account_id=here.cadre.account_id)
    compared, cut = topics.newest(topics.said(grant, here.place, MARCH))
    groups = topics.groups(queries.titled_for(grant, compared))
    assert [[m.pk for m in group.matters] for group in groups] == [[one.pk, other.pk, linked.pk]] and not cut
    body = page(browser(here.cadre), "topic", category="路灯")
    assert body.count('<details class="group">') == 1 and "3 件" in body


def test_the_months_and_the_place_stay_while_one_looks_on(here: Village) -> None:
    sorted_as(here, "路灯")
    village = here.place.code
    body = page(browser(here.clerk), area=village, month="2026-03", months="3")
    assert f"records/?area={village}&amp;month=2026-03&amp;months=3&amp;category=" in body
    assert f"?area={village}&amp;month=2026-02&amp;months=3" in body
    assert "2026-01 – 2026-03" in body
    assert "下个月" not in body, "nothing has come in yet from a month that has not begun"
    assert page(browser(here.clerk), month="nonsense", months="7").count("2026-03") > 0


@pytest.mark.parametrize("place", ["beside_village", "far_village", "town"])
def test_another_place_is_not_theirs(here: Village, place: str) -> None:
    code = getattr(here.cast.places, place).code
    for name in ("topics", "topic"):
        assert browser(here.cadre).get(reverse(f"matters:{name}"), {"area": code}).status_code == 404


def test_who_reads_no_words_reads_no_unchecked_title(here: Village) -> None:
    here.say(words="我家的低保被人顶了。")
    looker = actor_of(by_password("looker", "看的人", here.cast.places.county, "observer"))
    assert "低保" in page(browser(here.cadre), "topic", category="")
    assert "低保" not in page(browser(looker), "topic", category="")


def test_pages_of_fifty(here: Village, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topics, "PAGE", 2)
    rows = [here.say() for _n in range(5)]
    grant = Grant.objects.get(account_id=here.cadre.account_id)
    seen, after = [], ""
    while True:
        found, after = topics.page(topics.said(grant, here.place, MARCH), after)
        seen += found
        if not after:
            break
    assert seen == rows[::-1]
    assert browser(here.cadre).get(reverse("matters:topic"), {"after": "yesterday~1"}).status_code == 404


def test_as_many_queries_for_many_as_for_few(here: Village) -> None:
    client = browser(here.clerk)

    def asked(name: str) -> int:
        with CaptureQueriesContext(connection) as found:
            page(client, name, category="")
        return len(found)

    here.say()
    page(client)
    few = [asked("topics"), asked("topic")]
    for _n in range(6):
        here.say(), sorted_as(here, "道路")
    assert [asked("topics"), asked("topic")] == few


@pytest.mark.skipif(connection.vendor != "sqlite", reason="an empty table is read whole there")
@pytest.mark.parametrize("level", ["village", "town"])
def test_found_by_an_index(here: Village, level: str) -> None:
    area = getattr(here.cast.places, level)
    grant = Grant.objects.get(account_id=here.clerk.account_id)
    rows = topics.said(grant, area, MARCH)
    for asked in (rows.order_by().values("category"), rows.order_by("-received_at", "-pk")[:50]):
        assert f"matters_came_{level}" in asked.explain()
        assert "TEMP B-TREE" not in rows.order_by("-received_at", "-pk")[:50].explain()
