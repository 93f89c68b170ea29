"""A 接龙 pasted as it stands in the chat group becomes matters, each line looked at first."""

from django.test import Client
from django.urls import reverse

from tests.kernels.matters.conftest import Village
from tests.support.cast import as_account
from xianglin.commons.access.models import Account
from xianglin.commons.exchange import jobs
from xianglin.commons.exchange.models import Batch
from xianglin.kernels.matters import queries
from xianglin.kernels.matters.models import Matter, Source

CHAIN = "#接龙\n发布会想问什么？\n1. 徐阿珍 8 组桥头的路灯坏了\n2. 吴老四：里坞的弯道又开裂了\n3. 垃圾桶没人收"


def desk(here: Village) -> Client:
    return as_account(Account.objects.get(pk=here.cadre.account_id))


def paste(here: Village, pasted: str) -> Batch | None:
    upload = reverse("exchange:upload", args=["opinions"])
    told = desk(here).post(upload, {"area": here.place.code, "pasted": pasted})
    if told.status_code == 302:
        batch = Batch.objects.latest("pk")
        jobs.read_sheet.func(batch.pk)
        return batch
    assert told.status_code == 422 and pasted.strip() in told.content.decode()
    return None


def take(here: Village, batch: Batch) -> None:
    told = desk(here).post(reverse("exchange:apply", args=[batch.pk]))
    assert told.status_code == 302
    jobs.apply.func(batch.pk, {"kind": "account", "id": str(here.cadre.account_id), "name": "文书"})


def test_each_line_is_a_matter_with_its_name(here: Village) -> None:
    batch = paste(here, CHAIN)
    assert batch is not None
    take(here, batch)
    rows = list(Matter.objects.order_by("pk"))
    assert [queries.words_of(m) for m in rows] == ["8 组桥头的路灯坏了", "里坞的弯道又开裂了", "垃圾桶没人收"]
    assert [queries.author_names(m) for m in rows] == [["徐阿珍"], ["吴老四"], []]
    assert {m.source for m in rows} == {Source.IMPORT}


def test_pasted_again_only_what_was_added_comes_in(here: Village) -> None:
    for pasted in (CHAIN, CHAIN + "\n4. 章阿婆 想学手机挂号"):
        batch = paste(here, pasted)
        assert batch is not None
        take(here, batch)
    assert Matter.objects.count() == 4


def test_what_is_no_list_is_said_and_kept(here: Village) -> None:
    assert paste(here, "大家好，有事请说") is None
