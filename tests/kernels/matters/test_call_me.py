"""叫人帮我记: who would rather speak leaves a number; the post rings, writes it down, and the author confirms it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse

from tests.kernels.matters.conftest import MORNING, Village, receipt_of
from tests.support.cast import as_account
from xianglin.base import clock
from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.kernels.matters import actions, queries
from xianglin.kernels.matters.models import Matter

PHONE = "13912345678"


def ask(here: Village, phone: str = PHONE) -> Matter:
    page = reverse("matters:call_me", args=[here.place.code])
    told = Client().post(page, {"phone": phone, "name": "章阿婆", "key": str(uuid.uuid4())})
    assert told.status_code == 302, told.content.decode()
    return Matter.objects.latest("pk")


def test_the_post_is_told_to_ring_and_writes_it_down(here: Village) -> None:
    with clock.living_at(MORNING):
        matter = ask(here)
        assert (matter.dictated, queries.words_of(matter)) == (True, "")
        desk = as_account(Account.objects.get(pk=here.cadre.account_id))
        today = desk.get(reverse("portal:today")).content.decode()
        assert "请打电话，帮他记" in today and "打电话，记下他说的" in today
        page = reverse("matters:deed", args=[matter.pk, "dictate"])
        assert PHONE in desk.get(page).content.decode()
        told = desk.post(page, {"text": "老年食堂的饭太硬。", "key": str(uuid.uuid4())})
        assert told.status_code == 302
    matter.refresh_from_db()
    assert (queries.words_of(matter), matter.call_since, matter.unconfirmed) == ("老年食堂的饭太硬。", None, True)
    matter = actions.confirm_words(matter, actor=receipt_of(matter), text="老年食堂的饭太硬，菜太咸。")
    assert queries.words_of(matter) == "老年食堂的饭太硬，菜太咸。" and not matter.unconfirmed


@pytest.mark.parametrize("phone", ["", "1391234"])
def test_without_a_number_nobody_can_ring(here: Village, phone: str) -> None:
    page = reverse("matters:call_me", args=[here.place.code])
    told = Client().post(page, {"phone": phone, "name": "章阿婆", "key": str(uuid.uuid4())})
    assert told.status_code == 422 and "章阿婆" in told.content.decode()
    with pytest.raises(Refused) as refusal:
        actions.raise_matter(here.place, actor=here.villager.__class__("nobody"), said=actions.Said("", dictated=True))
    assert refusal.value.code == "matters.nobody_to_ring"
    assert not Matter.objects.exists()
