"""Changes, a module a noun: sides (needs and offers), rounds, proposing, agreeing, steps."""

from ..models import InKind
from .agreeing import end, expire, extend, goes_on_from, had_contact, note_pairing, set_terms, sign, start
from .proposing import accept, decline, lapse, note_answer, offer_next, propose, withdraw
from .rounds import (
    approve,
    choose,
    close_round,
    hold,
    keep_solution,
    move,
    open_round,
    solve,
    tell_some,
    unhold,
)
from .sides import change_need, change_offer, open_need, open_offer
from .steps import add_milestone, drop_milestone, follow_up, note_outcome, reach_milestone, verify_outcome

__all__ = [
    "InKind",
    "accept",
    "add_milestone",
    "approve",
    "change_need",
    "change_offer",
    "choose",
    "close_round",
    "decline",
    "drop_milestone",
    "end",
    "expire",
    "extend",
    "follow_up",
    "goes_on_from",
    "had_contact",
    "hold",
    "keep_solution",
    "lapse",
    "move",
    "note_answer",
    "note_outcome",
    "note_pairing",
    "offer_next",
    "open_need",
    "open_offer",
    "open_round",
    "propose",
    "reach_milestone",
    "set_terms",
    "sign",
    "solve",
    "start",
    "tell_some",
    "unhold",
    "verify_outcome",
    "withdraw",
]
