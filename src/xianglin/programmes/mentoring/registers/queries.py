"""Reads: who is in the registers, and who must not be brought together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from xianglin.base import hooks
from xianglin.base.actor import Actor
from xianglin.commons.access import phones
from xianglin.commons.access.models import Account
from xianglin.commons.areas.models import Area, Level
from xianglin.commons.areas.queries import in_area
from xianglin.engine.text import squash
from xianglin.kernels.pairings.models import Pairing

from ..kinds import PAIR
from ..levels.models import Standing
from .models import Avoidance, GoesTo, HeldPost, Listed, Mentor, Teaches, YoungCadre

PAGE = 50
Person = TypeVar("Person", bound=Listed)


@dataclass(frozen=True)
class Asked:
    """What a roll is narrowed to. ``gone``: those who left instead of those who are in."""

    name: str = ""
    ability_id: int | None = None
    kind: str = ""
    gone: bool = False


@dataclass(frozen=True)
class Page:
    rows: Sequence[Any]
    after: int | None  # the id that the next page begins behind


def mentors(area: Area, asked: Asked = Asked()) -> QuerySet[Mentor]:
    """In the order in which they came into the register: a sheet's own."""
    rows = _listed(Mentor.objects.all(), area, asked)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.ability_id is not None:
        teaches = Teaches.objects.filter(mentor=OuterRef("pk"), ability_id=asked.ability_id, struck_on=None)
        rows = rows.filter(Exists(teaches))
    return rows.prefetch_related(
        Prefetch("teaches", Teaches.objects.filter(struck_on=None).select_related("ability").order_by("ability__order"))
    )


def cadres(area: Area, asked: Asked = Asked()) -> QuerySet[YoungCadre]:
    """The same of young cadres; an ability: those who want to be further in it than they are."""
    rows = _listed(YoungCadre.objects.all(), area, asked)
    if asked.ability_id is not None:
        wants = Standing.objects.filter(cadre=OuterRef("pk"), ability_id=asked.ability_id)
        rows = rows.filter(Exists(_with_gap(wants)))
    standings = _with_gap(Standing.objects.all()).select_related("ability").order_by("ability__order")
    return rows.prefetch_related(Prefetch("standings", standings, to_attr="gaps"))


def _with_gap(standings: Any) -> Any:
    return standings.filter(Q(current=None, wanted__isnull=False) | Q(wanted__gt=F("current")))


def _listed(rows: QuerySet[Person], area: Area, asked: Asked) -> QuerySet[Person]:
    rows = (
        in_area(rows, area).filter(active_to__isnull=False)
        if asked.gone
        else in_area(rows, area).filter(active_to=None)
    )
    if asked.name.strip():
        rows = rows.filter(account__display_name__contains=asked.name.strip())
    return rows.select_related("account", "area").order_by("pk")


def page(rows: QuerySet[Any], after: str) -> Page:
    """Fifty of them, from an address that may have been typed."""
    behind = int(after) if after.isascii() and after.isdecimal() and len(after) < 16 else 0
    found = list(rows.filter(pk__gt=behind)[: PAGE + 1])
    return Page(found[:PAGE], found[PAGE - 1].pk if len(found) > PAGE else None)


def mentor_for(actor: Actor, pk: int) -> Mentor | None:
    """The mentor, if his file is the actor's to read."""
    mentor = Mentor.objects.select_related("account", "area").filter(pk=pk).first()
    return mentor if mentor is not None and hooks.may(actor, "mentoring.see_mentor", mentor) else None


def cadre_for(actor: Actor, pk: int, may: str = "mentoring.see_cadre") -> YoungCadre | None:
    cadre = YoungCadre.objects.select_related("account", "area").filter(pk=pk).first()
    return cadre if cadre is not None and hooks.may(actor, may, cadre) else None


def open_pairs(listed: Listed) -> list[tuple[Pairing, str]]:
    """The open pairs of somebody in a register, with the other's name."""
    own, other = ("offer", "need") if isinstance(listed, Mentor) else ("need", "offer")
    mine = {f"{own}__holder_id": listed.account_id, f"{own}__county_id": listed.county_id}
    rows = Pairing.objects.filter(kind=PAIR, open=True, **mine).select_related(f"{other}__holder").order_by("pk")
    return [(row, getattr(row, other).name) for row in rows]


def own_mentor(account_id: int | None) -> Mentor | None:
    """The register's row of who asks; of two counties the later."""
    rows = Mentor.objects.select_related("account", "area").filter(account_id=account_id or 0, active_to=None)
    return rows.order_by("-pk").first()


def own_cadre(account_id: int | None) -> YoungCadre | None:
    rows = YoungCadre.objects.select_related("account", "area").filter(account_id=account_id or 0, active_to=None)
    return rows.order_by("-pk").first()


def held_posts(mentor: Mentor) -> list[HeldPost]:
    return list(mentor.held_posts.filter(struck_on=None).order_by("order", "pk"))


def taught(mentor: Mentor) -> list[Teaches]:
    rows = mentor.teaches.filter(struck_on=None).select_related("ability")
    return list(rows.order_by("ability__order", "ability_id"))


def villages_of(mentor: Mentor) -> list[Area]:
    chosen = GoesTo.objects.filter(mentor=mentor, struck_on=None).values("village_id")
    return list(Area.objects.filter(pk__in=chosen).order_by("code"))


def villages_around(area: Area) -> QuerySet[Area]:
    """The villages of the town that a place is, or lies in."""
    return Area.objects.current().filter(town_id=area.town_id, level=Level.VILLAGE).order_by("code")


def by_phone(phone: str) -> Account | None:
    return Account.objects.filter(phone_index=phones.index_of(phone)).first()


def avoided_by(account_id: int) -> list[Avoidance]:
    """Who is not to be brought together with this account, on either side of the pair: each by its own index."""
    rows = Avoidance.objects.filter(to_on=None).select_related("one", "other")
    return list(rows.filter(one_id=account_id).union(rows.filter(other_id=account_id), all=True))


def avoidances(area: Area) -> QuerySet[Avoidance]:
    """Of a place, for whoever brings people together there."""
    return in_area(Avoidance.objects.filter(to_on=None), area).order_by("pk")


def mentors_named(cadre: YoungCadre, said: str) -> list[Account]:
    """The county's mentors of this name or telephone, at most two: one is meant, or more has to be said."""
    return _named(Mentor.objects.filter(county_id=cadre.county_id), said)


def listed_named(area: Area, said: str) -> list[Account]:
    """The same of everybody who stands in one of the registers of a place; who stands in both is one."""
    found = [*_named(in_area(Mentor.objects.all(), area), said), *_named(in_area(YoungCadre.objects.all(), area), said)]
    return list({account.pk: account for account in found}.values())[:2]


def _named(rows: QuerySet[Person], said: str) -> list[Account]:
    return accounts_named(rows.filter(active_to=None), said)


def accounts_named(rows: QuerySet[Any], said: str) -> list[Account]:
    """Whom rows with an account mean by this name or telephone, at most two."""
    bare = squash(said)
    wanted = (
        Q(account__phone_index=phones.index_of(bare)) if bare.isdecimal() else Q(account__display_name=said.strip())
    )
    found = rows.filter(wanted).values("account_id")
    return list(Account.objects.filter(pk__in=found).order_by("pk")[:2])


def with_names_of(rows: Iterable[Avoidance], account_id: int) -> list[tuple[Avoidance, Account]]:
    return [(row, row.other if row.one_id == account_id else row.one) for row in rows]
