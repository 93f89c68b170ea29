"""The sheet to print of a published version: what hangs on the village's wall, and is checked there by its seal.

A paper of the village, so Chinese whatever its reader chose; days carry their year, as the paper outlives it.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from xianglin.base.refused import Refused
from xianglin.commons.areas.models import Level
from xianglin.commons.areas.queries import ancestors
from xianglin.commons.documents.parts import Block, Colophon, Document, Heading, Paragraph, Signature, Table

from . import queries, rules, telling
from .models import Sort, Version


def require_whole(version: Version) -> None:
    """Nothing is printed under a seal that it does not fit."""
    if not queries.is_whole(version):
        raise Refused("bulletins.not_whole", _("公布以后，记录被动过，这一版不能打印。请打页面底下的电话。"))


def require_shown(read: queries.Standing) -> None:
    """Nothing is printed of what everybody must not read."""
    if read.withheld:
        raise Refused("bulletins.withheld", _("这一版因含个人信息已停止公开，不能打印。请打现在的一版。"))


def sheet(read: queries.Standing, link: str) -> Document:
    """``link``: the whole address at which anybody checks this version's seal."""
    require_shown(read)
    require_whole(read.version)
    with override(settings.LANGUAGE_CODE):
        return Document(
            title=read.body["title"],
            subtitles=_subtitles(read),
            blocks=[*_text(read), *_corrections(read)],
            signature=Signature(read.body["place"], _day(read.version)),
            colophon=_colophon(read, link),
        )


def name(read: queries.Standing, ending: str) -> str:
    """The file's."""
    return f"{read.body['title']} 第{read.version.number}版.{ending}"  # zh: a stored title with its version


def _subtitles(read: queries.Standing) -> list[str]:
    place = "".join(area.name for area in ancestors(read.bulletin.area) if area.level >= Level.COUNTY)
    year, month = read.body["period"].split("-")
    told = [f"{place}　{int(year)}年{int(month)}月"]  # zh: the paper
    if not read.is_latest:
        now = read.bulletin.version
        told.append(f"（这是第{read.version.number}版，后来更正过，现在是第{now}版）")  # zh: the paper
    return told


def _text(read: queries.Standing) -> Iterator[Block]:
    for section in read.body["sections"]:
        yield Heading(section["label"])
        for block in section["blocks"]:
            yield from _piece(block)
        if not section["blocks"]:
            yield Paragraph("这个月没有。")  # zh: the paper


def _piece(block: dict[str, Any]) -> Iterator[Block]:
    sort = rules.sort_of(block)
    if sort == Sort.FIGURE:
        at = dt.datetime.fromisoformat(block["content"]["as_of"])
        yield Paragraph(f"{block['text']}（按{_said(at.date())}{at:%H:%M}时的记录）")  # zh: the paper
        return
    yield Paragraph(block["text"])
    if sort == Sort.TABLE:
        yield Table(block["content"]["header"], block["content"]["rows"])
        if block["content"]["source"]:
            yield Paragraph(f"出处：{block['content']['source']}")  # zh: the paper


def _corrections(read: queries.Standing) -> Iterator[Block]:
    """What was corrected up to this version, in the order of the days."""
    upto = [version for version in read.versions if version.number <= read.version.number]
    told = telling.corrections(upto, _said)[::-1]
    if told:
        yield Heading("更正")  # zh: the paper
    for version, sentences in told:
        why = f"原因：{telling.why(version).rstrip('。')}。" if telling.why(version) else ""  # zh: the paper
        yield Paragraph(f"{'；'.join(sentences)}。{why}")  # zh: the paper


def _colophon(read: queries.Standing, link: str) -> Colophon:
    version, first = read.version, read.versions[0]
    lines = [f"{_day(first)}{first.by_name}公布"]  # zh: the paper
    if read.bulletin.reviewed_by is not None and read.bulletin.reviewed_at is not None:
        looked = _said(localtime(read.bulletin.reviewed_at).date())
        lines.insert(0, f"{looked}村监委{read.bulletin.reviewed_by.display_name}过目")  # zh: the paper
    if version is not first and version.number > 1:
        lines.append(f"{_day(version)}{version.by_name}更正")  # zh: the paper
    lines[-1] += f"，第{version.number}版"  # zh: the paper
    lines.append(f"封签　{queries.seal(version)}")  # zh: the paper
    why = f"封签是下面校验值（{version.algorithm.upper()}）的前{queries.SEAL}位："  # zh: the paper
    return Colophon(lines, [why, version.hash, link], link, "扫一扫，核对这张纸")  # zh: the paper


def _day(version: Version) -> str:
    return _said(localtime(version.at).date())


def _said(on: dt.date) -> str:
    return f"{on.year}年{on.month}月{on.day}日"  # zh: the paper
