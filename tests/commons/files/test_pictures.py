"""Pictures: what is known of them is kept, what is nobody's business is not, and what is no picture is refused."""

import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.commons.files.conftest import send
from tests.commons.files.samples import drawing, exif, picture, png_bomb
from xianglin.base import clock
from xianglin.commons.files import contents, pictures, rules
from xianglin.commons.files.models import Kind, Upload

pytestmark = pytest.mark.usefixtures("stored")


def kept(upload: Upload, column: str = "stored_as") -> Image.Image:
    return Image.open(io.BytesIO(contents.read_stored(upload.facts[column], upload.secret)))


def taken(**told: Any) -> dt.datetime | None:
    facts = send(picture(exif=exif(**told)), Kind.PICTURE).facts
    return dt.datetime.fromisoformat(facts["taken_at"]) if facts["taken_at"] else None


def test_place_and_camera_are_left_behind_and_the_time_is_kept() -> None:
    content = picture(exif=exif("2026:05:17 08:30:00", "+08:00"), comment=b"left in a comment", dpi=(72, 72))
    assert b"Maker of cameras" in content and Image.open(io.BytesIO(content)).getexif().get_ifd(0x8825)
    upload = send(content, Kind.PICTURE)
    for column in ("stored_as", "small_as"):
        stored = contents.read_stored(upload.facts[column], upload.secret)
        shown = Image.open(io.BytesIO(stored))
        assert (shown.format, dict(shown.getexif()), shown.getexif().get_ifd(0x8825)) == ("JPEG", {}, {})
        assert set(shown.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"Exif" not in stored and b"Maker" not in stored and b"comment" not in stored
    assert upload.facts["taken_at"] == "2026-05-17T08:30:00+08:00"
    assert upload.facts["came_as"] == upload.facts["media_type"] == "image/jpeg"


def test_when_it_was_taken() -> None:
    here = dt.datetime(2026, 5, 17, 8, 30, tzinfo=clock.SHANGHAI)
    assert taken(taken="2026:05:17 08:30:00") == here, "without a zone it is ours"
    assert taken(taken="2026:05:17 00:30:00", offset="+00:00") == here
    assert taken() is None, "a chat app stripped it"
    for untrue in ("0000:00:00 00:00:00", "1980:01:01 00:00:00", "2099:01:01 00:00:00", "yesterday"):
        assert taken(taken=untrue) is None, untrue


@pytest.mark.parametrize(
    ("form", "media_type"), [("HEIF", "image/heic"), ("PNG", "image/png"), ("WEBP", "image/webp"), ("GIF", "image/gif")]
)
def test_other_kinds_become_jpeg(form: str, media_type: str) -> None:
    upload = send(picture(form), Kind.PICTURE)
    assert (upload.facts["came_as"], upload.facts["media_type"]) == (media_type, "image/jpeg")
    shown = kept(upload)
    assert (shown.format, shown.size) == ("JPEG", (800, 600))
    assert pictures.apart(upload.facts["look"], pictures.look_of(drawing())) <= 4


def test_an_iphones_picture_tells_when_it_was_taken() -> None:
    upload = send(picture("HEIF", exif=exif("2026:05:17 08:30:00", "+08:00").tobytes()), Kind.PICTURE)
    assert upload.facts["taken_at"] == "2026-05-17T08:30:00+08:00"
    assert not kept(upload).getexif()


def test_it_stands_upright() -> None:
    upload = send(picture(exif=exif(orientation=6)), Kind.PICTURE)  # the camera was turned
    assert kept(upload).size == (600, 800) == (upload.facts["width"], upload.facts["height"])


def test_it_has_a_size_for_a_page_and_a_small_copy() -> None:
    upload = send(picture(size=(5000, 2500)), Kind.PICTURE)
    assert (kept(upload).size, kept(upload, "small_as").size) == ((2048, 1024), (480, 240))
    assert kept(send(picture(size=(300, 200)), Kind.PICTURE)).size == (300, 200), "nothing is blown up"


def test_what_was_clear_becomes_white() -> None:
    held = io.BytesIO()
    Image.new("RGBA", (60, 60), (0, 0, 0, 0)).save(held, "PNG")
    assert kept(send(held.getvalue(), Kind.PICTURE)).getpixel((30, 30)) == (255, 255, 255)


def test_alike_is_near_and_another_is_far() -> None:
    one = pictures.look_of(drawing())
    assert pictures.apart(one, pictures.look_of(drawing((400, 300)))) <= 4
    assert pictures.apart(one, pictures.look_of(drawing().transpose(Image.Transpose.FLIP_LEFT_RIGHT))) > 10


WHOLE = picture()
NO_PICTURES = {
    "a program named .jpg": (b"MZ\x90\x00" + bytes(4000), "files.wrong_kind"),
    "a page": (b"<!doctype html><script>alert(1)</script>", "files.wrong_kind"),
    "a drawing with scripts": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "files.wrong_kind"),
    "a text": ("不是照片".encode(), "files.wrong_kind"),
    "a recording": (b"#!AMR\n" + bytes(300), "files.wrong_kind"),
    "half a picture": (WHOLE[: len(WHOLE) // 2], "files.broken"),
    "a head alone": (WHOLE[:40], "files.broken"),
    "a PNG's head alone": (b"\x89PNG\r\n\x1a\n" + bytes(60), "files.broken"),
    "a HEIC's head alone": (b"\x00\x00\x00\x18ftypheic" + bytes(60), "files.broken"),
    "a bomb": (png_bomb(), "files.too_many_pixels"),
    "a smaller bomb": (png_bomb(9_100), "files.too_many_pixels"),
}


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_none_is_refused_and_thrown_away(
    name: str, refused: Callable[..., str], stored: Callable[[], list[Path]]
) -> None:
    content, code = NO_PICTURES[name]
    assert refused(lambda: send(content, Kind.PICTURE)) == code
    assert not stored() and not Upload.objects.exists()


def test_empty_and_too_big_are_said_before_anything_is_sent(refused: Callable[..., str]) -> None:
    assert refused(lambda: send(b"", Kind.PICTURE)) == "files.empty"
    assert refused(lambda: send(bytes(rules.MOST_BYTES[Kind.PICTURE] + 1), Kind.PICTURE)) == "files.too_big"
