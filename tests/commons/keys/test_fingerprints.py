"""Another installation's keys are not taken for ours, and lost ones are not made anew."""

import base64
from pathlib import Path
from typing import Any

import pytest

from xianglin.base.refused import Refused
from xianglin.commons.keys import fingerprints, masters
from xianglin.commons.keys.models import Fingerprint, PersonKey
from xianglin.commons.keys.sealing import destroy, new_key, seal

pytestmark = pytest.mark.django_db
STRANGE = base64.b64encode(b"\1" * 32)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.KEY_FOLDER = tmp_path / "keys"
    return tmp_path / "keys"


def refusal(call: Any, *args: Any) -> str:
    with pytest.raises(Refused) as refused:
        call(*args)
    assert "再启动" in str(refused.value)
    return refused.value.code


def complaints() -> list[str]:
    return [complaint.code for complaint in fingerprints.complaints()]


def test_a_first_start_makes_a_master_and_knows_both_secrets(folder: Path) -> None:
    fingerprints.require_own()
    assert [path.name for path in folder.iterdir()] == ["master-0001.key"]
    assert set(Fingerprint.objects.values_list("name", flat=True)) == {"index", "master-0001"}
    fingerprints.require_own()
    assert new_key(1).master == "master-0001"


def test_an_empty_folder_beside_a_full_database_makes_no_new_master(folder: Path, settings: Any) -> None:
    sealed = seal("徐阿珍", new_key(1))
    fingerprints.require_own()
    settings.KEY_FOLDER = folder.with_name("elsewhere")
    assert refusal(new_key, 1) == refusal(fingerprints.require_own) == refusal(sealed.open) == "keys.master_missing"
    assert complaints() == ["keys.master_missing"]
    assert not list(folder.with_name("elsewhere").glob("*"))
    settings.KEY_FOLDER = folder
    assert (sealed.open(), complaints()) == ("徐阿珍", [])


@pytest.mark.parametrize("content", [STRANGE, b"", b"no base64!", base64.b64encode(b"short")])
def test_another_installations_master_is_not_ours(folder: Path, content: bytes) -> None:
    sealed = seal("徐阿珍", new_key(1))
    fingerprints.require_own()
    ours = (folder / "master-0001.key").read_bytes()
    (folder / "master-0001.key").write_bytes(content)
    before = PersonKey.objects.count()
    assert refusal(new_key, 1) == refusal(fingerprints.require_own) == refusal(sealed.open) == "keys.master_wrong"
    assert (complaints(), PersonKey.objects.count()) == (["keys.master_wrong"], before)
    (folder / "master-0001.key").write_bytes(ours)
    assert (sealed.open(), complaints()) == ("徐阿珍", [])


def test_a_folder_without_the_older_master_still_in_use(folder: Path) -> None:
    """Restored from a copy made after a rotation that was never finished."""
    key = new_key(1)
    masters.make("master-0002")
    assert new_key(1).master == "master-0002"
    (folder / "master-0001.key").unlink()
    assert complaints() == ["keys.master_missing"]
    destroy(key)  # nothing hangs on it any more
    assert complaints() == []
    fingerprints.require_own()


def test_where_nobody_has_a_key_any_folder_will_do(folder: Path) -> None:
    fingerprints.require_own()
    (folder / "master-0001.key").write_bytes(STRANGE)
    fingerprints.require_own()
    assert new_key(1).master == "master-0001"


@pytest.mark.parametrize("name", ["index", "master-0001"])
def test_the_fingerprint_tells_nothing_of_the_secret(name: str, settings: Any) -> None:
    fingerprints.require_own()
    value = Fingerprint.objects.get(pk=name).value
    secret = settings.SECRET_KEY.encode() if name == "index" else masters.read(name)
    assert len(value) == 64 and secret.hex() not in value and value != fingerprints._of(secret + b"x")


def test_another_application_secret_is_refused_while_somebody_is_known(settings: Any) -> None:
    """From a new file, or because the environment's variable is no longer set: either way every index is blind."""
    fingerprints.require_own()
    settings.SECRET_KEY = "chosen before anybody came"
    fingerprints.require_own()
    new_key(1)
    settings.SECRET_KEY = "made anew in an empty folder"
    assert refusal(fingerprints.require_own) == "keys.index_wrong"
    assert complaints() == ["keys.index_wrong"]
    assert "XIANGLIN_SECRET_DJANGO" in str(next(fingerprints.complaints()))
    settings.SECRET_KEY = "chosen before anybody came"
    fingerprints.require_own()
