"""Approved templates (报备过的模板): what the provider calls each of ours, and which variables it takes in which order.

A JSON file that ``SMS_TEMPLATES`` names, kept by the operator:

    {"matters.answered": {"id": "2081234", "sign": "玉华村", "variables": ["slip", "title"], "longest": 20}}

Without ``sign`` it is ``SMS_SIGN``; without ``variables`` all of the sentence's own, in its order; ``longest`` cuts a
variable to so many characters, as providers ask.
"""

import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from . import declare

_NAMES = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True)
class Approved:
    """A template as the provider knows it."""

    id: str
    sign: str
    variables: tuple[str, ...]
    longest: int = 0

    def values(self, variables: dict[str, Any]) -> list[str]:
        """The variables in the provider's order, none longer than it takes. KeyError: one that we never fill in."""
        return [self._cut(str(variables[name])) for name in self.variables]

    def _cut(self, value: str) -> str:
        return value if not self.longest or len(value) <= self.longest else f"{value[: self.longest - 1]}…"


def approved(key: str) -> Approved | None:
    """What the operator wrote for this template; None: nothing, or a file that cannot be read (``doctor`` says so)."""
    line = _table().get(key)
    if not isinstance(line, dict) or not line.get("id"):
        return None
    names = line.get("variables")
    return Approved(
        id=str(line["id"]),
        sign=str(line.get("sign") or settings.SMS_SIGN),
        variables=tuple(map(str, names)) if isinstance(names, list) else names_in(declare.declared_as(key)),
        longest=int(line.get("longest") or 0),
    )


def names_in(template: declare.NoticeTemplate) -> tuple[str, ...]:
    """The variables of a template's sentence in an SMS, in its order."""
    return tuple(dict.fromkeys(_NAMES.findall(str(template.sms_text or template.text))))


def complaints() -> list[str]:
    """What an operator must mend in the file; for ``doctor``."""
    if not settings.SMS_TEMPLATES:
        return []
    try:
        table = _read(settings.SMS_TEMPLATES)
    except (OSError, ValueError) as error:
        return [_("短信模板表 %(file)s 读不了：%(why)s") % {"file": settings.SMS_TEMPLATES, "why": error}]
    sent = {key: template for key, template in declare.REGISTRY.items() if template.sms}
    said = []
    if missing := sorted(set(sent) - set(table)):
        said.append(_("这些短信还没有报备的模板，发不出去：%(keys)s") % {"keys": "，".join(missing)})  # zh: a list
    for key in sorted(set(table) & set(sent)):
        made = approved(key)
        strange = set(made.variables) - set(names_in(sent[key])) if made else set()
        if made is None or strange:
            said.append(
                _("短信模板表里 %(key)s 写得不对：%(why)s") % {"key": key, "why": ", ".join(sorted(strange)) or "id"}
            )
    return said


def _table() -> dict[str, Any]:
    path = settings.SMS_TEMPLATES
    if not path:
        return {}
    try:
        return _kept(path, Path(path).stat().st_mtime_ns)
    except (OSError, ValueError):
        return {}


@lru_cache(maxsize=4)
def _kept(path: str, _changed: int) -> dict[str, Any]:
    return _read(path)


def _read(path: str) -> dict[str, Any]:
    found = json.loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found
