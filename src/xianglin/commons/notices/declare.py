"""What the platform says, declared in each room's ``notice_templates.py`` as ``TEMPLATES``, a tuple."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from uuid import UUID

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from xianglin.base.actor import Actor
from xianglin.base.registry import Text


@dataclass(frozen=True)
class NoticeTemplate:
    """A sentence as a neighbour would say it, with ``%(name)s`` where a variable goes. Keys are never reused.

    ``sms``: sent to the phone too (or only, where there is no account), as ``sms_text`` where that differs.
    ``mail``: to a confirmed e-mail address too. ``asks``: the key of a declared question that the SMS asks.
    ``consent``: a purpose; an SMS goes only to who consented to it expressly. ``secret``: a log-in code, or a link
    that is one; forgotten before it is handed over.
    """

    key: str
    text: Text
    sms: bool = False
    secret: bool = False
    sms_text: Text = ""
    mail: bool = False
    asks: str = ""
    consent: str = ""

    def render(self, variables: Mapping[str, Any]) -> str:
        """In the language that is active: the reader's on a page, Chinese in an SMS."""
        return str(self.text) % variables

    def render_sms(self, variables: Mapping[str, Any]) -> str:
        return str(self.sms_text or self.text) % variables


@dataclass(frozen=True)
class Choice:
    """One answer to a question: the digit, and the words that surely mean it."""

    digit: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class Asked:
    """A question that a room asks by SMS, and what its answers mean there. ``about`` is the room's own name for it.

    ``answer(about, digit, said, actor, key)`` acts, or raises Refused; ``said``: what was written beside the digit.
    ``stands(about)``: whether an answer still changes anything. ``unclear(about, actor)``: a reply came that nobody
    understands; somebody should telephone.
    """

    key: str
    choices: tuple[Choice, ...]
    answer: Callable[[str, str, str, Actor, UUID], object]
    stands: Callable[[str], bool]
    unclear: Callable[[str, Actor], object]


REGISTRY: dict[str, NoticeTemplate] = {}
QUESTIONS: dict[str, Asked] = {}


def register_question(asked: Asked) -> Asked:
    QUESTIONS[asked.key] = asked
    return asked


def collect() -> None:
    """Read every installed room's declarations."""
    REGISTRY.clear()
    for room in apps.get_app_configs():
        if module_has_submodule(room.module, "notice_templates"):
            for template in import_module(f"{room.name}.notice_templates").TEMPLATES:
                assert template.key not in REGISTRY, f"two notice templates named {template.key}"
                REGISTRY[template.key] = template


def declared_as(key: str) -> NoticeTemplate:
    """The template of this key; LookupError where no installed room declares it."""
    if key not in REGISTRY:
        raise LookupError(f"no notice template {key}: declare it in its room's notice_templates.py")
    return REGISTRY[key]
