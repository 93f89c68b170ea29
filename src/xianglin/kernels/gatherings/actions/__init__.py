"""Changes, a module a noun: the meeting and its speakers; series and sessions, their seats, who came."""

from .meeting import (
    cancel_gathering,
    count_present,
    end_gathering,
    plan_gathering,
    postpone_gathering,
    set_agenda,
    start_gathering,
)
from .presence import arrive, forget_names, let_in, mark_present
from .seats import leave_session, sign_up, sign_up_other
from .series import end_series, open_series
from .sessions import call_off, end_session, move_session, plan_session, set_hours, set_seats
from .speaking import hand_in, leave_turn, queue_speaker, take_turn

__all__ = [
    "arrive",
    "call_off",
    "cancel_gathering",
    "count_present",
    "end_gathering",
    "end_series",
    "end_session",
    "forget_names",
    "hand_in",
    "leave_session",
    "leave_turn",
    "let_in",
    "mark_present",
    "move_session",
    "open_series",
    "plan_gathering",
    "plan_session",
    "postpone_gathering",
    "queue_speaker",
    "set_agenda",
    "set_hours",
    "set_seats",
    "sign_up",
    "sign_up_other",
    "start_gathering",
    "take_turn",
]
