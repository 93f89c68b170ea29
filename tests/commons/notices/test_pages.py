"""The account's list, its count, marking it read, and the demonstration's outbox."""

import datetime as dt
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from xianglin.base import clock
from xianglin.base.clock import SHANGHAI
from xianglin.commons.access.models import Account
from xianglin.commons.notices import queries
from xianglin.commons.notices.actions import tell
from xianglin.commons.notices.models import SandboxMessage

pytestmark = pytest.mark.django_db
NewAccount = Callable[..., Account]


def told(account: Account, count: int, **variables: str) -> None:
    for number in range(count):
        tell("tests.assigned", account=account, county_id=1, variables={"title": f"第{number}件", **variables})


@pytest.fixture
def reader(new_account: NewAccount) -> Account:
    return new_account("凌小敏")


@pytest.fixture
def browser(client: Client, reader: Account) -> Client:
    client.force_login(reader)
    return client


def test_newest_first_only_ones_own(browser: Client, reader: Account, new_account: NewAccount) -> None:
    told(reader, 2)
    tell("tests.assigned", account=new_account("别人"), county_id=1, variables={"title": "别人的事"})
    page = browser.get("/notices/").content.decode()
    assert page.index("第1件") < page.index("第0件")
    assert "别人的事" not in page
    assert "没看过的 2 条" in page


def test_reading_marks_what_the_page_showed(browser: Client, reader: Account) -> None:
    told(reader, 3)
    newest = browser.get("/notices/").context["newest"]
    told(reader, 1)
    answer = browser.post("/notices/read/", {"up_to": newest})
    assert answer["Location"] == "/notices/"
    assert queries.unread(reader.pk) == 1
    browser.post("/notices/read/", {"up_to": "x"})
    assert browser.get("/notices/read/").status_code == 405


def at(day: int) -> dt.datetime:
    return dt.datetime(2022, 6, day, 9, tzinfo=SHANGHAI)


def test_a_story_told_out_of_order_is_read_in_its_own(browser: Client, reader: Account) -> None:
    for day in (3, 1, 2, 2):
        with clock.living_at(at(day)):
            tell("tests.assigned", account=reader, county_id=1, variables={"title": f"{day}日的事"})
    shown = list(browser.get("/notices/").context["notices"])
    assert [n.created_at.astimezone(SHANGHAI).day for n in shown] == [3, 2, 2, 1]
    assert shown[1].pk > shown[2].pk
    browser.post("/notices/read/", {"up_to": shown[2].pk})
    assert [n.read_at is None for n in queries.notices_of(reader.pk)] == [True, True, False, False]
    with clock.living_at(at(1)):
        tell("tests.assigned", account=reader, county_id=1, variables={"title": "又一件旧事"})
    browser.post("/notices/read/", {"up_to": browser.get("/notices/").context["newest"]})
    assert queries.unread(reader.pk) == 0, "everything that the page showed"


def test_pages_of_a_story_meet_without_gap_or_repeat(browser: Client, reader: Account) -> None:
    for number in range(120):
        with clock.living_at(at(1 + number * 7 % 5)):
            tell("tests.assigned", account=reader, county_id=1, variables={"title": str(number)})
    seen, more = [], "/notices/"
    while more:
        page = browser.get(more)
        seen += page.context["notices"]
        more = page.context["more_url"] and "/notices/" + page.context["more_url"]
    assert len(seen) == len({n.pk for n in seen}) == 120
    assert [(n.created_at, n.pk) for n in seen] == sorted(((n.created_at, n.pk) for n in seen), reverse=True)


@pytest.mark.parametrize("number", ["9" * 18, "9" * 19, "9" * 5000, "²", "-1", ""])
def test_a_number_that_none_has_is_no_fault_of_ours(browser: Client, reader: Account, number: str) -> None:
    told(reader, 1)
    assert browser.get("/notices/", {"before": number}).status_code == 200
    assert browser.post("/notices/read/", {"up_to": number}).status_code == 302
    assert queries.unread(reader.pk) == 1


def test_nobody_marks_anothers(browser: Client, new_account: NewAccount) -> None:
    other = new_account("别人")
    told(other, 1)
    browser.post("/notices/read/", {"up_to": 10**9})
    assert queries.unread(other.pk) == 1


def test_the_count_is_capped_and_the_list_is_paged(browser: Client, reader: Account) -> None:
    told(reader, 120)
    assert queries.unread(reader.pk) == 100
    first = browser.get("/notices/")
    assert "没看过的 99+ 条" in first.content.decode()
    second = browser.get(f"/notices/{first.context['more_url']}")
    assert [n.pk for n in second.context["notices"]][0] == first.context["notices"][-1].pk - 1
    last = browser.get(f"/notices/{second.context['more_url']}")
    assert len(last.context["notices"]) == 20
    assert last.context["more_url"] == ""


def test_five_and_fifty_cost_the_same(browser: Client, reader: Account) -> None:
    told(reader, 5)
    browser.get("/notices/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/notices/")
    told(reader, 45)
    with CaptureQueriesContext(connection) as many:
        browser.get("/notices/")
    assert len(few) == len(many)


@pytest.mark.parametrize(("link", "shown"), [("/m/玉华012/", True), ("//evil.cn/", False), ("javascript:1", False)])
def test_only_links_of_ours_are_shown(browser: Client, reader: Account, link: str, shown: bool) -> None:
    told(reader, 1, link=link)
    assert (f'href="{link}"' in browser.get("/notices/").content.decode()) is shown


def test_an_empty_list_says_so(browser: Client) -> None:
    assert "还没有通知" in browser.get("/notices/").content.decode()


def test_without_an_account_there_is_no_list(client: Client) -> None:
    assert client.get("/notices/").status_code == 302
    assert client.post("/notices/read/").status_code == 302


def test_the_outbox_is_open_in_a_demonstration_only(client: Client, settings: LazySettings) -> None:
    assert "还没有发过短信" in client.get("/demo/outbox/").content.decode()
    for text, day in (("后", 3), ("先", 2)):
        SandboxMessage.objects.create(phone="13800000001", text=text, reference="1", sent_at=at(day))
    page = client.get("/demo/outbox/").content.decode()
    assert page.index("后</span>") < page.index("先</span>")
    assert "13800000001" in page
    settings.DEMO = False
    assert client.get("/demo/outbox/").status_code == 404


def test_staff_see_the_outbox_outside_a_demonstration_no_more_than_others(
    browser: Client, settings: LazySettings
) -> None:
    settings.DEMO = False
    assert browser.get("/demo/outbox/").status_code == 404
