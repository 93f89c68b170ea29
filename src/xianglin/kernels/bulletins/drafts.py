"""The text while it is written: drafted from records, kept as people write it. No actions: nothing is public yet."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.action import facts
from xianglin.base.refused import Refused
from xianglin.base.registry import Counted, Drafted

from . import rules, tables
from .models import Block, Bulletin, Sort, State
from .tables import Table


@transaction.atomic
def draft_again(bulletin: Bulletin) -> None:
    """Bring the text in step with the records: a changed record changes its sentence, unless somebody wrote it anew."""
    bulletin = Bulletin.objects.select_for_update().select_related("area").get(pk=bulletin.pk)
    if bulletin.state != State.DRAFT:
        return
    drafted = list(rules.require_kind(bulletin.kind).draft(bulletin.area, bulletin.period))
    known = {block.origin: block for block in bulletin.blocks.select_for_update()}
    for position, one in enumerate(drafted):
        block = known.pop(one.origin, None) or Block(bulletin=bulletin, origin=one.origin)
        if _takes(block, one, position):
            block.save()
    # Records that are no longer there take their sentences along; what people wrote stays until they take it out.
    bulletin.blocks.filter(pk__in=[block.pk for block in known.values() if not block.by_hand]).delete()


def _takes(block: Block, one: Drafted, position: int) -> bool:
    """Whether anything changed. A figure is counted anew each time, so its ``as_of`` does."""
    before = facts(block)
    block.section, block.position, block.asks = one.section, position, str(one.asks)
    block.drafted, block.sources = one.text or one.offers, [asdict(source) for source in one.sources]
    if one.counted is not None:
        block.sort, block.content = Sort.FIGURE, counted(one.counted)
    elif one.offers:
        block.sort = Sort.TABLE
    if not block.by_hand:
        block.text = one.text
    return block.pk is None or before != facts(block)


def counted(figure: Counted) -> dict[str, Any]:
    """As it is stored and published: plain JSON, so that what was hashed reads the same for ever."""
    return {**asdict(figure), "records": list(figure.records)}


def counted_now(bulletin: Bulletin, origin: str) -> Drafted | None:
    """A figure of a text as its records say it now."""
    drafted = rules.require_kind(bulletin.kind).draft(bulletin.area, bulletin.period)
    return next((one for one in drafted if one.origin == origin and one.counted is not None), None)


def names_for(bulletin: Bulletin) -> list[str]:
    """Whom nothing public may name: asked of the programme that drafts it."""
    return list(rules.require_kind(bulletin.kind).names(bulletin.area, bulletin.period))


def require_publishable(block: Block, names: Sequence[str]) -> None:
    """Nothing personal in a piece of whatever sort."""
    rules.require_publishable(block.text, names)
    if block.sort == Sort.TABLE and block.content:
        tables.require_publishable(tables.of(block.text, block.content), names)


@transaction.atomic
def write_block(block: Block, text: str, *, edition: int, names: Sequence[str] = (), by: int | None = None) -> Block:
    """Keep what somebody (``by``, an account's number) wrote, by a press or by itself while it is typed. Where another
    has written meanwhile, both texts are shown and neither is lost."""
    bulletin = Bulletin.objects.select_for_update().get(pk=block.bulletin_id)
    rules.require_state(bulletin, State.DRAFT)
    block = Block.objects.select_for_update().get(pk=block.pk)
    rules.require_sort(block, Sort.TEXT)
    kept = rules.require_publishable(text, names)
    rules.require_kept(rules.require_kind(bulletin.kind), block.section, kept)
    if block.text != kept:
        _require_seen(block, edition, block.text)
        block.text = kept
        _written(block, by)
    return block


@transaction.atomic
def write_table(
    block: Block, table: Table | None, *, edition: int, names: Sequence[str] = (), by: int | None = None
) -> Block:
    """Keep a table that somebody pasted or typed; None takes it out again."""
    bulletin = Bulletin.objects.select_for_update().get(pk=block.bulletin_id)
    rules.require_state(bulletin, State.DRAFT)
    block = Block.objects.select_for_update().get(pk=block.pk)
    rules.require_sort(block, Sort.TABLE)
    text, content = ("", None) if table is None else (table.title or block.drafted, table.content)
    if table is not None:
        tables.require_publishable(table, names)
    if (block.text, block.content) != (text, content):
        _require_seen(block, edition, tables.of(block.text, block.content).typed if block.content else "")
        block.text, block.content = text, content
        _written(block, by)
    return block


def _require_seen(block: Block, edition: int, now: str) -> None:
    if block.edition != edition:
        raise Refused(
            "bulletins.edited_meanwhile",
            _("您写的时候，别人改过这一段，现在是：“%(text)s”。请合在一起再存。") % {"text": now},
            edition=block.edition,
        )


@transaction.atomic
def take_draft(block: Block, *, by: int | None = None) -> Block:
    """Back to what the records say."""
    bulletin = Bulletin.objects.select_for_update().get(pk=block.bulletin_id)
    rules.require_state(bulletin, State.DRAFT)
    block = Block.objects.select_for_update().get(pk=block.pk)
    rules.require_sort(block, Sort.TEXT)
    block.text = block.drafted
    _written(block, by, by_hand=False)
    return block


def _written(block: Block, by: int | None, *, by_hand: bool = True) -> None:
    block.by_hand, block.edition = by_hand, block.edition + 1
    block.written_by_id, block.written_at = by, clock.now()
    block.save()
