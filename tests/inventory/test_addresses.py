"""Every address says whom it is for, and answers everybody accordingly; never with a fault of its own."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.kernels.matters.conftest import MORNING, Village
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions
from xianglin.kernels.matters.models import Matter

WORDS = {"everyone", "receipt", "account", "staff", "demo", "system"}


def addresses(resolver: Any = None, space: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}", entry.callback, entry.pattern.converters


ALL = list(addresses())


@pytest.mark.parametrize(("name", "view"), [(name, view) for name, view, _c in ALL], ids=[n for n, _v, _c in ALL])
def test_every_view_says_whom_it_is_for(name: str, view: Any) -> None:
    from xianglin.commons.access.table import ROLES

    assert view.seen_by, name
    assert set(view.seen_by) <= WORDS | set(ROLES), name


@pytest.fixture
def matter(here: Village) -> Matter:
    with clock.living_at(MORNING):
        matter = actions.raise_matter(
            here.place, actor=here.villager, said=actions.Said(words="桥头灯不亮。"), key=uuid.uuid4()
        )
        return actions.triage_matter(matter, actor=here.cadre, title="桥头灯不亮", category="", public=True)


@pytest.fixture
def visitors(here: Village, matter: Matter) -> dict[str, Client]:
    def browser(actor: Any) -> Client:
        return as_account(Account.objects.get(pk=actor.account_id))

    holder = Client()
    session = holder.session
    session["receipts"] = [matter.pk]
    session.save()
    named = ("villager", "cadre", "second", "beside", "clerk", "inspector", "officer", "county", "outsider")
    return {"nobody": Client(), "receipt": holder, **{n: browser(getattr(here, n)) for n in named}}


def address(name: str, converters: dict[str, Any], matter: Matter) -> str:
    given = {
        "code": matter.area.code, "serial": matter.serial, "pk": matter.pk, "verb": "triage", "uid": "MQ",
        "token": "made-up", "persona": "cadre", "table": "opinions", "batch_id": 1,
    }  # fmt: skip
    if name == "access:end_device":
        given["pk"] = 999
    return reverse(name, kwargs={key: given[key] for key in converters})


STAFF = {"cadre", "second", "beside", "clerk", "inspector", "officer", "county", "outsider"}
ROLE = {
    "cadre": "village_cadre", "second": "village_cadre", "beside": "village_cadre", "clerk": "town_clerk",
    "inspector": "town_inspector", "officer": "county_officer", "county": "county_clerk", "outsider": "town_clerk",
}  # fmt: skip
INSIDE = {"cadre", "second", "clerk", "inspector", "county"}


def expected(name: str, audience: tuple[str, ...], who: str) -> set[int]:
    """What may come back; a page of a form may turn a plain visit away (405) or send elsewhere (302)."""
    if name in ("matters:matter", "matters:deed") and who not in ("nobody", "receipt"):
        sees = who in INSIDE and (name == "matters:matter" or who != "inspector")
        return {200} if sees else {404}
    if name == "access:invitation":
        return {200, 302, 404}  # whoever holds the link; this one is made up
    if "receipt" in audience:
        return {200, 302, 405} if who in ("receipt", "villager") else {404, 405}
    if "everyone" in audience or "demo" in audience:
        return {200, 302, 404, 405}
    if who in ("nobody", "receipt"):
        return {302, 404}
    entered = "account" in audience or ("staff" in audience and who in STAFF) or ROLE.get(who) in audience
    return {200, 302, 404, 405} if entered else {404}


@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_answers_everybody_as_it_should(
    here: Village, matter: Matter, visitors: dict[str, Client], method: str
) -> None:
    wrong = []
    for name, view, converters in ALL:
        if name in ("access:logout", "access:demo_enter", "ui:language", "ui:size"):
            continue  # they change the visitor; their own tests have them
        for who, client in visitors.items():
            client.raise_request_exception = True
            status = getattr(client, method)(address(name, converters, matter)).status_code
            allowed = expected(name, view.seen_by, who)
            if method == "post":
                allowed = allowed | ({405, 422, 302} if allowed & {200, 302, 405} else {405})
            if status not in allowed:
                wrong.append((name, who, status, sorted(allowed)))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_matter_of_another_village_is_not_there(here: Village, matter: Matter, visitors: dict[str, Client]) -> None:
    for who in ("beside", "officer", "outsider"):
        for page in (reverse("matters:matter", args=[matter.pk]), reverse("matters:own", args=[matter.pk])):
            assert visitors[who].get(page).status_code == 404
    for verb in ("triage", "answer", "assign", "quarantine", "no-such"):
        page = reverse("matters:deed", args=[matter.pk, verb])
        assert visitors["beside"].get(page).status_code == visitors["beside"].post(page).status_code == 404


def test_the_words_are_on_no_page_that_is_not_theirs(
    here: Village, matter: Matter, visitors: dict[str, Client]
) -> None:
    with clock.living_at(MORNING):
        secret = here.say(words="我家的低保被人顶了，请查一查。")
    for name, _view, converters in ALL:
        if name in ("access:logout", "access:demo_enter", "ui:language", "ui:size"):
            continue
        for who in ("nobody", "villager", "beside", "officer", "outsider"):
            answer = visitors[who].get(address(name, converters, secret))
            body = b"" if answer.streaming else answer.content
            assert "低保" not in body.decode(errors="ignore"), (name, who)
