"""Photograph the demonstration for README and docs: `make screenshots` writes docs/pictures/*.png.

The story is played into a folder of its own, the site is started on a free port, and each picture is taken
as the person who would see it, entered by that person's door on the first page.
"""

from __future__ import annotations

import http.client
import os
import socket
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tools import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
VILLAGE = "/v/330523103202/"
READY_WITHIN = 120.0  # seconds; the first start also migrates and plays the story
MOST_BYTES = 150 * 1024
GREY_EDGES = ["--disable-lcd-text"]  # coloured edges of letters would use the palette up


def _stay(page: Page) -> None:
    """The page is photographed where the door or the address led."""


def _open(title: str) -> Callable[[Page], None]:
    """Press the listed matter of this title."""

    def press(page: Page) -> None:
        page.locator("a.row[href^='/matters/']", has_text=title).first.click()
        page.wait_for_load_state("networkidle")

    return press


@dataclass(frozen=True)
class Picture:
    """What is photographed: by whose door one enters (none: nobody), where, how wide and how high."""

    name: str
    width: int
    height: int
    address: str
    persona: str = ""
    then: Callable[[Page], None] = _stay


ALL = (
    Picture("village-390", 390, 844, VILLAGE),
    Picture("today-390", 390, 844, "/today/", "cadre"),
    Picture("clerk-1280", 1280, 720, "/matters/", "clerk", _open("大黄狗没拴")),
    Picture("matter-1280", 1280, 720, "/matters/", "cadre", _open("护林补贴还没到账")),
)


@contextmanager
def site(data: Path) -> Iterator[str]:
    """The whole installation in demonstration mode; answers its address, stopped and gone afterwards."""
    port = _free_port()
    env = {**os.environ, "XIANGLIN_DATA": str(data), "XIANGLIN_LOG": "WARNING"}
    env.pop("DATABASE_URL", None)  # pictures never touch anybody's database
    command = [sys.executable, "-m", "xianglin.cli", "run", "--demo", "--port", str(port)]
    running = subprocess.Popen(command, env=env, cwd=data)
    try:
        _wait_until_ready(port, running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        if running.poll() is not None:
            raise SystemExit(f"The site stopped before it answered (code {running.returncode}); its log is above.")
        asked = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        try:
            asked.request("GET", "/healthz/")
            if asked.getresponse().status == http.HTTPStatus.OK:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.3)  # not yet
        finally:
            asked.close()
    raise SystemExit(f"The site did not answer within {READY_WITHIN:.0f} s.")


def photograph(browser: Browser, address: str, picture: Picture) -> Path:
    phone = picture.width < 800
    visitor = browser.new_context(
        viewport={"width": picture.width, "height": picture.height},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        is_mobile=phone,
        has_touch=phone,
        reduced_motion="reduce",
    )
    page = visitor.new_page()
    if picture.persona:
        page.goto(f"{address}/")
        page.locator(f"form[action='/demo/enter/{picture.persona}/'] button").click()
    page.goto(f"{address}{picture.address}")
    picture.then(page)
    page.wait_for_load_state("networkidle")
    place = PICTURES / f"{picture.name}.png"
    place.write_bytes(with_palette(page.screenshot()))
    visitor.close()
    return place


def with_palette(png: bytes) -> bytes:
    """The same picture with at most 256 colours: a third of the bytes, and no imaging library."""
    width, height, rows = _pixels(png)
    seen = Counter(pixel for row in rows for pixel in row)
    palette = [colour for colour, _times in seen.most_common(256)]
    index = {colour: palette.index(_nearest(colour, palette)) for colour in seen}
    lines = b"".join(b"\0" + bytes(index[pixel] for pixel in row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    parts = ((b"IHDR", header), (b"PLTE", b"".join(palette)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return png[:8] + b"".join(_chunk(kind, data) for kind, data in parts)


def _nearest(colour: bytes, palette: list[bytes]) -> bytes:
    return min(palette, key=lambda other: sum((a - b) ** 2 for a, b in zip(colour, other, strict=True)))


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixels(png: bytes) -> tuple[int, int, list[list[bytes]]]:
    """The colours of each row, red green blue; an alpha, which a photographed page does not use, is dropped."""
    width, height, _depth, sort = struct.unpack(">IIBB", png[16:26])
    size = {2: 3, 6: 4}[sort]
    packed, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    raw, long = zlib.decompress(packed), width * size
    rows, above = [], bytearray(long)
    for start in range(0, height * (long + 1), long + 1):
        above = _unfiltered(raw[start], bytearray(raw[start + 1 : start + 1 + long]), above, size)
        rows.append([bytes(above[x : x + 3]) for x in range(0, long, size)])
    return width, height, rows


def _unfiltered(how: int, line: bytearray, above: bytearray, size: int) -> bytearray:
    """One line of a PNG as it was before its filter (ISO/IEC 15948, section 9)."""
    for x in range(len(line)) if how else ():
        left = line[x - size] if x >= size else 0
        corner = above[x - size] if x >= size else 0
        line[x] = (line[x] + _predicted(how, left, above[x], corner)) & 255
    return line


def _predicted(how: int, left: int, up: int, corner: int) -> int:
    if how == 4:  # Paeth: whichever of the three is nearest to left + up - corner
        return min((left, up, corner), key=lambda value: abs(left + up - corner - value))
    return (0, left, up, (left + up) // 2)[how]


def main() -> int:
    PICTURES.mkdir(parents=True, exist_ok=True)
    too_big = []
    with (
        tempfile.TemporaryDirectory(prefix="xianglin-pictures-") as folder,
        site(Path(folder)) as address,
        chromium.running(args=GREY_EDGES) as browser,
    ):
        for picture in ALL:
            place = photograph(browser, address, picture)
            size = place.stat().st_size
            print(f"{place.relative_to(ROOT)}  {size / 1024:.0f} KB")
            if size > MOST_BYTES:
                too_big.append(place.name)
    if too_big:
        print(f"Larger than {MOST_BYTES // 1024} KB: {', '.join(too_big)}", file=sys.stderr)
    return 1 if too_big else 0


if __name__ == "__main__":
    sys.exit(main())
