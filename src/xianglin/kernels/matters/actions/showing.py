"""An answer's pictures: kept, shown, replaced, destroyed; each looked for among those that were shown before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max
from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.base.action import changing
from xianglin.base.actor import Actor
from xianglin.commons.files.actions import forget_file, keep_upload
from xianglin.commons.files.models import File, Kind, Upload
from xianglin.commons.files.rules import require_most

from .. import reuse, rules
from ..models import Answer, AnswerPhoto, Matter, Reuse
from ..reuse import used_words


@dataclass(frozen=True)
class Kept:
    """A picture that was kept. ``earlier``: where it had been shown before, and ``why`` it is again."""

    file: File
    earlier: AnswerPhoto | None = None
    why: str = ""

    @property
    def plain(self) -> "Kept":
        """Shown with a duplicate's answer too, it counts once."""
        return replace(self, earlier=None)


def keep_photos(
    matter: Matter, uploads: Sequence[Upload], *, actor: Actor, again: str, names: Sequence[str]
) -> list[Kept]:
    """Refused without a word (``again``), where one of them had shown another matter's answer."""
    require_most(len(uploads), rules.PHOTOS_ANSWERED, Kind.PICTURE)
    found = [reuse.used_before(matter, upload) for upload in uploads]
    used = [
        _("第 %(number)d 张照片，%(used)s") % {"number": nth, "used": used_words(earlier, matter)}
        for nth, earlier in enumerate(found, 1)
        if earlier is not None
    ]
    why = rules.require_word_for_reuse(used, again, names=names)
    files = [keep_upload(u, actor=actor, county_id=matter.county_id or 0, key=None) for u in uploads]
    return [Kept(file, earlier, why) for file, earlier in zip(files, found, strict=True)]


def show_photos(answer: Answer, kept: Iterable[Kept]) -> None:
    """Behind those that are shown already."""
    last = answer.photos.aggregate(last=Max("order"))["last"]
    for order, one in enumerate(kept, 0 if last is None else last + 1):
        photo = AnswerPhoto(answer=answer, file=one.file, order=order)
        with changing(photo):
            photo.save()
        if one.earlier is not None:
            _note_reuse(photo, one)
    shown = answer.photos.filter(replaced_at=None).count()
    require_most(shown, rules.PHOTOS_ANSWERED, Kind.PICTURE)


def _note_reuse(photo: AnswerPhoto, one: Kept) -> None:
    row = Reuse(photo=photo, earlier=one.earlier, why=one.why, at=clock.now())
    row.place_in(photo.answer.matter.area)
    with changing(row):
        row.save()


def destroy_photos(answer: Answer, pks: Sequence[int]) -> None:
    """They must not be seen by anybody: gone, wherever they were shown."""
    for photo in answer.photos.filter(pk__in=pks).select_related("file"):
        AnswerPhoto.objects.filter(file=photo.file).delete()
        forget_file(photo.file)


def replace_photos(answer: Answer, pks: Sequence[int]) -> list[Answer]:
    """Shown no more, wherever they were; answers of duplicates that showed them are returned."""
    files = answer.photos.filter(pk__in=pks, replaced_at=None).values("file_id")
    others: dict[int, Answer] = {}
    for photo in AnswerPhoto.objects.filter(file__in=list(files.values_list("file_id", flat=True))):
        with changing(photo):
            photo.replaced_at = clock.now()
            photo.save(update_fields=["replaced_at"])
        if photo.answer_id != answer.pk:
            others[photo.answer_id] = photo.answer
    return list(others.values())
