"""Is this installation well? What is wrong is said in words that an operator can act on."""

from importlib.metadata import version
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def look() -> dict[str, Any]:
    report: dict[str, Any] = {
        "version": version("xianglin"),
        "database": False,
        "migrations_pending": None,
        "jobs_pending": None,
        "problems": [],
    }
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        report["problems"].append(_("数据库连不上。请看数据库是否在运行，磁盘是否还有地方。"))
        return report
    report["database"] = True
    report["migrations_pending"] = _pending_migrations()
    if report["migrations_pending"]:
        report["problems"].append(_("数据库还没有升级完。请运行 xianglin run，它会自己升级。"))
    report["jobs_pending"] = _pending_jobs()
    return report


def _pending_migrations() -> int:
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _pending_jobs() -> int | None:
    """Jobs that nobody has begun; None while their table is not there."""
    if DBTaskResult._meta.db_table not in connection.introspection.table_names():
        return None
    return int(DBTaskResult.objects.filter(status=TaskResultStatus.READY).count())
