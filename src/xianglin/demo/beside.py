"""上堡村, beside: two lamps answered with one photo, and a changed figure that the town asked about."""

from collections.abc import Iterator
from functools import partial

from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area
from xianglin.kernels.matters import actions as matters
from xianglin.kernels.matters.models import How, Matter
from xianglin.programmes.briefing import actions as briefing

from . import pictures, yuhua
from .deeds import Scene, as_
from .yuhua_meeting import BESIDE_ASKED, BESIDE_LAMPS, Lamp

_LAMPS = "路灯"  # zh: a category's key


def scenes(places: dict[str, Area], cast: dict[str, Account]) -> Iterator[Scene]:
    here = places[yuhua.BESIDE]
    for lamp in BESIDE_LAMPS:
        yield from _Lamp(here, lamp, cast).scenes()
    yield from _Asked(here, cast).scenes()


class _Lamp:
    def __init__(self, here: Area, lamp: Lamp, cast: dict[str, Account]) -> None:
        self.here, self.lamp = here, lamp
        self.cadre, self.clerk = as_(cast["beside"]), as_(cast["clerk"])
        self.account = cast["beside"]
        self.matter = Matter()

    def scenes(self) -> Iterator[Scene]:
        yield self.lamp.said, self._note
        yield self.lamp.answered, self._answer
        yield self.lamp.heard, self._hear

    def _note(self) -> None:
        said = matters.Said(words=self.lamp.words, name=self.lamp.name, source="visit", kind="briefing.question")
        noted = matters.raise_matter(self.here, actor=self.cadre, said=said)
        title = self.lamp.title
        noted = matters.triage_matter(noted, actor=self.cadre, title=title, category=_LAMPS, public=True)
        self.matter = matters.assign_matter(noted, actor=self.cadre, account_id=self.account.pk)

    def _answer(self) -> None:
        photo = pictures.sent(pictures.lamp(self.lamp.taken, sent_on=bool(self.lamp.again)), self.cadre)
        text, again = self.lamp.text, self.lamp.again
        matters.answer_matter(self.matter, actor=self.cadre, text=text, photos=[photo], again=again)

    def _hear(self) -> None:
        matters.note_word(self.matter, actor=self.clerk, settled=True, how=How.CALL)


class _Asked:
    """12 → 9: asked and answered; whether that explains it, the inspector has still to say."""

    def __init__(self, here: Area, cast: dict[str, Account]) -> None:
        self.here, self.cadre, self.inspector = here, as_(cast["beside"]), as_(cast["inspector"])
        self.account = cast["beside"]
        self.matter = Matter()

    def scenes(self) -> Iterator[Scene]:
        asked, words, answered, text = BESIDE_ASKED
        yield asked, partial(self._ask, words)
        yield answered, partial(self._answer, text)

    def _ask(self, words: str) -> None:
        self.matter = briefing.ask_village(
            self.here, actor=self.inspector, words=words, period="2022-05", about=["corrected"]
        )

    def _answer(self, text: str) -> None:
        taken = matters.assign_matter(self.matter, actor=self.cadre, account_id=self.account.pk)
        matters.answer_matter(taken, actor=self.cadre, text=text, outcome="explained")
