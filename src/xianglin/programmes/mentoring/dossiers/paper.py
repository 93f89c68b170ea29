"""一人一档: a person's file as a document."""

from collections.abc import Iterable

from xianglin.base import clock
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import ancestors
from xianglin.commons.documents.parts import Block, Document, Signature

from ..registers.models import Listed, Mentor, YoungCadre
from . import sections


def of_cadre(cadre: YoungCadre) -> Document:
    blocks = [block for section in sections.OF_CADRES for block in section(cadre)]
    return _paper(cadre, "青年干部成长档案", blocks)  # zh: the paper


def of_mentor(mentor: Mentor) -> Document:
    blocks = [block for section in sections.OF_MENTORS for block in section(mentor)]
    return _paper(mentor, "帮带导师档案", blocks)  # zh: the paper


def _paper(listed: Listed, title: str, blocks: Iterable[Block]) -> Document:
    return Document(
        title=f"{listed.account.display_name}{title}",
        subtitles=["".join(area.name for area in ancestors(listed.area) if area.level >= Level.COUNTY)],
        blocks=list(blocks),
        signature=Signature(_town(listed.area), sections.written(clock.today())),
    )


def _town(area: Area) -> str:
    return next((one.name for one in ancestors(area) if one.level == Level.TOWN), area.name)
