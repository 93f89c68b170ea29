"""Uploads over a weak network: in pieces, taken up again, each stored once; the sender's own; swept after a day."""

import hashlib
import json
import uuid
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.commons.files.conftest import OWNER, send
from tests.commons.files.samples import picture, wav
from xianglin.base import clock
from xianglin.base.actor import NOBODY
from xianglin.commons.files import jobs, rules, uploads
from xianglin.commons.files.models import Kind, Upload

PICTURE = picture(size=(900, 700), quality=95)
PIECE = 8_000
assert len(PICTURE) > 2 * PIECE
Stored = Callable[[], list[Path]]


@pytest.fixture
def browser(stored: Stored) -> Client:
    return Client()


def begin(browser: Client, content: bytes = PICTURE, **said: Any) -> tuple[str, Any]:
    body = {"id": str(uuid.uuid4()), "kind": "picture", "size": len(content), **said}
    told = browser.post("/files/uploads/", json.dumps(body), content_type="application/json")
    return f"/files/uploads/{body['id']}/", told


def put(browser: Client, address: str, offset: int, content: bytes = PICTURE) -> Any:
    piece = content[offset : offset + PIECE]
    return browser.put(f"{address}?offset={offset}", piece, content_type="application/octet-stream")


def test_in_pieces_to_a_token(browser: Client, stored: Stored) -> None:
    address, told = begin(browser, sha256=hashlib.sha256(PICTURE).hexdigest())
    assert (told.status_code, told.json()["next"], told["Cache-Control"]) == (200, 0, "no-store")
    for offset in range(0, len(PICTURE), PIECE):
        assert browser.get(address).json()["next"] == offset
        assert put(browser, address, offset).status_code == 200
    assert browser.get(address).json()["next"] == len(PICTURE)
    told = browser.post(f"{address}finish/").json()
    assert (told["state"], told["token"]) == ("ready", address.split("/")[3])
    assert browser.post(f"{address}finish/").json() == told, "asked twice, done once"
    shown = browser.get(f"{address}content/")
    assert shown.content.startswith(b"\xff\xd8\xff")
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-store")
    assert len(stored()) == 2, "the picture and its small copy; the pieces are gone"
    assert not [path for path in stored() if b"JFIF" in path.read_bytes()], "what waits lies encrypted"


def test_a_piece_sent_twice_is_stored_once(browser: Client, stored: Stored) -> None:
    address, _told = begin(browser)
    for _twice in (1, 2, 3):
        assert put(browser, address, 0).json()["next"] == PIECE
    assert len(stored()) == 1
    put(browser, address, PIECE)
    assert put(browser, address, 0).json()["next"] == 2 * PIECE, "a late copy of an early piece"
    assert len(stored()) == 2


def test_after_a_gap_it_says_where_to_go_on(browser: Client, stored: Stored) -> None:
    address, _told = begin(browser)
    put(browser, address, 0)
    for wrong in (PIECE * 2, PIECE - 10):  # a piece was lost; half of it is there
        told = put(browser, address, wrong)
        assert (told.status_code, told.json()["next"]) == (409, PIECE)
    told = browser.post(f"{address}finish/")
    assert (told.status_code, told.json()["next"]) == (409, PIECE), "not all of it is there"
    over = browser.put(f"{address}?offset={PIECE}", bytes(len(PICTURE)), content_type="application/octet-stream")
    assert over.status_code == 409, "more than was said"
    assert len(stored()) == 1


def test_begun_again_it_goes_on(browser: Client) -> None:
    address, _told = begin(browser)
    put(browser, address, 0)
    pk = address.split("/")[3]
    _address, told = begin(browser, id=pk)
    assert told.json()["next"] == PIECE
    _address, told = begin(browser, id=pk, size=len(PICTURE) + 1)
    assert (told.status_code, told.json()["code"]) == (422, "files.gone"), "another file under the same key"


def test_what_is_no_picture_is_refused_in_words(browser: Client, stored: Stored) -> None:
    content = b"MZ" + bytes(500)
    address, _told = begin(browser, content)
    put(browser, address, 0, content)
    told = browser.post(f"{address}finish/")
    assert (told.status_code, told.json()["code"]) == (422, "files.wrong_kind")
    assert "不是照片" in told.json()["message"]
    assert browser.get(address).status_code == 404
    assert not stored()


def test_damaged_on_the_way_is_noticed(browser: Client, stored: Stored) -> None:
    address, _told = begin(browser, sha256="0" * 64)
    for offset in range(0, len(PICTURE), PIECE):
        put(browser, address, offset)
    assert browser.post(f"{address}finish/").json()["code"] == "files.damaged_on_the_way"
    assert not stored()


def test_sizes_and_kinds_are_asked_before_a_byte_is_sent(browser: Client) -> None:
    for said, code in (
        ({"size": 0}, "files.empty"),
        ({"size": 20 * 1024 * 1024 + 1}, "files.too_big"),
        ({"size": 10 * 1024 * 1024 + 1, "kind": "audio"}, "files.too_big"),
        ({"kind": "program"}, "files.unknown_kind"),
    ):
        _address, told = begin(browser, **said)
        assert (told.status_code, told.json()["code"]) == (422, code)
    for body in (b"", b"[]", b"{}", b'{"id": "1", "kind": "picture", "size": 3}', b"\xff"):
        assert browser.post("/files/uploads/", body, content_type="application/json").status_code == 422
    assert browser.put("/files/uploads/").status_code == 405
    address, _told = begin(browser)
    assert browser.put(f"{address}?offset=x", b"1").json()["code"] == "files.unreadable"
    assert browser.put(f"{address}?offset=-1", b"1").json()["code"] == "files.unreadable"


def test_it_is_the_sending_browsers_alone(browser: Client, stored: Stored) -> None:
    address, _told = begin(browser)
    put(browser, address, 0)
    other = Client()
    begin(other)
    for visitor in (other, Client()):
        assert visitor.get(address).status_code == 404
        assert visitor.put(f"{address}?offset={PIECE}", b"x").status_code == 404
        assert visitor.delete(address).status_code == 204, "nothing of theirs is there now, as ever"
        assert visitor.post(f"{address}finish/").status_code == 404
        assert visitor.get(f"{address}content/").status_code == 404
        _address, told = begin(visitor, id=address.split("/")[3])
        assert told.json()["code"] == "files.gone"
    assert browser.get(address).json()["next"] == PIECE
    assert uploads.of_owner("", [address.split("/")[3]]) == []


def test_a_forged_form_begins_nothing(stored: Stored) -> None:
    strict = Client(enforce_csrf_checks=True)
    _address, told = begin(strict)
    assert told.status_code == 403
    assert not Upload.objects.exists()


def test_not_wanted_after_all(browser: Client, stored: Stored) -> None:
    address, _told = begin(browser)
    put(browser, address, 0)
    assert browser.delete(address).status_code == 204
    assert not stored() and not Upload.objects.exists()
    assert browser.delete(address).status_code == 204, "said twice, it is no fault"


def test_taken_back_while_it_is_made_ready(browser: Client, stored: Stored, monkeypatch: pytest.MonkeyPatch) -> None:
    """The button is pressed while ffmpeg is at work: nothing is left of it, and nothing breaks."""
    made = uploads.intake.make_ready

    def meanwhile(path: Path, kind: str) -> Any:
        ready = made(path, kind)
        assert browser.delete(address).status_code == 204
        return ready

    monkeypatch.setattr(uploads.intake, "make_ready", meanwhile)
    address, _told = begin(browser)
    for offset in range(0, len(PICTURE), PIECE):
        put(browser, address, offset)
    told = browser.post(f"{address}finish/")
    assert (told.status_code, told.json()["code"]) == (422, "files.gone")
    assert not stored() and not Upload.objects.exists()


def test_one_browser_has_so_many_at_once_and_one_network_so_many_an_hour(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "UNUSED_AT_ONCE", 2)
    answers = [begin(browser)[1].status_code for _n in range(3)]
    assert answers == [200, 200, 422]
    monkeypatch.setattr(rules, "UPLOADS", ("files-test", 1, 3600))
    assert [begin(Client())[1].status_code for _n in range(2)] == [200, 422]
    monkeypatch.setattr(rules, "PIECES", ("files-test-pieces", 1, 3600))
    address = f"/files/uploads/{Upload.objects.filter(received=0).latest('begun_at').pk}/"
    monkeypatch.setattr("xianglin.commons.files.views._own", lambda request, pk: Upload.objects.get(pk=pk))
    assert [put(browser, address, offset).status_code for offset in (0, PIECE)] == [200, 422]


def test_after_a_day_what_nobody_handed_in_is_swept(stored: Stored) -> None:
    half = uploads.begin(uuid.uuid4(), owner=OWNER, actor=NOBODY, kind=Kind.PICTURE, size=len(PICTURE))
    uploads.receive(half, 0, PICTURE[:1000])
    whole, fresh = send(PICTURE, Kind.PICTURE), send(wav(1), Kind.AUDIO)
    old = clock.real_now() - timedelta(hours=25)
    Upload.objects.filter(pk__in=[half.pk, whole.pk]).update(begun_at=old)
    assert jobs.sweep.func() == 2
    assert list(Upload.objects.all()) == [fresh]
    assert len(stored()) == 1
