"""The officer's desk, the board, what somebody was asked, a pairing's page; by buttons alone."""

import re
import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.cast import as_account
from xianglin.base.actor import Actor
from xianglin.commons.access.models import Account
from xianglin.kernels.pairings import actions, jobs
from xianglin.kernels.pairings.models import Need, Offer, Outcome, Pairing, Proposal, Round

from .conftest import KIND, LIKING, Garden


def browser(actor: Actor) -> Client:
    return as_account(Account.objects.get(pk=actor.account_id))


@pytest.fixture
def desk(here: Garden) -> Client:
    return browser(here.clerk)


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def press(client: Client, address: str, **data: Any) -> Any:
    return client.post(address, {"key": uuid.uuid4(), **data})


@pytest.fixture
def round_(here: Garden) -> Round:
    for name in ("小许", "小郑"):
        here.need(name, least=1)
    here.offer("老陆", least=1, most=1)
    here.offer("老潘", least=1, most=1)
    LIKING.update({("小许", "老陆"): 90, ("小郑", "老陆"): 80, ("小许", "老潘"): 85, ("小郑", "老潘"): 40})
    return actions.open_round(here.town, actor=here.clerk, title="2026 年春")


def test_a_round_by_buttons_from_first_to_last(here: Garden, desk: Client, round_: Round) -> None:
    page = reverse("pairings:round", args=[round_.pk])
    assert "学的人 2、师傅 2" in text(desk.get(page))
    assert press(desk, f"{page}solve/").status_code == 302
    assert "正在配" in text(desk.get(page))
    jobs.solve_round.func(round_.pk)
    shown = text(desk.get(page))
    assert "整体最合适" in shown and "证明过是最高的" in shown and "老潘教小许" in shown
    need, offer = Need.objects.get(title="小许"), Offer.objects.get(title="老陆")
    others = text(desk.get(reverse("pairings:options", args=[round_.pk, need.pk])))
    assert "换给这位" in others and "现在带：小郑" in others
    press(desk, f"{page}move/", need=need.pk, offer=offer.pk)
    jobs.solve_round.func(round_.pk)
    shown = text(desk.get(page))
    assert "比上一次，动了 2 个" in shown and "锁定" in shown
    press(desk, f"{page}unhold/", need=need.pk, offer=offer.pk)
    press(desk, f"{page}choose/", objective="stable")
    press(desk, f"{page}approve/")
    jobs.tell_round.func(round_.pk)
    assert text(desk.get(page)).count("等回话") == 2
    assert press(desk, f"{page}close/").status_code == 302
    assert Round.objects.get().state == "closed"


def test_a_refusal_stands_on_the_board(desk: Client, round_: Round) -> None:
    page = reverse("pairings:round", args=[round_.pk])
    refused = press(desk, f"{page}approve/")
    assert refused.status_code == 422 and "不能这样办" in text(refused)
    assert press(desk, f"{page}move/").status_code == 422
    assert desk.post(f"{page}dance/").status_code == 404


def test_the_officers_page_says_what_needs_looking_at(here: Garden, desk: Client, round_: Round) -> None:
    pairing = here.active(Need.objects.get(title="小许"), Offer.objects.get(title="老陆"))
    home = desk.get(reverse("pairings:kind", args=[KIND]))
    shown = text(home)
    assert "还没配上" in shown and "小郑" in shown and "老潘" in shown
    assert reverse("pairings:pairing", args=[pairing.pk]) in home.content.decode()
    form = reverse("pairings:open_round", args=[KIND])
    again = press(desk, form, title="又一轮")
    assert again.status_code == 422 and "还有一轮没结束" in text(again) and "又一轮" in again.content.decode()


def test_the_two_are_asked_and_answer(here: Garden, desk: Client) -> None:
    asked = here.asked(here.need("小许"), here.offer("老陆"))
    page = reverse("pairings:proposal", args=[asked.pk])
    mine, theirs = browser(here.actor("小许")), browser(here.actor("老陆"))
    assert "给您配的是老陆" in text(mine.get(page)) and "我愿意" in text(mine.get(page))
    assert press(mine, f"{page}accept/").status_code == 302
    assert "正在等对方回话" in text(mine.get(page))
    refused = press(theirs, f"{page}decline/", reason="")
    assert refused.status_code == 422 and "请写一句原因" in text(refused)
    assert press(theirs, f"{page}decline/", reason="要照看孙子").status_code == 302
    assert "要照看孙子" in text(desk.get(page)) and "要照看孙子" not in text(mine.get(page))


def test_the_officer_notes_what_was_said_on_the_phone(here: Garden, desk: Client) -> None:
    asked = here.asked(here.need("小许"), here.offer("老陆"))
    page = reverse("pairings:proposal", args=[asked.pk])
    for side in ("need", "offer"):
        assert press(desk, f"{page}note/", side=side, said="yes").status_code == 302
    asked.refresh_from_db()
    assert asked.state == Proposal.State.ACCEPTED
    other = here.asked(here.need("小郑"), here.offer("老潘"))
    assert press(desk, reverse("pairings:withdraw", args=[other.pk]), reason="写错了").status_code == 302


def test_a_pairing_from_its_terms_to_its_end(here: Garden, desk: Client) -> None:
    pairing = here.paired(here.need("小许"), here.offer("老陆"))
    page = reverse("pairings:pairing", args=[pairing.pk])
    press(desk, f"{page}terms/", lines="每月见一次面\n一年后出师")
    press(desk, f"{page}sign/", signed_on="2026-03-10", starts_on="2026-03-10")
    press(desk, f"{page}step/", title="嫁接十棵", due_on="2026-05-01")
    step, look = pairing.milestones.get(), pairing.follow_ups.get()
    press(desk, reverse("pairings:step", args=[pairing.pk, step.pk, "reach"]), result="活了九棵")
    press(desk, reverse("pairings:look", args=[pairing.pk, look.pk]), result="well")
    mine = browser(here.actor("小许"))
    noted = {"title": "多收的果子", "topic": "harvest", "value": "160", "unit": "斤", "evidence": "过秤单"}
    assert press(mine, f"{page}outcome/", **noted).status_code == 302
    press(desk, reverse("pairings:verify", args=[pairing.pk, Outcome.objects.get().pk]), value="150")
    shown = text(mine.get(page))
    for told in ("每月见一次面", "活了九棵", "多收的果子", "核实过", "150"):
        assert told in shown
    assert "下一次" not in shown and "下一次" in text(desk.get(page))  # looking after is the officer's
    assert press(mine, f"{page}end/", ending="terminated", reason="不想学了").status_code == 404
    assert press(desk, f"{page}end/", ending="completed", reason="学会了").status_code == 302
    pairing.refresh_from_db()
    assert pairing.state == Pairing.State.ENDED


@pytest.mark.parametrize("name", ["旁人", "小许"])
def test_strangers_see_nothing_of_it(here: Garden, round_: Round, name: str) -> None:
    pairing = here.paired(Need.objects.get(title="小郑"), Offer.objects.get(title="老潘"))
    client = browser(here.actor(name))
    for address in (
        reverse("pairings:pairing", args=[pairing.pk]),
        reverse("pairings:round", args=[round_.pk]),
        reverse("pairings:kind", args=[KIND]),
        reverse("pairings:deed", args=[pairing.pk, "end"]),
    ):
        assert client.get(address).status_code == 404


def test_the_board_asks_the_same_number_of_questions_however_many_there_are(
    here: Garden, desk: Client, round_: Round, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for more in (0, 6):
        for n in range(more):
            here.need(f"第{n}个"), here.offer(f"第{n}位")
        actions.solve(Round.objects.get(), actor=here.clerk)
        jobs.solve_round.func(round_.pk)
        with django_assert_max_num_queries(60) as asked:
            desk.get(reverse("pairings:round", args=[round_.pk]))
        counts.append(len(asked))
    assert counts[1] <= counts[0] + 2  # the second time there is a solving before it to compare with
