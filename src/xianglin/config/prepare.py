"""Making an installation ready: database migrated, static files gathered. Safe to repeat; quick when nothing is new."""

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext_lazy as _

from xianglin.base.refused import Refused
from xianglin.commons.keys import fingerprints


def database() -> None:
    """What every start does. Migrate is called even where nothing is to migrate (a tenth of a second): what rooms do
    after it puts guards back, and plants the calendar and the periods that came with a release."""
    require_reached()
    call_command("migrate", verbosity=0, interactive=False)
    fingerprints.require_own()
    call_command("collectstatic", verbosity=0, interactive=False)


def require_ready() -> None:
    """For commands that write: there is a database, it is up to date, and the keys are its own."""
    require_migrated()
    fingerprints.require_own()


def require_migrated() -> None:
    require_reached()
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Refused("config.not_migrated", _("数据库还没有升级完。请先运行 xianglin run，它会自己升级。"))


def require_reached() -> None:
    try:
        connection.ensure_connection()
    except DatabaseError as error:
        told = _("数据库连不上，请看它是否在运行、DATABASE_URL 写得对不对。它说：%(why)s")
        raise Refused("config.no_database", told % {"why": str(error).strip()}) from error
