"""Who acts. Every change and every list is asked for by exactly one Actor."""

from dataclasses import dataclass, replace
from typing import Literal

Kind = Literal["account", "receipt", "phone", "system", "nobody"]
Via = Literal["web", "api", "import", "command", "demo", "job"]


@dataclass(frozen=True)
class Actor:
    """``id`` is the account's key, the receipt's matter, the sealed phone's index, or the room that acts as system."""

    kind: Kind
    id: str = ""
    name: str = ""
    via: Via = "web"
    origin: str = ""  # keyed hash of the remote address: enough to see a pattern, not to find a person
    request_id: str = ""

    @property
    def ref(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else self.kind

    @property
    def account_id(self) -> int | None:
        return int(self.id) if self.kind == "account" else None

    def through(self, via: Via) -> "Actor":
        return replace(self, via=via)


NOBODY = Actor("nobody")


def system(room: str, via: Via = "job") -> Actor:
    """The platform itself, acting for a room (a schedule, an expiry)."""
    return Actor("system", room, via=via)
