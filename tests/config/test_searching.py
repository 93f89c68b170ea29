"""`xianglin reindex`, and what `doctor` says of the index."""

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.kernels.matters.conftest import MORNING, Village, build_village
from xianglin import cli
from xianglin.base import clock
from xianglin.commons.search import declare, doctor, documents, queries
from xianglin.commons.search.models import Document, Rebuilding
from xianglin.config import searching
from xianglin.kernels.matters import actions


@pytest.fixture
def here(db: None) -> Iterator[Village]:
    with clock.living_at(MORNING):
        here = build_village()
        actions.triage_matter(here.say(), actor=here.cadre, title="桥头灯不亮", category="", public=True)
        yield here


def test_an_index_that_is_not_there_yet_is_noticed_and_made(here: Village, capsys: pytest.CaptureFixture[str]) -> None:
    assert list(doctor.checks()) == []
    Document.objects.all().delete()
    assert any("reindex" in sentence for sentence in doctor.checks())
    searching.reindex(None)
    assert "建好了" in capsys.readouterr().out
    assert list(doctor.checks()) == [] and queries.find("桥头").count == 1


def test_one_that_was_stopped_is_noticed(here: Village) -> None:
    next(documents.rebuild(declare.REGISTRY["matters.matter"], batch=1))
    assert Rebuilding.objects.exists()
    assert any("xianglin reindex" in sentence for sentence in doctor.checks())
    searching.reindex(["matters.matter"])
    assert list(doctor.checks()) == []


@pytest.mark.skipif("connection.vendor != 'sqlite'")
def test_a_trigger_that_is_gone_is_noticed(here: Village) -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_document_taken")
    assert any("xianglin run" in sentence for sentence in doctor.checks())


def test_a_kind_that_nobody_declares_is_refused(here: Village, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["reindex", "--kind", "nothing"]) == 2
    assert "matters.matter" in capsys.readouterr().err
