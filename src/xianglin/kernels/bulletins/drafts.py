"""The text while it is written: drafted from records, kept as people write it. No actions: nothing is public yet."""

from collections.abc import Sequence
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.base.registry import Drafted

from . import rules
from .models import Block, Bulletin, State


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
    before = (block.pk, block.section, block.position, block.text, block.drafted, block.asks, block.sources)
    block.section, block.position, block.asks = one.section, position, str(one.asks)
    block.drafted, block.sources = one.text, [asdict(source) for source in one.sources]
    if not block.by_hand:
        block.text = one.text
    after = (block.pk, block.section, block.position, block.text, block.drafted, block.asks, block.sources)
    return before != after or block.pk is None


def names_for(bulletin: Bulletin) -> list[str]:
    """Whom nothing public may name: asked of the programme that drafts it."""
    return list(rules.require_kind(bulletin.kind).names(bulletin.area, bulletin.period))


@transaction.atomic
def write_block(block: Block, text: str, *, edition: int, names: Sequence[str] = ()) -> Block:
    """Keep what somebody wrote. Where another has written meanwhile, both texts are shown and neither is lost."""
    bulletin = Bulletin.objects.select_for_update().get(pk=block.bulletin_id)
    rules.require_state(bulletin, State.DRAFT)
    block = Block.objects.select_for_update().get(pk=block.pk)
    kept = rules.require_publishable(text, names)
    rules.require_kept(rules.require_kind(bulletin.kind), block.section, kept)
    if block.edition != edition and block.text != kept:
        raise Refused(
            "bulletins.edited_meanwhile",
            _("您写的时候，别人改过这一段，现在是：“%(text)s”。请合在一起再存。") % {"text": block.text},
            edition=block.edition,
        )
    if block.text != kept:
        block.text, block.by_hand, block.edition = kept, True, block.edition + 1
        block.save()
    return block


@transaction.atomic
def take_draft(block: Block) -> Block:
    """Back to what the records say."""
    bulletin = Bulletin.objects.select_for_update().get(pk=block.bulletin_id)
    rules.require_state(bulletin, State.DRAFT)
    block = Block.objects.select_for_update().get(pk=block.pk)
    block.text, block.by_hand, block.edition = block.drafted, False, block.edition + 1
    block.save()
    return block
