"""Only the platform itself changes the calendar and counts again."""

from xianglin.base.registry import Role, Row

ROLES: tuple[Role, ...] = ()
ROWS = (
    Row("deadlines.load_calendar", to=("system",), when="always"),
    Row("deadlines.recompute", to=("system",), when="always"),
    Row("deadlines.pass_over", to=("system",), when="always"),
)
