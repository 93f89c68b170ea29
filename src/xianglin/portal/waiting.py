"""What waits for somebody today, under the grant that they work under."""

from dataclasses import dataclass

from django.http import HttpRequest

from xianglin.base import clock
from xianglin.base.registry import PROGRAMMES, Errand
from xianglin.commons.access.models import Grant
from xianglin.commons.access.queries import programmes_here, working_grant
from xianglin.kernels.bulletins import queries as bulletins
from xianglin.kernels.matters import queries
from xianglin.kernels.matters.models import WORKED_ON, State


@dataclass(frozen=True)
class Waiting:
    """Sets that hold no matter twice, so that they are counted in one go."""

    new: queries.Set  # to be handed out
    rest: tuple[queries.Set, ...]  # to be answered, to be telephoned about, to be handed over


def waiting(grant: Grant, account_id: int | None) -> Waiting:
    own = queries.mine(account_id)
    rest = [own.filter(state__in=WORKED_ON)]  # what was deferred comes back by itself on its day
    if grant.role in queries.RECEIVING:
        rest += [_silent(grant, account_id), _to_call(grant, account_id)]
    elif grant.scope:
        rest.append(queries.to_take(grant).filter(state__in=WORKED_ON))
    else:
        rest.append(queries.to_hand_over(grant))
    return Waiting(queries.to_receive(grant), tuple(rest))


def _silent(grant: Grant, account_id: int | None) -> queries.Set:
    """Answered, and its author never spoke: somebody telephones, but not who answered it."""
    silent = queries.open_in(grant.area).filter(state=State.ANSWERED, next_on__lt=clock.today())
    return silent.exclude(handler_id=account_id)


def _to_call(grant: Grant, account_id: int | None) -> queries.Set:
    """By SMS their authors said 没好, or something unclear: somebody rings them. Whoever has one sees it anyway, and
    what nobody has yet stands among the new."""
    called = queries.open_in(grant.area).filter(call_since__isnull=False).exclude(state=State.RECEIVED)
    return called.exclude(handler_id=account_id).exclude(state=State.ANSWERED, next_on__lt=clock.today())


def errands(request: HttpRequest, grant: Grant, account_id: int | None) -> list[Errand]:
    """What the programmes that are on here have waiting; each asks nothing where the grant is none of its roles."""
    here = [PROGRAMMES[key] for key in sorted(programmes_here(request)) if key in PROGRAMMES]
    return [one for programme in here for one in programme.errands(grant, account_id)]


def count(request: HttpRequest) -> int:
    """For the number beside 今日: one query for what rooms below have waiting, counted up to a hundred."""
    grant = working_grant(request)
    if grant is None:
        return 0
    here = waiting(grant, request.actor.account_id)  # type: ignore[attr-defined]
    texts = bulletins.waiting_for(grant.role, grant.area)
    first, *others = (rows.order_by().values("pk") for rows in (here.new, *here.rest, texts))
    below = int(first.union(*others, all=True)[: queries.CAP].count())
    return min(queries.CAP, below + len(errands(request, grant, request.actor.account_id)))  # type: ignore[attr-defined]
