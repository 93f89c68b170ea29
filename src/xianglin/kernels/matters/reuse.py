"""Pictures that show two different things as done (照片重复): found when the second is sent, read by who supervises."""

import datetime as dt

from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext

from xianglin.commons.areas.models import Area
from xianglin.commons.areas.queries import in_area
from xianglin.commons.files import alike
from xianglin.commons.files.models import Upload
from xianglin.ui.templatetags.ui import day_words

from . import rules
from .models import AnswerPhoto, Matter, Reuse

MOST = 30  # of those that look alike from afar, compared more closely


def used_before(matter: Matter, upload: Upload) -> AnswerPhoto | None:
    """The first picture still shown that is the same, of another case anywhere in the county."""
    near = alike.near(matter.county_id or 0, *alike.told(upload))
    if not near:
        return None
    shown = AnswerPhoto.objects.filter(file__in=near, replaced_at=None).order_by("pk")
    rows = shown.select_related("file", "answer__matter__area", "answer__matter__parent")[:MOST]
    # Duplicates that went their own ways again have shown one file.
    own = {row.file_id for row in rows if rules.is_same_case(row.answer.matter, matter)}
    return next((row for row in rows if row.file_id not in own and alike.is_same(upload, row.file)), None)


def reused_in(area: Area, since: dt.datetime) -> QuerySet[Reuse]:
    """Of a place and all below it, the oldest first; those that were mended too."""
    rows = in_area(Reuse.objects.filter(at__gte=since), area).order_by("at", "pk")
    both = ("photo__file", "photo__answer__matter__area", "earlier__file", "earlier__answer__matter__area")
    return rows.select_related("area", *both)


def used_words(photo: AnswerPhoto, beside: Matter) -> str:
    """Where a picture had been used before, for whoever sees a matter ``beside`` it: 5 月 11 日答复“桥头灯”时."""
    other = photo.answer.matter
    day = day_words(localdate(photo.answer.at), weekday=False)
    if not other.public:
        return gettext("%(day)s答复另一件事时") % {"day": day}
    facts = {"day": day, "title": other.title, "place": other.area.name}
    if other.area_id != beside.area_id:
        return gettext("%(day)s%(place)s答复“%(title)s”时") % facts
    return gettext("%(day)s答复“%(title)s”时") % facts
