"""The story of tests/journeys/test_voice.py, told in a process of its own: ``voice_story.py SITE FOLDER``."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()  # for the converters; nothing here asks a database

from playwright.sync_api import Page, Route  # noqa: E402

from tests.commons.files.samples import exif, picture, played, wav  # noqa: E402
from tests.journeys.site import VILLAGE, Slip, Walks  # noqa: E402
from tools import chromium  # noqa: E402

LOUD = 0.02  # of 1: a tone is heard, silence is not
HEARD = "水塘边的护栏倒了，小孩子走过去怕。"


def main(site: str, folder: Path) -> None:
    microphone = folder / "spoken.wav"
    microphone.write_bytes(wav(20, rate=48_000))
    flags = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-audio-capture={microphone}",
    ]
    with chromium.running(args=flags) as browser:
        walks = Walks(browser, site)
        slip = says_it(walks, folder)
        writes_it_down(walks, slip, folder)
        confirms_it(walks, slip)
        answers_with_a_photo(walks, slip, folder)
        everybody_sees_it(walks, slip)
        presses_instead_of_holding(walks)
        takes_up_a_broken_upload(walks, folder)
        chooses_before_the_page_is_ready(walks, folder)
        without_a_recorder(walks)


def hold(page: Page, milliseconds: int) -> float:
    """Hold the button as a thumb does; answers the seconds that the page shows afterwards."""
    page.get_by_role("button", name="按住说话").hover()
    page.mouse.down()
    page.get_by_text("正在录，松开就停").wait_for()
    page.wait_for_timeout(milliseconds)
    page.mouse.up()
    page.get_by_text("录好了，可以听一遍").wait_for()
    shown = page.locator("[data-length]").inner_text()
    assert re.fullmatch(r"[\d.]+ 秒", shown), shown
    return float(shown.split()[0])


def stored(page: Page, address: str, folder: Path) -> tuple[float, float]:
    """Seconds and loudness of what an address of the site answers."""
    answer = page.request.get(address)
    assert answer.status == 200, (answer.status, address)
    return played(answer.body(), folder)


def says_it(walks: Walks, folder: Path) -> Slip:
    with walks.visitor() as villager:
        page = villager.go(f"{VILLAGE}say/")
        button = page.get_by_role("button", name="按住说话")
        assert (button.bounding_box() or {})["height"] >= 48
        page.evaluate("document.documentElement.dataset.size = 'elder'")
        assert (button.bounding_box() or {})["height"] >= 60
        page.evaluate("document.documentElement.dataset.size = ''")
        hold(page, 900)
        villager.press("不要这段")
        shown = hold(page, 3000)
        assert 2.5 < shown < 6
        tick = page.locator("[data-item] input:not([disabled])")
        tick.wait_for(state="attached")
        seconds, loud = stored(page, f"{walks.site}/files/uploads/{tick.input_value()}/content/", folder)
        assert abs(seconds - shown) <= 0.3, (seconds, shown)
        assert loud > LOUD
        page.locator("input[type=file][accept='image/*'][multiple]").set_input_files(
            [{"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture(exif=exif("2022:05:17 08:00:00"))}]
        )
        page.get_by_label("手机号").fill("139")
        villager.press("交给村里")
        villager.refused("少 8 位")
        assert page.locator("[data-item] input:checked").count() == 2, "nothing that was sent is lost"
        page.get_by_label("手机号").fill("")
        villager.press("交给村里")
        return villager.slip()


def writes_it_down(walks: Walks, slip: Slip, folder: Path) -> None:
    with walks.door("cadre") as cadre:
        cadre.open(slip)
        cadre.sees("只有录音，还没写成字")
        sound = cadre.page.locator("audio").first
        address = sound.evaluate("sound => sound.src")
        seconds, loud = stored(cadre.page, address, folder)
        assert seconds > 2.5 and loud > LOUD
        plays(cadre.page, seconds)
        cadre.press("把录音写成字")
        cadre.page.get_by_label("他说的话").fill(HEARD)
        cadre.press("把录音写成字")
        cadre.sees("写好了，等提的人看对不对", "转写未确认")


def plays(page: Page, seconds: float) -> None:
    """The browser itself plays it, to its length, and from its middle. Chromium without AAC says so, and cannot."""
    if not page.evaluate("document.createElement('audio').canPlayType('audio/mp4; codecs=\"mp4a.40.2\"')"):
        print("this Chromium plays no AAC")
        return
    length = page.evaluate(
        """() => new Promise((done, failed) => {
            const sound = document.querySelector('audio');
            sound.addEventListener('loadedmetadata', () => done(sound.duration));
            sound.addEventListener('error', () => failed(sound.error.message));
            sound.preload = 'auto'; sound.load();
        })"""
    )
    assert abs(length - seconds) < 0.3, (length, seconds)


def confirms_it(walks: Walks, slip: Slip) -> None:
    with walks.visitor() as villager:
        villager.look_up(slip)
        villager.sees("待您确认")
        field = villager.page.get_by_label("记下的话", exact=True)
        assert field.input_value() == HEARD
        field.fill(HEARD.replace("水塘边", "洗衣埠头边"))
        villager.press("就是这样")
        villager.sees("记下的话就按这个", "洗衣埠头边", "看过记下的话，改对了")


def answers_with_a_photo(walks: Walks, slip: Slip, folder: Path) -> None:
    taken = folder / "done.jpg"
    taken.write_bytes(picture(size=(3000, 2000), quality=95, exif=exif("2022:05:17 08:00:00")))
    with walks.door("cadre") as cadre:
        cadre.sort(slip, "洗衣埠头护栏倒了")
        cadre.waiting(slip).get_by_role("link", name="答复").click()
        cadre.page.locator("input[type=file][multiple]").set_input_files([taken, taken])
        cadre.page.locator("[data-drop]").last.click()
        cadre.page.get_by_label("答复", exact=True).fill("护栏重新立好了。")
        cadre.press("答复")
        cadre.sees("答复发出去了")


def everybody_sees_it(walks: Walks, slip: Slip) -> None:
    with walks.visitor() as reader:
        number = int(re.sub(r"\D", "", slip.number))
        page = reader.go(f"{VILLAGE}{number}/")
        reader.sees("护栏重新立好了", "5 月 17 日拍的")
        photo = page.locator(".photos img")
        assert photo.count() == 1
        assert photo.evaluate("async photo => { await photo.decode(); return photo.naturalWidth; }") == 480
        whole = page.request.get(photo.locator("xpath=..").evaluate("link => link.href"))
        assert whole.body().startswith(b"\xff\xd8\xff") and b"Exif" not in whole.body()


def presses_instead_of_holding(walks: Walks) -> None:
    with walks.visitor() as villager:
        page = villager.go(f"{VILLAGE}say/")
        button = page.locator("[data-talk-button]")
        button.focus()
        page.keyboard.press("Enter")
        page.get_by_text("正在录，按一下停").wait_for()
        page.wait_for_timeout(1200)
        page.keyboard.press("Enter")
        page.get_by_text("录好了").wait_for()
        villager.press("不要这段")
        button.click()
        page.get_by_text("正在录，按一下停").wait_for()
        page.wait_for_timeout(1000)
        villager.press("交给村里")  # still speaking: it ends, is sent, and goes
        villager.slip()


def takes_up_a_broken_upload(walks: Walks, folder: Path) -> None:
    whole = folder / "large.jpg"
    whole.write_bytes(picture(size=(6000, 4500), quality=98))
    assert whole.stat().st_size > 3 * 128 * 1024
    seen: list[str] = []

    def broken(route: Route) -> None:
        seen.append(route.request.url)
        if len(seen) == 2:
            route.abort("connectionfailed")
        else:
            route.continue_()

    with walks.visitor() as villager:
        page = villager.go(f"{VILLAGE}say/")
        page.route("**/files/uploads/*/?offset=*", broken)
        page.locator("input[type=file][multiple]").set_input_files(whole)
        page.get_by_label("您想说什么").fill("路上有一个大坑。")
        villager.press("交给村里")  # waits for the photo, then goes by itself
        villager.slip()
        offsets = [int(url.rpartition("=")[2]) for url in seen]
        assert offsets[1] == offsets[2] and len(offsets) == len(set(offsets)) + 1, "only the lost piece went twice"
        villager.expected.append("failed: PUT")


def chooses_before_the_page_is_ready(walks: Walks, folder: Path) -> None:
    """On a slow line the script comes after the photo was chosen: it is taken up like any other."""
    photo = folder / "early.jpg"
    photo.write_bytes(picture())
    held: list[Route] = []

    def slow(route: Route) -> None:
        held.append(route)

    with walks.visitor() as villager:
        page = villager.page
        page.route("**/capture*.js", slow)
        page.goto(villager.site + f"{VILLAGE}say/", wait_until="commit")
        chooser = page.locator("input[type=file][multiple]")
        chooser.set_input_files(photo)
        assert held and not page.locator("[data-drop]").count()
        held[0].continue_()
        page.locator("[data-drop]").wait_for()
        assert chooser.evaluate("chooser => chooser.files.length") == 0, "it would be sent twice"


def without_a_recorder(walks: Walks) -> None:
    """As in some in-app browsers: the phone's own recorder, and the same form."""
    with walks.visitor() as villager:
        villager.page.add_init_script("delete window.MediaRecorder")
        page = villager.go(f"{VILLAGE}say/")
        assert not page.locator("[data-talk]").is_visible()
        page.locator("input[type=file][accept='audio/*']").set_input_files(
            [{"name": "x.wav", "mimeType": "audio/wav", "buffer": wav(2)}]
        )
        villager.press("交给村里")
        villager.slip()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
