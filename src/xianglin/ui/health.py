"""Is this installation well? What is wrong is said in words that an operator can act on.

Anybody may ask, so an answer is cheap and tells no more than that something stands still.
"""

from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any

from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.utils import Error
from django.utils.translation import gettext as _
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

# What higher rooms have to say, in a query or two; each plugs in at ``AppConfig.ready()``.
CHECKS: list[Callable[[], list[str]]] = []


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
        return report  # the tables to look into may not be there
    report["jobs_pending"] = DBTaskResult.objects.filter(status=TaskResultStatus.READY).count()
    report["problems"] += [sentence for check in CHECKS for sentence in check()]
    return report


def _pending_migrations() -> int:
    return len(_migrations_on_disk() - MigrationRecorder(connection).applied_migrations().keys())


@cache
def _migrations_on_disk() -> frozenset[tuple[str, str]]:
    """Read once: importing them all takes a fifth of a second, and a new release is a new process."""
    return frozenset(MigrationLoader(None).disk_migrations)
