"""Keeping the table in step with the rooms' rows, one by one as they change, or all of a kind anew."""

from collections.abc import Iterator, Sequence

from django.db import IntegrityError, transaction
from django.db.models import Model

from xianglin.base import clock
from xianglin.engine.text import GAP, search_terms

from . import terms
from .declare import Searchable, Told
from .models import TITLE_LENGTH, Document, Rebuilding

BATCH = 200
_TRIES = 3
_SHOWN = ("kind", "title", "text", "url", "at", "area_id", "terms")


def ref_of(row: Model) -> str:
    return f"{row._meta.label}:{row.pk}"


def index(kind: Searchable, rows: Sequence[Model]) -> None:
    """What stands of these rows is what they tell now: written, written anew, or taken out. As many queries for many.

    Call it in the transaction that changes the rows, or with the rows locked.
    """
    told = {ref_of(row): kind.tell(row) for row in rows}
    with transaction.atomic(savepoint=False):
        standing = {document.ref: document for document in Document.objects.filter(ref__in=told)}
        fresh = [_document(kind, ref, one, standing.get(ref)) for ref, one in told.items() if one is not None]
        same = {document.ref for document in fresh if _is_same(document, standing.get(document.ref))}
        Document.objects.filter(ref__in=standing.keys() - same).delete()
        Document.objects.filter(ref__in=same).update(indexed_at=clock.real_now())
        _insert([document for document in fresh if document.ref not in same])


def _document(kind: Searchable, ref: str, told: Told, standing: Document | None) -> Document:
    document = Document(
        pk=terms.first_id(told.at, ref, clock.now()),
        ref=ref,
        kind=kind.key,
        title=told.title[:TITLE_LENGTH],
        text=told.text,
        url=told.url,
        at=told.at,
        indexed_at=clock.real_now(),
    )
    if standing is not None and terms.same_second(standing.pk, document.pk):
        document.pk = standing.pk
    document.place_in(told.area)
    document.terms = _terms(document)
    return document


def _terms(document: Document) -> str:
    beside = [*terms.place_terms(document.ancestor_ids), terms.kind_term(document.kind)]
    words = search_terms(document.title, document.text)
    return " ".join([*([words] if words else ()), GAP, *beside])


def _is_same(document: Document, standing: Document | None) -> bool:
    return standing is not None and all(getattr(document, name) == getattr(standing, name) for name in _SHOWN)


def _insert(documents: list[Document]) -> None:
    """With ids that nobody has; another transaction may take one meanwhile, then the next are tried."""
    for left in reversed(range(_TRIES)):
        _take_free_ids(documents)
        try:
            with transaction.atomic():
                Document.objects.bulk_create(documents)
        except IntegrityError:
            if not left:
                raise
        else:
            return


def _take_free_ids(documents: list[Document]) -> None:
    taken = set(Document.objects.filter(pk__in=[one.pk for one in documents]).values_list("pk", flat=True))
    for document in documents:
        if document.pk in taken:
            while document.pk in taken or Document.objects.filter(pk=document.pk).exists():
                document.pk += 1
        taken.add(document.pk)


# --- all of a kind anew


def rebuild(kind: Searchable, batch: int = BATCH) -> Iterator[int]:
    """Index all rows of a kind, then take out what has none any more. Each batch is a transaction of its own and
    yields how many it looked at; stopped anywhere, the next call goes on from there."""
    state, _new = Rebuilding.objects.get_or_create(kind=kind.key, defaults={"begun_at": clock.real_now()})
    while not state.sweeping:
        yield _index_batch(kind, state, batch)
    while looked_at := _sweep_batch(state, batch):
        yield looked_at
    state.delete()


def _index_batch(kind: Searchable, state: Rebuilding, batch: int) -> int:
    with transaction.atomic():
        # Locked as the actions lock them: what is withdrawn meanwhile is not written again from an older reading.
        rows = kind.rows().select_for_update(of=("self",)).filter(pk__gt=state.last).order_by("pk")
        found = list(rows[:batch])
        index(kind, found)
        if len(found) < batch:
            state.sweeping, state.last = True, 0
        else:
            state.last = found[-1].pk
        state.save()
    return len(found)


def _sweep_batch(state: Rebuilding, batch: int) -> int:
    """What stands since before the rebuilding began was not told again by any row."""
    with transaction.atomic():
        rows = Document.objects.filter(pk__gt=state.last).order_by("pk").values_list("pk", "kind", "indexed_at")
        found = list(rows[: batch * 10])
        old = [pk for pk, key, indexed_at in found if key == state.kind and indexed_at < state.begun_at]
        Document.objects.filter(pk__in=old, indexed_at__lt=state.begun_at).delete()
        if found:
            state.last = found[-1][0]
            state.save()
    return len(found)
