"""Who could be paired with whom, scored: in memory while a round is solved, and in a file afterwards, never in rows."""

from __future__ import annotations

import io
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

if TYPE_CHECKING:  # at run time only by whoever reads or writes them: a web process starts without it
    import numpy as np
    from numpy.typing import NDArray

FOLDER = "pairings"  # in the storage


@dataclass(frozen=True)
class Candidates:
    """Every pair that no hard condition forbids.

    ``needs`` (n) and ``offers`` (m) are ids; ``left`` and ``right`` (e) positions in them; ``score`` (e) 0 to 100, by
    which the needs prefer; ``parts`` (e, p) 0 to 1, what the score is made of by ``names`` (p) and ``weights`` (p).
    ``excluded``: how many pairs each hard condition took out, by its name in words.
    """

    needs: NDArray[np.int64]
    offers: NDArray[np.int64]
    left: NDArray[np.int64]
    right: NDArray[np.int64]
    score: NDArray[np.float64]
    parts: NDArray[np.float64]
    names: tuple[str, ...]
    weights: tuple[float, ...]
    priority: NDArray[np.float64] | None = None  # (e) what the offers prefer by; absent: the score
    excluded: dict[str, int] = field(default_factory=dict)
    says: Callable[[int], str] = lambda edge: ""  # one sentence why, of an edge; asked while the round is solved

    def parts_of(self, edge: int) -> list[list[str | float]]:
        """As a row keeps them: name, value, weight."""
        values = self.parts[edge]
        return [[name, round(float(values[n]), 3), self.weights[n]] for n, name in enumerate(self.names)]

    def best_of(self, need_id: int) -> list[tuple[int, int]]:
        """For one need: (offer's id, edge), the best first; the same order each time."""
        edges = (self.needs[self.left] == need_id).nonzero()[0]
        order = sorted(edges.tolist(), key=lambda edge: (-self.score[edge], self.offers[self.right[edge]]))
        return [(int(self.offers[self.right[edge]]), edge) for edge in order]

    def edge_of(self, need_id: int, offer_id: int) -> int | None:
        found = ((self.needs[self.left] == need_id) & (self.offers[self.right] == offer_id)).nonzero()[0]
        return int(found[0]) if len(found) else None


def store(candidates: Candidates) -> str:
    """Keep them; answers where."""
    import numpy as np

    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        needs=candidates.needs,
        offers=candidates.offers,
        left=candidates.left.astype(np.int32),
        right=candidates.right.astype(np.int32),
        score=candidates.score,
        parts=candidates.parts.astype(np.float32),
        names=np.array(candidates.names, dtype=np.str_),
        weights=np.array(candidates.weights, dtype=np.float64),
    )
    return default_storage.save(f"{FOLDER}/{uuid.uuid4().hex}.npz", ContentFile(buffer.getvalue()))


def read(stored_as: str) -> Candidates | None:
    """None where the file went with its round."""
    import numpy as np

    if not stored_as or not default_storage.exists(stored_as):
        return None
    with default_storage.open(stored_as) as stored, np.load(io.BytesIO(stored.read()), allow_pickle=False) as kept:
        return Candidates(
            needs=kept["needs"],
            offers=kept["offers"],
            left=kept["left"].astype(np.int64),
            right=kept["right"].astype(np.int64),
            score=kept["score"],
            parts=kept["parts"].astype(np.float64),
            names=tuple(kept["names"].tolist()),
            weights=tuple(kept["weights"].tolist()),
        )


def forget(names: Sequence[str]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)
