"""The decision: may this actor do this, may this visitor enter. What nobody allowed is refused."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from xianglin.base.actor import Actor
from xianglin.base.refused import Forbidden
from xianglin.base.registry import MenuItem, Row

from . import queries, rules, table


def authorise(actor: Actor, action: str, subject: Any) -> None:
    """Raise Forbidden, with whom to turn to, unless ``may``."""
    if may(actor, action, subject):
        return
    if actor.kind == "nobody":
        raise Forbidden("access.log_in_first", _("请先登录，再办这件事。"), action=action)
    roles = dict.fromkeys(key for row in table.ROWS.get(action, ()) for key in row.to if key in table.ROLES)
    if not roles:
        raise Forbidden("access.not_yours", _("这件事不归您办。请联系村里或镇里的工作人员。"), action=action)
    names = pgettext("list", "、").join(str(table.ROLES[key].label) for key in roles)
    raise Forbidden("access.not_yours", _("这件事不归您经办。请找当地的%(who)s。") % {"who": names}, action=action)


def may(actor: Actor, action: str, subject: Any) -> bool:
    return any(_passes(row, actor, subject) for row in table.ROWS.get(action, ()))


def _passes(row: Row, actor: Actor, subject: Any) -> bool:
    related = row.when in ("in_area", "always") or rules.RELATIONS[row.when](actor, subject)
    return related and any(_holds(key, row, actor, subject) for key in row.to)


def _holds(key: str, row: Row, actor: Actor, subject: Any) -> bool:
    if key == "anyone":
        return True
    if key in ("account", "system"):
        return actor.kind == key
    if key == "author":
        return rules.RELATIONS["author"](actor, subject)
    return any(
        (row.when == "always" or rules.contains(grant, subject)) and rules.scope_fits(grant.scope, subject)
        for grant in queries.reach(actor)
        if grant.role == key
    )


def may_enter(actor: Actor, audience: tuple[str, ...]) -> bool:
    """Whether a view marked ``seen_by(*audience)`` opens. "receipt": the view settles it itself."""
    if "everyone" in audience or "receipt" in audience:
        return True
    if "demo" in audience and settings.DEMO:
        return True
    if actor.kind != "account":
        return False
    if "account" in audience:
        return True
    roles = {grant.role for grant in queries.reach(actor)}
    return bool(roles) if "staff" in audience else not roles.isdisjoint(_roles_of(audience))


def _roles_of(audience: tuple[str, ...]) -> set[str]:
    named = [word.removeprefix("may ") for word in audience if word.startswith("may ")]
    return {*audience, *(role for action in named for role in queries.roles_that_may(action))}


def may_see_menu(request: HttpRequest, item: MenuItem) -> bool:
    """An entry shows when its page exists and would open, and its programme is on where the reader works; one for
    certain roles, when the reader holds one of them; one for a few, when they are one of these."""
    try:
        view = resolve(reverse(item.url_name)).func
    except NoReverseMatch:
        return False
    actor = rules.actor_of(request)
    if not may_enter(actor, getattr(view, "seen_by", ())) or (item.roles and not queries.holds(actor, *item.roles)):
        return False
    if item.programme and item.programme not in queries.programmes_here(request):
        return False
    return item.only is None or item.only(actor)
