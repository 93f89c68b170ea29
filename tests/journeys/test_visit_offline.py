"""On a doorstep without a network: nothing is lost, and what is sent twice is there once."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route

from tests.commons.files.samples import picture
from tests.journeys.site import Visitor, Walks
from tests.support.browser import axe

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("journeys")]

KEPT = "async () => (await caches.keys()).filter(name => name.startsWith('visits of ')).length"
UNTIL_KEPT = """async () => {
    while (!await caches.match('/visits/')) await new Promise(done => { setTimeout(done, 50); });
}"""
WAITING = """() => new Promise(done => {
    const wish = indexedDB.open('visits', 1);
    wish.onsuccess = () => { wish.result.transaction('queue').objectStore('queue').count().onsuccess =
        event => { wish.result.close(); done(event.target.result); }; };
})"""


def until_kept(page: Page) -> None:
    page.evaluate(UNTIL_KEPT)


def open_list(cadre: Visitor) -> Page:
    """The list, kept on the device as soon as it was seen."""
    page = cadre.go("/visits/")
    until_kept(page)
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")
    return page


def lose_network(cadre: Visitor) -> None:
    cadre.expected += ["failed: ", "console: htmx"]
    cadre.page.context.set_offline(True)


def open_door(page: Page, householder: str) -> None:
    page.locator(".doors a.row", has_text=householder).click()
    page.locator("[data-door-head]", has_text=householder).wait_for()


def write(page: Page, words: str, photo: bool = False) -> None:
    page.get_by_label("他怎么说的").fill(words)
    if photo:
        file: Any = {"name": "灯.jpg", "mimeType": "image/jpeg", "buffer": picture()}
        page.locator("[data-capture=picture] input[type=file]").first.set_input_files(file)
        page.locator("[data-capture=picture] [data-item] img").wait_for()


def visits_here(cadre: Visitor, householder: str) -> list[str]:
    """What was raised at this door, as its own page tells it."""
    page = cadre.go("/visits/")
    open_door(page, householder)
    return [text for text in page.locator(".part .rows .note").all_inner_texts() if text.startswith("玉华")]


def test_a_visit_without_a_network_arrives_once_with_its_photo(walks: Walks) -> None:
    who, words = "徐根荣", "屋后的水沟塌了一截，雨大就倒灌。"
    with walks.door("cadre") as cadre:
        page = open_list(cadre)
        lose_network(cadre)
        page.reload()
        cadre.sees("记一笔", "上坞", who)
        page.get_by_label("哪一户").fill("上坞 2 徐根")
        assert page.locator(".doors li:visible").count() == 1
        open_door(page, who)
        write(page, words, photo=True)
        cadre.press("存好")
        cadre.sees("存好了，没网也不丢", "还有 1 条没送出", "等网络")
        cadre.narrow_enough()
        assert axe(page) == []
        cadre.press("下一户")
        page.locator(".doors a.row", has_text=who).get_by_text("等网络").wait_for()  # the queue is read after the page
        open_door(page, "方志强")
        cadre.press("没什么要说的")
        cadre.sees("还有 2 条没送出")

        page.context.set_offline(False)
        page.locator("[data-arrivals] li").nth(1).wait_for(timeout=30_000)
        assert page.evaluate(WAITING) == 0
        assert len(visits_here(cadre, who)) == 1
        page.locator(".part .rows a.row").first.click()
        cadre.sees(words, who)
        assert page.locator(".thread .photo, .thread img").count() == 1


def test_an_answer_that_was_lost_makes_no_second_visit(walks: Walks) -> None:
    who = "施土珍"
    with walks.door("cadre") as cadre:
        page = open_list(cadre)
        open_door(page, who)
        address = page.url

        lost: list[str] = []

        def lose(route: Route) -> None:
            if route.request.method == "POST":
                route.fetch()  # the server has it; the device never hears of it
                route.abort()
                lost.append(route.request.url)
            else:
                route.continue_()

        cadre.expected.append("failed: ")
        page.route(address, lose)
        write(page, "门口的路灯晚上闪。")
        page.get_by_role("button", name="存好", exact=True).dblclick()
        cadre.sees("存好了，没网也不丢", "还有 1 条没送出")
        while not lost:
            page.wait_for_timeout(100)
        page.get_by_text("等网络").filter(visible=True).wait_for(timeout=30_000)
        assert page.evaluate(WAITING) == 1
        page.unroute(address)
        cadre.press("现在送")
        cadre.sees("送到了")
        assert len(visits_here(cadre, who)) == 1


def test_what_is_refused_stays_and_is_mended(walks: Walks) -> None:
    who = "李爱仙"
    with walks.door("cadre") as cadre:
        page = open_list(cadre)
        open_door(page, who)
        cadre.press("存好")
        cadre.sees("还没写他说了什么")
        write(page, "自来水有点浑。")
        page.get_by_text("谁说的，电话，备注").click()
        page.get_by_label("手机号").fill("1380000")
        cadre.press("存好")
        cadre.sees("没收下")
        cadre.refused("手机号")
        assert page.evaluate(WAITING) == 1
        page.reload()
        cadre.sees("还有 1 条没送出", "没收下")
        page.locator("[data-mend]").get_by_label("手机号").fill("")
        cadre.press("再送")
        cadre.sees("送到了")
        assert page.evaluate(WAITING) == 0
        assert len(visits_here(cadre, who)) == 1


def test_another_at_the_same_phone_sees_neither_the_list_nor_what_waits(walks: Walks) -> None:
    who = "杨国英"
    with walks.door("cadre") as cadre:
        page = open_list(cadre)
        lose_network(cadre)
        open_door(page, who)
        write(page, "晒谷场的门锁坏了。")
        cadre.press("存好")
        cadre.sees("还有 1 条没送出")
        page.context.clear_cookies()
        page.context.set_offline(False)
        cadre.sees("请重新登录，存好的都还在")
        assert page.evaluate(WAITING) == 1

        page = cadre.go("/")
        page.locator("form[action$='/demo/enter/secretary/'] button").click()
        page.wait_for_url("**/today/")
        assert page.evaluate(KEPT) == 0
        cadre.go("/visits/")
        cadre.sees("这台手机上还有别人存的 1 条没送出")
        assert "晒谷场" not in page.locator("main").inner_text()
        until_kept(page)
        cadre.go("/me/")
        cadre.press("退出")
        page.wait_for_url(lambda address: "/me/" not in address)
        assert page.evaluate(KEPT) == 0

        page = cadre.go("/")
        page.locator("form[action$='/demo/enter/cadre/'] button").click()
        page.wait_for_url("**/today/")
        cadre.go("/visits/")
        cadre.sees("送到了")
        assert page.evaluate(WAITING) == 0
        assert len(visits_here(cadre, who)) == 1


def test_a_browser_that_keeps_nothing_says_so_and_keeps_the_words(walks: Walks) -> None:
    with walks.door("cadre") as cadre:
        page = cadre.page
        page.add_init_script("Object.defineProperty(window, 'indexedDB', { value: undefined })")
        cadre.go("/visits/")
        open_door(page, "潘银云")
        cadre.sees("这个浏览器存不住")
        write(page, "桥头的栏杆松了。")
        lose_network(cadre)
        cadre.press("存好")
        cadre.sees("没有网络")
        assert page.get_by_label("他怎么说的").input_value() == "桥头的栏杆松了。"
        page.context.set_offline(False)
        cadre.press("存好")
        cadre.sees("存好了，编号 玉华")
    with walks.door("cadre", scripts=False) as plain:
        plain.go("/visits/")
        open_door(plain.page, "金桂华")
        plain.sees("这个浏览器存不住")
        plain.press("没什么要说的")
        plain.sees("存好了")
