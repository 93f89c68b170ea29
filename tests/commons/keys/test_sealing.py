"""Sealed is sealed: in the file, after destruction, after rotation, and when somebody tampers."""

import base64
import stat
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from xianglin.base.refused import Refused
from xianglin.commons.access.models import Account
from xianglin.commons.keys import masters
from xianglin.commons.keys.models import PersonKey
from xianglin.commons.keys.sealing import Sealed, blind_index, destroy, new_key, open_all, rewrap, seal

SECRET = "徐阿珍，里坞 12 号"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEY_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


@pytest.mark.django_db
def test_sealed_opens_and_never_prints() -> None:
    sealed = seal(SECRET, new_key(1))
    assert sealed.open() == SECRET
    assert str(sealed) == "•••" and SECRET not in repr(sealed)
    assert seal(SECRET, new_key(1)).ciphertext != sealed.ciphertext


def account(key: PersonKey, phone: Any) -> Account:
    return Account.objects.create(username=key.pk.hex, person_key=key, phone=phone, opened_at="2026-03-10T09:00+08:00")


@pytest.mark.django_db
def test_the_column_holds_ciphertext_only() -> None:
    key = new_key(1)
    kept = account(key, seal(SECRET, key))
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM access_account")
        (stored,) = cursor.fetchone()
    assert stored.startswith(f"x1:{key.pk.hex}:") and SECRET not in stored
    found = Account.objects.get(pk=kept.pk)
    assert found.phone is not None and found.phone.open() == SECRET
    with pytest.raises(TypeError):
        account(new_key(1), "plain")


@pytest.mark.django_db(transaction=True)
def test_nothing_of_it_lies_in_the_database_file(tmp_path: Path) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("a file to read")
    key = new_key(1)
    account(key, seal(SECRET, key))
    copy = tmp_path / "copy.sqlite3"
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(copy)])
    raw = copy.read_bytes()
    assert b"access_account" in raw and key.pk.hex.encode() in raw
    assert SECRET.encode() not in raw and "徐阿珍".encode() not in raw
    _name, master = masters.newest()
    assert master not in raw and base64.b64encode(master) not in raw


@pytest.mark.django_db
def test_destroyed_is_gone_for_ever() -> None:
    key = new_key(1)
    sealed = seal(SECRET, key)
    destroy(key)
    assert sealed.open() is None
    with pytest.raises(Refused) as refusal:
        seal("另一句", PersonKey.objects.get(pk=key.pk))
    assert refusal.value.code == "keys.destroyed"


@pytest.mark.django_db
def test_a_destroyed_key_cannot_come_back() -> None:
    """A rotation that read the key before it was destroyed writes afterwards."""
    key = new_key(1)
    late = PersonKey.objects.get(pk=key.pk)
    destroy(key)
    with pytest.raises(IntegrityError), transaction.atomic():
        late.save(update_fields=["wrapped"])


@pytest.mark.django_db
def test_rotation_wraps_anew_and_the_old_master_may_go(folder: Path) -> None:
    keys = [new_key(1) for _n in range(3)]
    sealed = [seal(SECRET, key) for key in keys]
    destroy(keys[2])
    masters.make("master-0002")
    assert (rewrap(batch=1), rewrap(), rewrap()) == (1, 1, 0)
    assert set(PersonKey.objects.filter(wrapped__isnull=False).values_list("master", flat=True)) == {"master-0002"}
    (folder / "master-0001.key").unlink()
    assert open_all(sealed) == [SECRET, SECRET, None]
    assert new_key(1).master == "master-0002"


@pytest.mark.django_db
def test_a_lost_master_is_said_plainly(folder: Path) -> None:
    sealed = seal(SECRET, new_key(1))
    (folder / "master-0001.key").rename(folder / "lost")
    with pytest.raises(Refused) as refusal:
        sealed.open()
    assert refusal.value.code == "keys.master_missing"


@pytest.mark.django_db
def test_the_master_is_its_owners_only(folder: Path) -> None:
    new_key(1)
    assert stat.S_IMODE((folder / "master-0001.key").stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [p.name for p in folder.iterdir()] == ["master-0001.key"]


@pytest.mark.django_db
@pytest.mark.parametrize("how", ["a bit", "cut", "empty", "another person's"])
def test_tampering_is_refused(how: str) -> None:
    key, other = new_key(1), new_key(1)
    sealed = seal(SECRET, key)
    head, label, body = sealed.ciphertext.split(":")
    raw = bytearray(base64.b64decode(body))
    if how == "a bit":
        raw[-1] ^= 1
    raw = {"cut": raw[:5], "empty": bytearray()}.get(how, raw)
    label = other.pk.hex if how == "another person's" else label
    with pytest.raises(Refused) as refusal:
        Sealed(f"{head}:{label}:{base64.b64encode(bytes(raw)).decode()}").open()
    assert refusal.value.code == "keys.tampered"


@pytest.mark.django_db
def test_a_wrapped_key_that_was_altered_is_refused() -> None:
    key = new_key(1)
    sealed = seal(SECRET, key)
    PersonKey.objects.filter(pk=key.pk).update(wrapped=b"\0" * 60)
    with pytest.raises(Refused) as refusal:
        sealed.open()
    assert refusal.value.code == "keys.tampered"


def test_the_blind_index_is_keyed_and_of_one_purpose(settings: Any) -> None:
    first = blind_index("phone", "13800000001")
    assert first == blind_index("phone", "13800000001") != blind_index("phone", "13800000002")
    assert first != blind_index("receipt", "13800000001")
    settings.SECRET_KEY = "another installation's"
    assert first != blind_index("phone", "13800000001")


@pytest.mark.django_db
def test_many_are_opened_with_one_query(django_assert_num_queries: Any) -> None:
    sealed = [seal(f"第{n}个", new_key(1)) for n in range(20)]
    with django_assert_num_queries(1):
        assert open_all([*sealed, None]) == [*(f"第{n}个" for n in range(20)), None]
    with django_assert_num_queries(0):
        assert open_all([None]) == [None]
