"""What is wrong, in plain words."""

from collections.abc import Iterator

from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from xianglin.commons.deadlines import doctor as deadlines
from xianglin.commons.jobs import queries as jobs
from xianglin.commons.notices import queries as notices
from xianglin.commons.trail import chain, guards
from xianglin.kernels.matters import doctor as matters


def examine() -> list[str]:
    return list(_examine())


def _examine() -> Iterator[str]:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield "数据库还没升级：运行 xianglin run 会自动升级。"  # zh: operators
        return
    for trigger in guards.missing():
        yield f"留痕的保护触发器不见了：{trigger}。运行数据库升级会补上。"  # zh: operators
    for broken in chain.verify():
        yield f"留痕第 {broken.chain} 条链第 {broken.position} 行被动过（{broken.kind}），请查原因。"  # zh: operators
    for check in (deadlines.checks, jobs.troubles, notices.troubles, matters.checks):
        yield from (str(sentence) for sentence in check())
