"""Decisions about asking."""

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.refused import Refused

from .models import WORDS_LENGTH, State, Thread

PHOTOS = 3
PATIENCE = 7  # days; then it stands on the officer's list too. Nothing expires


def require_words(words: str, *, may_be_empty: bool = False) -> str:
    kept = words.strip()
    if not kept and not may_be_empty:
        raise Refused("mentoring.no_question", _("还没写。写一句就行。"))
    if len(kept) > WORDS_LENGTH:
        raise Refused("mentoring.question_long", _("写得太长了，最多 %(most)d 个字。") % {"most": WORDS_LENGTH})
    return kept


def require_answered(thread: Thread) -> None:
    if thread.state == State.WAITING:
        raise Refused("mentoring.not_answered", _("导师还没回答。答了您再说有没有用；想补一句，写在下面就行。"))


def days_waiting(thread: Thread) -> int:
    return (clock.today() - thread.waits_since).days if thread.waits_since is not None else 0
