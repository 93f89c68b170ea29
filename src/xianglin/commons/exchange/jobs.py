"""Long work beside the pages: reading a handed-in sheet, checking it again, applying it, forgetting it."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.storage import default_storage
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.jobs.declare import job, scheduled

from . import actions, staging
from .models import Batch, StagedRow

KEPT = timedelta(days=30)  # long enough to mend the faulty rows; they hold personal data
UNREAD = timedelta(days=1)  # longer than all tries together
FOLDER = "exchange"  # of handed-in sheets, in the storage
_CHUNK = 500


@job()
def read_sheet(batch_id: int) -> None:
    """What cannot be read says why on its page; it is not tried again."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == Batch.State.STAGED and batch.stored_as:
        with override(batch.language or None):
            try:
                _read(batch)
            except Refused as refusal:
                _end(batch, refusal)
    if batch.stored_as:
        default_storage.delete(batch.stored_as)
        Batch.objects.filter(pk=batch.pk).update(stored_as="")


def _read(batch: Batch) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        try:
            stored = default_storage.open(batch.stored_as)
        except FileNotFoundError as lost:
            raise Refused("exchange.file_lost", _("交来的文件找不到了，请再交一次。")) from lost
        with stored, path.open("wb") as copy:
            for piece in stored.chunks():
                copy.write(piece)
        staging.read_into(batch, path)


def _end(batch: Batch, refusal: Refused) -> None:
    """Nothing came of it: its page says why, and what was read so far goes with its key."""
    if staging.end_reading(batch, refusal).state == Batch.State.CANCELLED:
        actions.forget_batch(batch, actor=system("exchange"))


@job()
def check_again(batch_id: int) -> None:
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == Batch.State.STAGED:
        with override(batch.language or None):
            staging.check_again(batch)


@job()
def apply(batch_id: int, actor: dict[str, Any]) -> None:
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == Batch.State.APPLYING:  # otherwise it is done, or its owner has stopped it
        with override(batch.language or None):
            staging.apply_batch(batch, Actor(**actor))


@scheduled(name="exchange.forget", daily_at="03:40")
@job()
def forget() -> int:
    """Sheets handed in a month ago. The key goes first, in the action; the rows after it are only waste."""
    old = Batch.objects.filter(forgotten_at=None, created_at__lt=clock.now() - KEPT)
    count = 0
    for batch in old:
        actions.forget_batch(batch, actor=system("exchange"))
        count += 1
    waste = StagedRow.objects.filter(batch__forgotten_at__isnull=False)
    while some := list(waste.values_list("pk", flat=True)[:_CHUNK]):
        StagedRow.objects.filter(pk__in=some).delete()
    _sweep()
    return count


def _sweep() -> None:
    """A sheet lies as it was handed in only until it is read: that job has given up, or never had a batch."""
    before = clock.real_now() - UNREAD
    for batch in Batch.objects.filter(state=Batch.State.STAGED, created_at__lt=clock.now() - UNREAD):
        if batch.stored_as:
            _end(batch, Refused("exchange.never_read", _("这份表一直没读成，请再交一次；还不行，请告诉系统管理员。")))
    for name in _stored():
        if default_storage.get_modified_time(name) < before:
            default_storage.delete(name)


def _stored() -> list[str]:
    try:
        _folders, names = default_storage.listdir(FOLDER)
    except FileNotFoundError:
        return []  # nobody has handed in a sheet yet
    return [f"{FOLDER}/{name}" for name in names]
