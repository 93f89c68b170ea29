"""Uploads: begun, sent in pieces, taken up again after a break, made ready. No actions: nothing is kept by them."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.keys import contents as concealing
from xianglin.commons.keys.sealing import blind_index

from . import contents, intake, rules
from .models import Kind, Upload

_SESSION = "files"
_FOLDER = "uploads"


class OutOfStep(Refused):
    """A piece that does not follow on what is there; ``data["next"]`` says where to go on."""


def owner_of(request: HttpRequest, *, begin: bool = False) -> str:
    """Whose uploads this browser's are; blank where it has none. It stays the same when somebody logs in."""
    held: str = request.session.get(_SESSION, "")
    if not held and begin:
        held = request.session[_SESSION] = secrets.token_hex(16)
    return blind_index("uploads of", held) if held else ""


def begin(pk: UUID, *, owner: str, actor: Actor, kind: str, size: int, sha256: str = "") -> Upload:
    """The same upload begun again goes on where it was. Another's, or another file under the same key, is refused."""
    known = Upload.objects.filter(pk=pk).first()
    if known is not None:
        if known.owner != owner or (known.kind, known.claimed_size) != (kind, size):
            raise rules.gone()
        return known
    if kind not in Kind.values:
        raise Refused("files.unknown_kind", _("没有这一类文件。请刷新页面再传。"))
    rules.require_size(kind, size)
    waiting = Upload.objects.filter(owner=owner, begun_at__gt=_yesterday()).exclude(state=Upload.State.KEPT)
    if waiting.count() >= rules.UNUSED_AT_ONCE or not hooks.within_limit(*rules.UPLOADS, actor.origin or "none"):
        raise rules.too_often()
    upload, _made = Upload.objects.get_or_create(
        pk=pk,
        defaults={
            "owner": owner,
            "kind": kind,
            "claimed_size": size,
            "claimed_sha256": sha256.lower(),
            "folder": f"{_FOLDER}/{secrets.token_hex(12)}",
            # Known before anything lies there: the sweep finds whatever a killed process left.
            "facts": {column: intake.new_name() for column in intake.COLUMNS[Kind(kind)]},
            "begun_at": clock.real_now(),
        },
    )
    if upload.owner != owner:
        raise rules.gone()
    return upload


def receive(upload: Upload, offset: int, piece: bytes) -> Upload:
    """Take the next piece. One that is there already is not stored again; one after a gap is ``OutOfStep``."""
    if len(piece) > rules.PIECE_MOST:
        raise Refused("files.piece_too_big", _("这一段太大了，传不了。请刷新页面再传。"))
    with transaction.atomic():
        held = _locked(upload)
        after = offset + len(piece)
        if held.state != Upload.State.RECEIVING or (piece and after <= held.received):
            return held
        if offset != held.received or after > held.claimed_size or not piece:
            raise OutOfStep("files.out_of_step", _("传到一半断了，正在接着传。"), next=held.received)
        name = default_storage.save(f"{held.folder}/{offset:010d}", ContentFile(piece))
        held.pieces, held.received = [*held.pieces, name], after
        held.save(update_fields=["pieces", "received"])
    return held


def finish(upload: Upload) -> Upload:
    """All is there: convert it. What is refused is thrown away at once."""
    if upload.state != Upload.State.RECEIVING:
        return upload
    if upload.received != upload.claimed_size:
        raise OutOfStep("files.out_of_step", _("传到一半断了，正在接着传。"), next=upload.received)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        digest = _put_together(upload, path)
        if upload.claimed_sha256 not in ("", digest):
            discard(upload)
            raise Refused("files.damaged_on_the_way", _("传的时候出了错，和原来的不一样。请再传一次。"))
        return _make_ready(upload, path)


def take(file: UploadedFile[Any], *, owner: str, actor: Actor, kind: str) -> Upload:
    """A file that came whole, with a form of a browser without scripts: it becomes a ready upload too."""
    upload = begin(uuid4(), owner=owner, actor=actor, kind=kind, size=file.size or 0)
    Upload.objects.filter(pk=upload.pk).update(received=upload.claimed_size)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        with path.open("wb") as copy:
            for chunk in file.chunks():
                copy.write(chunk)
        return _make_ready(upload, path)


def _locked(upload: Upload) -> Upload:
    """As it is now; its sender may have taken it back meanwhile."""
    held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
    if held is None:
        raise rules.gone()
    return held


def _put_together(upload: Upload, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("wb") as whole:
        for name in upload.pieces:
            try:
                with default_storage.open(name) as piece:
                    part = piece.read()
            except FileNotFoundError:
                raise rules.gone() from None  # taken back meanwhile
            digest.update(part)
            whole.write(part)
    return digest.hexdigest()


def _make_ready(upload: Upload, path: Path) -> Upload:
    try:
        ready = intake.make_ready(path, upload.kind)
    except Refused:
        discard(upload)
        raise
    with transaction.atomic():
        held = _locked(upload)
        if held.state != Upload.State.RECEIVING:
            return held  # finished twice at once: the first one counts
        held.state, held.secret = Upload.State.READY, concealing.new_secret()
        for column, content in ready.contents.items():
            contents.erase([held.facts[column]])  # left by a process that was killed here
            contents.store(held.facts[column], content, held.secret)
        held.facts |= ready.facts
        held.save(update_fields=["state", "facts", "secret"])
    _erase_pieces(held)
    return held


def of_owner(owner: str, tokens: Iterable[str]) -> list[Upload]:
    """The uploads behind a form's tokens that came from the same browser and are ready, in the form's order."""
    wanted = [pk for pk in map(_read, tokens) if pk is not None]
    if not owner or not wanted:
        return []
    mine = Upload.objects.filter(pk__in=wanted, owner=owner).exclude(state=Upload.State.RECEIVING)
    found = {upload.pk: upload for upload in mine}
    return [found[pk] for pk in dict.fromkeys(wanted) if pk in found]


def _read(token: str) -> UUID | None:
    try:
        return UUID(token)
    except ValueError:
        return None


def discard(upload: Upload) -> None:
    """What nobody handed in: its bytes and its row."""
    with transaction.atomic():
        held = Upload.objects.select_for_update().filter(pk=upload.pk).first()
        if held is not None:
            contents.erase((held.facts.get("stored_as"), held.facts.get("small_as")))  # none any more, once it is kept
            _erase_pieces(held)
            held.delete()


def _erase_pieces(upload: Upload) -> None:
    try:
        _folders, names = default_storage.listdir(upload.folder)
    except FileNotFoundError:
        return
    contents.erase(f"{upload.folder}/{name}" for name in names)
    default_storage.delete(upload.folder)


def sweep() -> int:
    """Uploads a day old: handed in and kept, or forgotten by everybody."""
    count = 0
    for upload in Upload.objects.filter(begun_at__lt=_yesterday()).order_by("begun_at")[:500]:
        discard(upload)
        count += 1
    return count


def _yesterday() -> dt.datetime:
    return clock.real_now() - dt.timedelta(hours=rules.KEPT_HOURS)
