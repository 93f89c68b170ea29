"""Any account may hand in a sheet of what it may do one by one: each action asks for that right too."""

from xianglin.base.registry import Role, Row

_ANY = ("account", "system")
ROLES: tuple[Role, ...] = ()
ROWS = (
    Row("exchange.stage", _ANY),
    Row("exchange.remap", _ANY),
    Row("exchange.begin", _ANY),
    Row("exchange.apply", _ANY),
    Row("exchange.cancel", _ANY),
    Row("exchange.forget", ("system",)),
)
