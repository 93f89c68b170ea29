"""Every page of the journeys once in each look: nothing for axe to say, nothing wider than the screen, and light."""

import re
from collections.abc import Iterator

import pytest

from tests.journeys.site import VILLAGE, WIDER, Visitor, Walks
from tests.support.browser import DESK, PHONE, axe, compressed_weight

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

OPEN = ["/", VILLAGE, f"{VILLAGE}say/", f"{VILLAGE}all/", f"{VILLAGE}all/?list=done", f"{VILLAGE}10/", "/r/", "/login/"]
OPEN += ["/login/password/", "/demo/outbox/", "/v/330523103203/", "/heads/", "/privacy/", "/feedback/", f"{VILLAGE}4/"]
OPEN += ["/check/", "/check/?seal=0123456789abcdef", "/v/330523103/", "/v/330523/", "/v/33/", "/v/330523103/say/"]
OPEN += [f"{VILLAGE}meeting/1/", f"{VILLAGE}meeting/1/screen/", f"{VILLAGE}meeting/1/ask/", f"{VILLAGE}b/1/"]
OPEN += ["/v/330523103201/2/", "/v/330523103201/b/2/", "/search/?q=水压", "/search/", f"{VILLAGE}say/call/"]
OPEN += [f"{VILLAGE}b/1/figure/3/"]
OWN = ["/me/", "/notices/", "/access/devices/"]
DESKS = {
    "cadre": [
        "/today/",
        "/matters/",
        "/matters/?list=mine",
        "/matters/?list=done",
        "/matters/note/",
        "/visits/",
        "/visits/1/",
        "/visits/round/",
        "/matters/duties/",
        "/matters/receipts/",
        "/matters/duplicates/",
        "/matters/topics/?months=3",
        "/matters/topics/records/?months=3&category=水利",
        "/reports/",
        "/reports/party-day/",
        "/reports/rules/",
        "/reports/links/",
        "/reports/relayed/2022-05/",
        "/gatherings/1/",
        "/meetings/1/",
        "/figures/",
        "/me/",
    ],
    "supervisor": ["/today/", "/reports/", "/meetings/1/", "/me/", "/notices/ways/", "/search/?q=水压"],
    "representative": [
        "/today/",
        "/relay/",
        "/relay/?month=2022-05",
        "/relay/said/",
        "/relay/said/?month=2022-05",
        "/me/",
    ],
    "clerk": ["/today/", "/matters/", "/matters/receipts/", "/me/", "/notices/", f"{VILLAGE}all/", VILLAGE],
    "inspector": [
        "/today/",
        "/reports/",
        "/reports/explain/330523103201/2022-05/",
        "/bulletins/2/withhold/",
        "/reports/photos/330523103201/2022-06/",
        "/figures/",
        "/matters/",
        "/matters/?list=done",
        "/notices/",
        "/me/",
    ],
    "officer": ["/today/", "/matters/"],
    "organiser": [
        "/today/",
        "/mentoring/cadres/",
        "/mentoring/cadres/1/",
        "/mentoring/cadres/1/avoid/",
        "/mentoring/cadres/new/",
        "/mentoring/mentors/?name=丁",
        "/mentoring/mentors/new/",
        "/mentoring/abilities/",
        "/mentoring/pairs/",
        "/mentoring/pairs/1/",
        "/mentoring/outcomes/",
        "/mentoring/pairs/1/records/",
        "/mentoring/records/1/",
        "/mentoring/courses/",
        "/mentoring/teams/",
        "/mentoring/teams/1/",
        "/mentoring/outings/1/",
        "/mentoring/stories/1/",
        "/mentoring/mediations/1/",
        "/mentoring/experience/1/",
        "/pairings/of/mentoring.pair/",
        "/pairings/rounds/1/",
        "/figures/",
    ],
    "mentor": [
        "/today/",
        "/mentoring/mentors/own/",
        "/mentoring/mentors/1/change/",
        "/mentoring/led/",
        "/mentoring/records/new/",
        "/mentoring/asking/",
    ],
    "young_cadre": [
        "/today/",
        "/mentoring/growth/",
        "/mentoring/cadres/1/levels/",
        "/mentoring/cadres/1/wanted/",
        "/mentoring/cadres/1/heard/",
        "/mentoring/plan/",
        "/mentoring/pairs/1/work/",
        "/mentoring/records/new/",
        "/mentoring/asking/",
        "/mentoring/courses/",
        "/mentoring/experience/",
    ],
    "villager": [],
}
LOOKS = [
    (PHONE, "", "en"),
    (PHONE, "elder", "zh-hans"),
    (PHONE, "elder max", "zh-hans"),
    (DESK, "", "zh-hans"),
    (DESK, "elder", "en"),
]
LARGEST = 100 * 1024
LAY_BAR_DOWN = """() => innerWidth < 1024 && !document.querySelector('main form.form')
    && document.querySelectorAll('.tabs').forEach(bar => { bar.style.position = 'static'; })"""


@pytest.mark.parametrize(("width", "size", "language"), LOOKS)
def test_every_page_in_every_look(walks: Walks, width: int, size: str, language: str):
    wrong: list[str] = []
    with walks.visitor(width) as nobody:
        _look(nobody, size, language)
        for _ in _pages(nobody, OPEN):
            wrong += _faults(nobody)
        for _ in _own_pages(nobody):
            wrong += _faults(nobody)
    for persona, addresses in DESKS.items():
        with walks.door(persona, width) as staff:
            _look(staff, size, language)
            for _ in _pages(staff, addresses if persona != "villager" else OWN):
                wrong += _faults(staff)
            if persona in ("cadre", "clerk", "inspector"):
                for _ in _opened_pages(staff):
                    wrong += _faults(staff)
            if persona in ("cadre", "supervisor"):
                for _ in _report_pages(staff):
                    wrong += _faults(staff)
            if persona == "cadre":
                for _ in _link_pages(staff):
                    wrong += _faults(staff)
            if persona == "clerk":
                for _ in _sheet_pages(staff):
                    wrong += _faults(staff)
    assert not wrong, "\n".join(wrong)


def _look(visitor: Visitor, size: str, language: str) -> None:
    chosen = {"size": "max" if size.endswith("max") else size, "django_language": language}
    visitor.page.context.add_cookies([{"name": k, "value": v, "url": visitor.site} for k, v in chosen.items()])


def _pages(visitor: Visitor, addresses: list[str]) -> Iterator[None]:
    for address in addresses:
        visitor.go(address)
        yield


def _own_pages(visitor: Visitor) -> Iterator[None]:
    """A refused form, the slip, and one's own matter with its explanation unfolded."""
    visitor.expected.append("422: ")
    page = visitor.go(f"{VILLAGE}say/")
    page.locator("main form .btn-main").click()
    page.locator(".bad").first.wait_for()
    yield
    page.locator("textarea[name=words]").fill("晒谷场的水泥地裂了。")
    page.locator("main form .btn-main").click()
    page.locator(".slip").wait_for()
    yield
    page.locator("main .btn-ink").click()
    page.locator("details.due > summary").click()
    yield
    page.goto(re.sub(r"/r/(\d+)/.*", r"/r/\1/withdraw/", page.url))
    yield


def _opened_pages(visitor: Visitor) -> Iterator[None]:
    """An opened matter, all that can be done to it, and each of these forms."""
    page = visitor.go("/matters/")
    page.goto(visitor.site + str(page.locator(".rows a.row").first.get_attribute("href")))
    if page.locator(".ask summary").count():
        page.locator(".ask summary").click()
    yield
    deeds = page.locator(".ask a.btn").evaluate_all("links => links.map(link => link.href)")
    for address in deeds[:4]:
        page.goto(address)
        yield


def _report_pages(visitor: Visitor) -> Iterator[None]:
    """The month's text as it stands, and one of its pieces being changed."""
    page = visitor.go("/reports/")
    page.locator("main .rows a.row").first.click()
    yield
    if page.locator("main .also a[href*='/block/']").count():
        page.locator("main .also a[href*='/block/']").first.click()
        yield


def _link_pages(visitor: Visitor) -> Iterator[None]:
    """A representative's households, ticked in the village's list."""
    page = visitor.go("/reports/links/")
    page.locator("main .rows a.row").first.click()
    yield


def _sheet_pages(visitor: Visitor) -> Iterator[None]:
    """Handing in a sheet with a row to be mended, and what becomes of it."""
    page = visitor.go("/exchange/opinions/?area=330523103203")
    yield
    rows = "诉求编号,诉求内容,诉求时间\nA1,村口的桥栏杆断了,2022-05-10\nA2,,昨天\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "诉求.csv", "mimeType": "text/csv", "buffer": rows.encode("utf-8-sig")}
    )
    page.locator("main .btn-main").click()
    page.locator(".table-blocks").wait_for(timeout=30_000)
    yield


def _faults(visitor: Visitor) -> list[str]:
    page = visitor.page
    where = page.url.removeprefix(visitor.site)
    # On a phone's lists the bar at the bottom lies over what is scrolled below it, which axe would call too small to
    # touch; on forms and on a desk it must not.
    page.evaluate(LAY_BAR_DOWN)
    found = [f"{where}: {violation}" for violation in axe(page)]
    if page.evaluate(WIDER) > 0:
        found.append(f"{where}: wider than the screen by {page.evaluate(WIDER)}")
    return found


def test_the_village_page_is_light(walks: Walks):
    with walks.visitor() as visitor:
        weight = compressed_weight(visitor.go(VILLAGE))
        assert 0 < weight <= LARGEST, weight
