"""Where on a form a refusal stands: beside the field that it is about, with everything typed still there."""

import uuid
from collections.abc import Sequence

from django.forms import Form

from xianglin.base.refused import Refused

from . import rules

# The fields that a code may be about; the first that the form has.
_FIELDS = {
    "matters.phone": ("phone",),
    "matters.nobody_to_ring": ("phone",),
    "matters.no_words": ("words", "text"),
    "matters.words_too_long": ("words", "text"),
    "files.used_already": ("voice", "photos"),
    "files.gone": ("voice", "photos"),
    "files.too_many": ("photos",),
    "matters.photo_used_before": ("again",),
    "matters.title_too_long": ("title", "titles"),
    "matters.nothing_to_split": ("titles",),
    "matters.nothing_to_publish": ("title", "text", "reason"),
    "matters.no_reason": ("reason",),
    "matters.no_reason_to_change": ("reason",),
    "matters.day_out_of_reach": ("until", "review_on"),
    "matters.nobody_named": ("owner",),
    "matters.cannot_own": ("owner",),
    "matters.wrong_receipt": ("code",),
}
_PUBLIC = ("title", "titles", "text", "to", "reason", "again")


def add_refusal(form: Form, refused: Refused, names: Sequence[str] = ()) -> None:
    """Show a refusal, ready to be sent as something new. ``names``: those that the action looked for too."""
    form.add_error(_field_of(form, refused, names), str(refused.message))
    if refused.code == "trail.said_otherwise":
        form.data = dict(form.data.items()) | {"key": str(uuid.uuid4())}


def _field_of(form: Form, refused: Refused, names: Sequence[str]) -> str | None:
    fields = _PUBLIC if refused.code == "matters.leak" else _FIELDS.get(refused.code, ())
    here = [name for name in fields if name in form.fields]
    if refused.code == "matters.leak":
        here = [name for name in here if _leaks(str(form.cleaned_data.get(name, "")), names)] or here
    return here[0] if here else None


def _leaks(text: str, names: Sequence[str]) -> bool:
    try:
        rules.require_public(text, names=names)
    except Refused as refused:
        return refused.code == "matters.leak"
    return False
