"""Kept with its owner, forgotten with its owner: what lies on the disk, what the trail says, what opens it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import RequestFactory

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture, played, wav
from xianglin.base import action as actions_of
from xianglin.base import hooks
from xianglin.base.action import action
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.files import actions, contents, jobs, serving
from xianglin.commons.files.models import File, Kind, Upload
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import destroy, new_key
from xianglin.commons.trail.models import Entry

HERE = 7  # a county
Owner = Callable[..., Any]
Stored = Callable[[], list[Path]]


@pytest.fixture
def owner(monkeypatch: pytest.MonkeyPatch) -> Iterator[Owner]:
    """A throw-away room's action that keeps or forgets a file."""
    monkeypatch.setattr(hooks.authorise, "_plug", lambda *_asked: None)

    @action("tests.with_file")
    def deed(place: Any, *, actor: Actor, run: Callable[[Actor], Any]) -> Any:
        return run(actor)

    yield lambda run: deed(None, actor=system("tests"), run=run)
    del actions_of.REGISTRY["tests.with_file"]


@pytest.fixture
def key(db: None) -> PersonKey:
    return new_key(HERE)


def keep(owner: Owner, upload: Upload, key: PersonKey | None) -> File:
    file: File = owner(lambda actor: actions.keep_upload(upload, actor=actor, county_id=HERE, key=key))
    return file


def test_somebodys_recording_opens_with_their_key_only(
    owner: Owner, key: PersonKey, stored: Stored, tmp_path: Path
) -> None:
    file = File.objects.get(pk=keep(owner, send(wav(2), Kind.AUDIO), key).pk)
    assert (file.kind, file.came_as, file.media_type, file.by) == (
        "audio", "audio/wav", "audio/mp4", "system:tests",
    )  # fmt: skip
    (on_disk,) = [path.read_bytes() for path in stored()]
    assert b"ftyp" not in on_disk and len(on_disk) > 1000
    heard = contents.read(file)
    assert heard is not None and len(heard) == file.size
    assert played(heard, tmp_path)[0] == pytest.approx(2, abs=0.1)
    destroy(key)
    assert contents.read(file) is None, "erased with everything else of theirs"


def test_the_trail_says_what_was_kept_and_holds_nothing_that_opens_it(owner: Owner, key: PersonKey) -> None:
    upload = send(wav(1), Kind.AUDIO)
    secret = upload.secret
    file = keep(owner, upload, key)
    entry = Entry.objects.filter(subject=f"files.File:{file.pk}").earliest("position")
    assert (entry.chain, entry.action) == (HERE, "tests.with_file")
    assert file.sha256 in entry.after and "audio/mp4" in entry.after
    assert secret not in entry.after + entry.before
    assert not Upload.objects.exclude(secret="").exists(), "nor does the upload's row any longer"


def test_what_is_public_opens_without_a_key(owner: Owner, stored: Stored) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    small = contents.read(file, small=True)
    assert small is not None and small.startswith(b"\xff\xd8")
    assert len(small) < len(contents.read(file) or b"")
    assert len(stored()) == 2
    assert file.look and (file.width, file.height) == (800, 600)


def test_an_upload_is_kept_once_and_only_when_ready(owner: Owner, refused: Callable[..., str]) -> None:
    upload = send(picture(), Kind.PICTURE)
    keep(owner, upload, None)
    assert refused(lambda: keep(owner, upload, None)) == "files.used_already"
    Upload.objects.all().delete()
    assert refused(lambda: keep(owner, upload, None)) == "files.gone"
    half = Upload.objects.create(pk=upload.pk, kind="picture", claimed_size=9, begun_at=upload.begun_at)
    assert refused(lambda: keep(owner, half, None)) == "files.gone"
    assert File.objects.count() == 1


def test_where_its_owner_is_refused_the_upload_waits_on(owner: Owner, key: PersonKey, stored: Stored) -> None:
    upload = send(wav(1), Kind.AUDIO)

    def refuse(actor: Actor) -> None:
        actions.keep_upload(upload, actor=actor, county_id=HERE, key=key)
        raise Refused("tests.no", "不行。")

    with pytest.raises(Refused):
        owner(refuse)
    assert not File.objects.exists()
    assert contents.read(keep(owner, upload, key)), "kept the next time"
    assert len(stored()) == 1


@pytest.mark.django_db(transaction=True)
def test_forgotten_its_key_and_its_bytes_are_destroyed(owner: Owner, stored: Stored) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    owner(lambda _actor: actions.forget_file(file))
    gone = File.objects.get(pk=file.pk)
    assert gone.gone_at and not (gone.secret or gone.open_secret or gone.look or gone.stored_as or gone.small_as)
    assert contents.read(gone) is None
    assert not stored()


@pytest.mark.django_db(transaction=True)
def test_bytes_that_a_killed_process_left_are_swept(
    owner: Owner, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    with monkeypatch.context() as killed:
        killed.setattr(transaction, "on_commit", lambda _deed: None)
        owner(lambda _actor: actions.forget_file(file))
    assert len(stored()) == 2
    jobs.sweep.func()
    assert not stored()
    assert not File.objects.exclude(stored_as="").exists()


def test_altered_on_the_disk_it_does_not_open(owner: Owner, refused: Callable[..., str], stored: Stored) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    for path in stored():
        kept = path.read_bytes()
        path.write_bytes(kept[:-1] + bytes([kept[-1] ^ 1]))
    assert refused(lambda: contents.read(file)) == "keys.content_tampered"
    for path in stored():
        path.write_bytes(b"")
    assert refused(lambda: contents.read(file)) == "keys.content_tampered"


def test_nobody_can_guess_where_it_lies(owner: Owner, settings: Any) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    assert len(file.stored_as.split("/")[-1]) == 48
    assert not default_storage.path("x").startswith(str(settings.STATIC_ROOT))


def test_players_get_the_part_they_ask_for(owner: Owner, key: PersonKey) -> None:
    file = keep(owner, send(wav(1), Kind.AUDIO), key)
    whole = contents.read(file) or b""
    size = len(whole)

    def ask(part: str) -> Any:
        return serving.respond(RequestFactory().get("/", headers={"Range": part} if part else {}), file)

    told = ask("")
    assert (told.status_code, told.content, told["Accept-Ranges"]) == (200, whole, "bytes")
    assert (told["Cache-Control"], told["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert told["Content-Type"] == "audio/mp4"
    for part, first, last in (
        ("bytes=0-1", 0, 1),  # what Safari asks first
        (f"bytes=0-{size * 2}", 0, size - 1),
        ("bytes=100-", 100, size - 1),
        ("bytes=-50", size - 50, size - 1),
        (f"bytes=-{size * 2}", 0, size - 1),
    ):
        told = ask(part)
        assert (told.status_code, told.content) == (206, whole[first : last + 1]), part
        assert told["Content-Range"] == f"bytes {first}-{last}/{size}"
        assert told["Content-Length"] == str(last - first + 1)
    for part in (f"bytes={size}-", "bytes=5-2", "bytes=-0", "bytes=-"):
        told = ask(part)
        assert (told.status_code, told["Content-Range"]) == (416, f"bytes */{size}"), part
    assert ask("lines=1-2").status_code == 200, "another unit is not understood, so all of it comes"


def test_what_is_public_is_asked_again_by_its_tag(owner: Owner) -> None:
    file = keep(owner, send(picture(), Kind.PICTURE), None)
    told = serving.respond(RequestFactory().get("/"), file, public=True)
    assert told["Cache-Control"] == "public, max-age=600"
    again = RequestFactory().get("/", headers={"If-None-Match": told["ETag"]})
    assert serving.respond(again, file, public=True).status_code == 304
    assert serving.respond(again, file, small=True, public=True).status_code == 200, "the small copy is another thing"
