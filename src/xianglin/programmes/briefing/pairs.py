"""照片重复, side by side: two pictures, when each was taken, and which answer each stands in."""

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from xianglin.base.actor import Actor
from xianglin.kernels.matters.marks import taken_words
from xianglin.kernels.matters.models import AnswerPhoto, Reuse
from xianglin.kernels.matters.queries import page_for


@dataclass(frozen=True)
class Side:
    """What one of the two was used for. Blank where it is another town's and not on the board."""

    at: dt.datetime
    taken: str
    place: str
    title: str = ""
    text: str = ""
    photo: str = ""
    page: str = ""


@dataclass(frozen=True)
class Pair:
    sides: tuple[Side, Side]
    why: str


def pair_of(reuse: Reuse, actor: Actor) -> Pair:
    return Pair((_side(reuse.earlier, actor), _side(reuse.photo, actor)), reuse.why)


def _side(photo: AnswerPhoto, actor: Actor) -> Side:
    answer, matter = photo.answer, photo.answer.matter
    side = Side(answer.at, taken_words(photo.file), matter.area.name)
    page = page_for(actor, matter)
    if not page:
        return side
    shown = reverse("matters:answer_photo", args=[photo.pk])
    return Side(side.at, side.taken, side.place, matter.title or matter.slip, answer.text, shown, page)
