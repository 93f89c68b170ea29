"""What is wrong, in plain words."""

from collections.abc import Iterator

from xianglin.base.refused import Refused
from xianglin.commons.deadlines import doctor as deadlines
from xianglin.commons.documents import fonts
from xianglin.commons.files import doctor as files
from xianglin.commons.jobs import queries as jobs
from xianglin.commons.keys import fingerprints
from xianglin.commons.notices import queries as notices
from xianglin.commons.search import doctor as search
from xianglin.commons.trail import chain, guards
from xianglin.kernels.matters import doctor as matters

from . import prepare


def examine() -> list[str]:
    try:
        prepare.require_migrated()
    except Refused as refused:
        return [str(refused)]  # nothing else can be looked at
    return list(_examine())


def _examine() -> Iterator[str]:
    for trigger in guards.missing():
        yield f"留痕的保护触发器不见了，或者被改过：{trigger}。重新运行 xianglin run 会补上。"  # zh: operators
    for broken in chain.verify():
        yield f"留痕第 {broken.chain} 条链第 {broken.position} 行被动过（{broken.kind}），请查原因。"  # zh: operators
    rooms = (deadlines.checks, files.checks, search.checks, fonts.troubles, jobs.troubles, notices.troubles)
    for check in (fingerprints.complaints, *rooms, matters.checks):
        yield from (str(sentence) for sentence in check())
