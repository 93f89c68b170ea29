"""What everybody may find of matters: the public title and the latest public answer of those on the board."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from xianglin.commons.search.declare import Searchable, Told

from . import rules
from .events import CHANGED
from .models import Matter


def _rows() -> QuerySet[Matter]:
    return Matter.objects.filter(public=True).select_related("area").defer("words", "name", "phone", "first_title")


def _tell(matter: Matter) -> Told | None:
    if not rules.is_on_board(matter):
        return None
    url = reverse("matters:public", args=[matter.area.code, matter.serial])
    return Told(matter.title, matter.answer, url, matter.said_at, matter.area)


SEARCHABLE = (Searchable("matters.matter", _("事项"), _rows, _tell, (CHANGED,)),)
