"""Decisions about bulletins, without writing anything."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.base.registry import BulletinKind, kind_of_bulletin
from xianglin.engine import leaks

from .models import TEXT_LENGTH, Block, Bulletin, Sort, State

BEGINS = 12  # characters that say which piece is meant
_SENTENCE = re.compile(r"[^。！？\n]*(?:[。！？\n]|$)")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def require_kind(key: str) -> BulletinKind:
    kind = kind_of_bulletin(key)
    if kind is None:
        raise Refused("bulletins.unknown_kind", _("没有这一类公开件。请从清单里选。"), kind=key)
    return kind


def require_period(period: str) -> str:
    if not _MONTH.fullmatch(period):
        raise Refused("bulletins.period", _("月份要写成 2022-05 这样。"))
    return period


def require_state(bulletin: Bulletin, *states: str) -> None:
    if bulletin.state not in states:
        raise Refused(
            "bulletins.wrong_state",
            _("这份稿子现在是“%(state)s”，不能这样办。请刷新看看最新情况。") % {"state": State(bulletin.state).label},
            state=bulletin.state,
        )


def gaps(blocks: Iterable[Block]) -> list[Block]:
    """What people still have to write."""
    return [block for block in blocks if block.is_gap]


def require_no_gaps(blocks: Iterable[Block]) -> None:
    missing = gaps(blocks)
    if missing:
        raise Refused(
            "bulletins.gaps",
            _("还缺 %(count)d 处：%(what)s。写好再请村监委过目。")
            % {"count": len(missing), "what": "，".join(block.asks for block in missing)},  # zh: a list
            gaps=[block.pk for block in missing],
        )


def require_publishable(text: str, names: Sequence[str]) -> str:
    """A text that everybody may read: not too long, and nothing personal in it."""
    kept = text.strip()
    if len(kept) > TEXT_LENGTH:
        raise Refused(
            "bulletins.too_long",
            _("这一段写得太长了，最多 %(limit)d 个字，现在 %(length)d 个。请分成几段。")
            % {"limit": TEXT_LENGTH, "length": len(kept)},
        )
    found = leaks.scan(kept, names=names)
    if found:
        raise Refused(
            "bulletins.leak",
            _("“%(begins)s…”这一段会公开，里面像有个人信息：%(what)s。请去掉再交。")
            % {
                "begins": leaks.mask(_sentence_at(kept, found[0].start), names=names)[:BEGINS],
                "what": "，".join(leak.masked for leak in found),  # zh: a list of masked pieces
            },
            kinds=[leak.kind for leak in found],
        )
    return kept


def _sentence_at(text: str, at: int) -> str:
    """The sentence in which something stands, so that a long text need not be searched for it."""
    return next(found[0].strip() for found in _SENTENCE.finditer(text) if found.end() > at)


def require_kept(kind: BulletinKind, section: str, text: str) -> None:
    """What the last conference left to be answered stays in the report: reworded, never cut (上期反馈)."""
    if section in kind.kept and not text.strip():
        raise Refused("bulletins.must_stay", _("这一段要留着：上次提的事，件件要有回音。可以改写，不能删。"))


def require_sort(block: Block, sort: str) -> None:
    if block.sort == Sort.FIGURE:
        raise Refused(
            "bulletins.counted", _("这个数是从记录里数出来的，不能手改。觉得不对，先把记录改对，数会跟着变。")
        )
    if block.sort != sort:
        raise Refused("bulletins.other_sort", _("这一段是表，请在表里改。"))


def require_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("bulletins.no_reason", _("请写一句为什么更正，大家会看到。"))
    return kept


def require_another(bulletin: Bulletin, actor: Actor) -> None:
    """Nobody looks over their own text."""
    if actor.account_id == bulletin.opened_by_id:
        raise Refused("bulletins.own_text", _("稿子是您起的，请村监委的另一个人过目。"))


def body_of(bulletin: Bulletin, kind: BulletinKind, blocks: Iterable[Block]) -> dict[str, object]:
    """The whole text as it is published: sections in their order, blocks with what stands behind each."""
    by_section: dict[str, list[dict[str, object]]] = {key: [] for key, _label in kind.sections}
    for block in blocks:
        if block.text.strip():
            by_section[block.section].append(_published(block))
    with override(settings.LANGUAGE_CODE):
        sections = [{"key": key, "label": str(label), "blocks": by_section[key]} for key, label in kind.sections]
    return {"title": bulletin.title, "place": bulletin.area.name, "period": bulletin.period, "sections": sections}


def _published(block: Block) -> dict[str, object]:
    """A text has no more keys than texts always had: earlier versions stay what they were."""
    told = {"origin": block.origin, "text": block.text, "sources": block.sources}
    return told if block.sort == Sort.TEXT else {**told, "sort": block.sort, "content": block.content}


def blocks_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    """A published body's blocks in their order."""
    return [block for section in body["sections"] for block in section["blocks"]]


def sort_of(block: Mapping[str, Any]) -> str:
    return str(block.get("sort", Sort.TEXT))


def lines_of(block: Mapping[str, Any]) -> list[str]:
    """A piece as plain lines: of a table its title, then a line a row."""
    if sort_of(block) != Sort.TABLE:
        return [block["text"]]
    content = block["content"]
    rows = [content["header"], *content["rows"]]
    return [block["text"], *("　".join(row) for row in rows), *filter(None, [content["source"]])]  # zh: a space
