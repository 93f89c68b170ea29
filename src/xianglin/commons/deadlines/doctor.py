"""What is wrong with the calendar and the clocks, in plain sentences, for `xianglin doctor`."""

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext as _

from xianglin.base import clock
from xianglin.base.refused import Refused

from . import almanacs
from .models import Recomputation

NOVEMBER = 11  # the notice for the next year comes out in November, at times in the last days of October
PATIENCE = timedelta(hours=1)
_NAMED = 5


def checks() -> list[str]:
    try:
        almanac = almanacs.current()
    except Refused as refusal:
        return [str(refusal)]
    return [*_missing_years(almanac), *_unfinished(almanac)]


def _missing_years(almanac: almanacs.Almanac) -> Iterator[str]:
    today = clock.today()
    expected = [today.year, today.year + 1] if today.month >= NOVEMBER else [today.year]
    for year in expected:
        if year not in almanac.calendar.years:
            yield _("%(year)s 年的放假安排还没有装入，到期日先按双休日算。国务院办公厅通知发布后请装入。") % {
                "year": year
            }


def _unfinished(almanac: almanacs.Almanac) -> Iterator[str]:
    run = Recomputation.objects.filter(
        calendar_version=almanac.calendar_version, rules_version=almanac.rules_version
    ).first()
    if run and run.passed_over:
        rows = [f"{label} {pk}" for label, pks in run.passed_over.items() for pk in pks]
        yield _("有 %(count)d 件事的到期日算不出来（%(rows)s）。请看日志，改好后一小时内会自动重算。") % {
            "count": len(rows),
            "rows": " ".join(rows[:_NAMED]),
        }
    if run and run.finished_at is None and run.started_at < clock.now() - PATIENCE:
        yield _("放假安排或期限规定改了以后，到期日还没有重算完（已算 %(seen)s 件）。请看看后台任务在不在运行。") % {
            "seen": run.seen
        }
