"""What ``/healthz/`` asks of this room: whether worker and scheduler are at work. Two small queries, no job's name."""

import datetime as dt

from django.utils.translation import gettext as _

from xianglin.base import clock

from .declare import schedules
from .models import Schedule
from .queries import late_jobs

LATE = dt.timedelta(minutes=10)


def problems() -> list[str]:
    said = []
    if late_jobs().exists():
        said.append(_("有后台工作等了十分钟还没开始。请看后台工作进程是否在运行。"))
    turns = Schedule.objects.filter(name__in=[s.name for s in schedules()])
    if turns.filter(next_run_at__lt=clock.real_now() - LATE).exists():
        said.append(_("定时工作停了十分钟以上。请看定时进程是否在运行。"))
    return said
