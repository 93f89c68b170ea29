"""What everybody may read holds nothing personal. Each room refuses under its own code, with the same sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from xianglin.engine import leaks

from .refused import Refused


def require_nothing_personal(text: str, code: str, *, names: Sequence[str] = ()) -> str:
    """The text itself. A name of one character is in too many words to be looked for."""
    found = leaks.scan(text, names=[name for name in names if len(name) > 1])
    if found:
        raise Refused(
            code,
            _("这段话会公开，里面像有个人信息：%(what)s。请去掉再交。")
            % {"what": "，".join(leak.masked for leak in found)},  # zh: a list of masked pieces, not a sentence
            kinds=[leak.kind for leak in found],
        )
    return text
