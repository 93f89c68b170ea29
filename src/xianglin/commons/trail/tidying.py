"""What the trail's room need not keep: callers' keys, once nobody can still be pressing the same button."""

import datetime as dt

from xianglin.base import clock

from .models import Repeat

REPEATS_KEPT = dt.timedelta(days=30)
_BATCH = 500  # a long delete would keep everybody else waiting on SQLite


def forget_repeats() -> int:
    """Forget keys of a month ago; answers how many. Entries are never forgotten."""
    old = Repeat.objects.filter(at__lt=clock.now() - REPEATS_KEPT)
    count = 0
    while keys := list(old.values_list("pk", flat=True)[:_BATCH]):
        count += Repeat.objects.filter(pk__in=keys).delete()[0]
    return count
