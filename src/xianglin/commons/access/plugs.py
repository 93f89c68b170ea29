"""What this room plugs into ``base``: where rights are decided, and the actor behind a request."""

from xianglin.base import hooks, logs

from . import queries, rights, rules, signals, table


def plug_in() -> None:
    table.collect()
    signals.connect()
    logs.hide_after("/login/invited/")
    hooks.authorise.plug(rights.authorise)
    hooks.may.plug(rights.may)
    hooks.rights_read_once.plug(queries.remembered_grants)
    hooks.actor_of.plug(rules.actor_of)
    hooks.may_see_menu.plug(rights.may_see_menu)
