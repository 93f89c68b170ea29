"""What a pair's page shows of its records."""

from typing import Any

from ..pairs.rules import is_party
from . import queries

MOST = 5


def records(look: Any) -> dict[str, Any]:
    """The newest, and the way to all of them. ``look``: a ``pairs.sections.Looked``."""
    pairing = look.pairing
    page = queries.of_pair(pairing, look.actor, most=MOST)
    # the two have this button above everything else
    writes = pairing.open and not is_party(look.actor, pairing) and look.may("mentoring.write_record")
    return {"pairing": pairing, "rows": page.rows, "more": bool(page.after), "writes": writes}
