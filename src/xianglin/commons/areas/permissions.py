"""Rows of the access table. A whole province is imported by whoever runs the installation."""

from xianglin.base.registry import Role, Row

ROLES: tuple[Role, ...] = ()
ROWS: tuple[Row, ...] = (
    Row("areas.import", ("county_admin",)),
    Row("areas.import", ("system",), when="always"),
    Row("areas.close", ("county_admin",)),
    Row("areas.close", ("system",), when="always"),
    Row("areas.switch_programme", ("county_admin",)),
    Row("areas.switch_programme", ("system",), when="always"),
)
