"""What a correction changed, in words and not as two whole texts."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from xianglin.engine.differences import differences

from .queries import Shown


@dataclass(frozen=True)
class Changed:
    """One thing that a correction changed; either side may be empty."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """A correction: the edition that it made, and in what that differs from the one before."""

    made: Shown
    changed: Sequence[Changed]


def changes(editions: Sequence[Shown]) -> list[Change]:
    """Of a record's editions, the newest first: what each changed of the one before it."""
    return [Change(new, _between(old, new)) for new, old in zip(editions, editions[1:], strict=False)]


def _between(old: Shown, new: Shown) -> list[Changed]:
    before, after = _facts(old), _facts(new)
    found = [Changed(label, before[label], after[label]) for label in before if before[label] != after[label]]
    for label, was, now in ((_("做了什么"), old.done, new.done), (_("解决了什么"), old.solved, new.solved)):
        found += [Changed(label, one.before, one.after) for one in differences(was, now)]
    if old.edition.matter_id != new.edition.matter_id:
        found.append(Changed(_("一起解决的事项"), "", _("另一件")))  # which one, only its readers know
    went, came = _only_in(old, new), _only_in(new, old)
    if went or came:
        found.append(Changed(_("照片和文件"), _pieces(went), _pieces(came)))
    return found


def _only_in(one: Shown, other: Shown) -> int:
    return len({proof.pk for proof in one.evidence} - {proof.pk for proof in other.evidence})


def _pieces(count: int) -> str:
    return _("%(count)d 份") % {"count": count} if count else ""


def _facts(one: Shown) -> dict[str, str]:
    row = one.edition
    where = "　".join(part for part in (row.where.name if row.where is not None else "", row.place) if part)
    return {
        _("方法"): str(row.get_method_display()),
        _("哪天"): row.on.isoformat(),
        _("时长"): minutes_in_words(row.minutes),
        _("地点"): where,
        _("能力"): pgettext("list", "、").join(one.abilities),
        _("历练"): str(row.assignment) if row.assignment is not None else "",
    }


def minutes_in_words(minutes: int | None) -> str:
    return _("%(minutes)d 分钟") % {"minutes": minutes} if minutes is not None else ""
