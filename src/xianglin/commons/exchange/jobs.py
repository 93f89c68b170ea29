"""Long work beside the pages: reading a handed-in sheet, checking it again, applying it, forgetting it."""

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.storage import default_storage

from xianglin.base import clock
from xianglin.base.actor import Actor, system
from xianglin.base.refused import Refused
from xianglin.commons.jobs.declare import job, scheduled

from . import actions, staging
from .models import Batch, StagedRow

KEPT = timedelta(days=30)  # long enough to mend the faulty rows; they hold personal data
_CHUNK = 500


@job()
def read_sheet(batch_id: int) -> None:
    """What cannot be read says why on its page; it is not tried again."""
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == Batch.State.STAGED:
        try:
            _read(batch)
        except Refused as refusal:
            batch.refusal, batch.state = str(refusal.message), Batch.State.CANCELLED
            batch.save()
    default_storage.delete(batch.stored_as)


def _read(batch: Batch) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "sheet"
        with default_storage.open(batch.stored_as) as stored, path.open("wb") as copy:
            for piece in stored.chunks():
                copy.write(piece)
        staging.read_into(batch, path)


@job()
def check_again(batch_id: int) -> None:
    batch = Batch.objects.get(pk=batch_id)
    if batch.state == Batch.State.STAGED:
        staging.check_again(batch)


@job()
def apply(batch_id: int, actor: dict[str, Any]) -> None:
    staging.apply_batch(Batch.objects.get(pk=batch_id), Actor(**actor))


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
    return count
