"""Counting and stopping: wrong passwords, wrong codes, and messages that cost money.

Our own counters: django-axes keeps names and addresses in clear, allauth counts in each process for itself
(docs/decisions/logging-in.md).
"""

import datetime as dt
import math
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils.translation import ngettext

from xianglin.base import clock
from xianglin.commons.keys.sealing import blind_index

from .models import Tally


@dataclass(frozen=True)
class Limit:
    """At most ``times`` in ``seconds``, counted from the first."""

    name: str
    times: int
    seconds: int

    def key(self, value: str) -> str:
        return blind_index(f"limit:{self.name}", value)


# Codes asked for from one network (a whole village may share one behind its operator).
CODE_PER_ADDRESS = Limit("code-address", 200, 3600)
# Codes to one phone from one place: a network, or a browser that its owner used before. A stranger elsewhere
# uses up none of these.
CODE_AGAIN = Limit("code-again", 1, 60)
CODE_PER_PHONE = Limit("code-phone", 5, 3600)
CODE_PER_PHONE_A_DAY = Limit("code-phone-day", 10, 86_400)
# All that strangers' networks may send to one phone (短信轰炸); its owner's own browser is not counted with them.
CODE_BY_STRANGERS = Limit("code-strangers", 10, 3600)
CODE_BY_STRANGERS_A_DAY = Limit("code-strangers-day", 20, 86_400)
# Wrong passwords and authenticator codes. By name alone it takes more, lest a stranger keep somebody out.
NAME_FROM_ADDRESS = Limit("name-address", 5, 900)
NAME = Limit("name", 25, 3600)
ADDRESS = Limit("address", 50, 900)
FACTOR = Limit("factor", 5, 900)


def count(limit: Limit, value: str) -> bool:
    """Count one; True while it is within the limit. Both databases keep two callers from counting as one."""
    now = clock.real_now()
    key, until = limit.key(value), now + dt.timedelta(seconds=limit.seconds)
    with transaction.atomic():
        Tally.objects.bulk_create([Tally(key=key, until=until)], ignore_conflicts=True)
        Tally.objects.filter(key=key, until__lte=now).update(count=0, until=until)
        Tally.objects.filter(key=key).update(count=F("count") + 1)
        return Tally.objects.values_list("count", flat=True).get(key=key) <= limit.times


def wait(limit: Limit, value: str) -> str:
    """How long until the count begins anew, in words, rounded up."""
    now = clock.real_now()
    until = Tally.objects.filter(key=limit.key(value)).values_list("until", flat=True).first() or now
    minutes = max(1, math.ceil((until - now).total_seconds() / 60))
    if minutes <= 60:
        return ngettext("%(count)d 分钟", "%(count)d 分钟", minutes) % {"count": minutes}
    hours = math.ceil(minutes / 60)
    return ngettext("%(count)d 小时", "%(count)d 小时", hours) % {"count": hours}


def give_back(limit: Limit, value: str) -> None:
    """What was counted turned out well: a town hall's fifty log-ins at half past eight are no attack."""
    Tally.objects.filter(key=limit.key(value), count__gt=0).update(count=F("count") - 1)


def forget(limit: Limit, value: str) -> None:
    Tally.objects.filter(key=limit.key(value)).delete()
