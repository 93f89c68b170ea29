"""A caller's key is used once."""

import uuid

import pytest

from tests.commons.trail.deeds import WHO, fail, make, rename
from xianglin.base.actor import NOBODY
from xianglin.base.refused import Refused
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.trail.models import Entry, Repeat

pytestmark = pytest.mark.django_db


def test_the_second_call_answers_what_the_first_did() -> None:
    key = uuid.uuid4()
    first = make(1, actor=WHO, key=key)
    assert make(1, actor=WHO, key=key).pk == first.pk
    assert (PersonKey.objects.count(), Entry.objects.count()) == (1, 1)


def test_a_key_is_one_actors_and_one_actions() -> None:
    key = uuid.uuid4()
    row = make(1, actor=WHO, key=key)
    for again in (lambda: make(1, actor=NOBODY, key=key), lambda: rename(row, actor=WHO, to="other", key=key)):
        with pytest.raises(Refused) as refusal:
            again()
        assert refusal.value.code == "trail.key_reused"
    assert Entry.objects.count() == 1


def test_what_was_refused_may_be_tried_again_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    key = uuid.uuid4()
    row = make(1, actor=WHO)
    with pytest.raises(Refused):
        fail(row, actor=WHO)
    monkeypatch.setattr(PersonKey, "save", _no)
    with pytest.raises(Refused):
        rename(row, actor=WHO, to="a", key=key)
    monkeypatch.undo()
    assert not Repeat.objects.filter(pk=key).exists()


def _no(*_args: object, **_more: object) -> None:
    raise Refused("tests.no", "no")
