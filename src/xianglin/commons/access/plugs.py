"""What this room plugs into ``base``: where rights are decided, and the actor behind a request."""

from xianglin.base import hooks, logs

from . import limits, queries, rights, rules, signals, table


def plug_in() -> None:
    table.collect()
    signals.connect()
    logs.hide_after("/login/invited/")
    hooks.authorise.plug(rights.authorise)
    hooks.may.plug(rights.may)
    hooks.rights_read_once.plug(queries.remembered_grants)
    hooks.within_limit.plug(_within_limit)
    hooks.actor_of.plug(rules.actor_of)
    hooks.may_see_menu.plug(rights.may_see_menu)


def _within_limit(name: str, times: int, seconds: int, value: str) -> bool:
    return limits.count(limits.Limit(name, times, seconds), value)
