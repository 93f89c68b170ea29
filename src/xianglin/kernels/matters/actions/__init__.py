"""Every change to a matter, one function a verb."""

from .answering import answer_aloud, answer_matter, correct_answer, defer_matter, review_deferred
from .assigning import assign_matter, bounce_matter, publish_matter, set_duty, take_in_hand, triage_matter
from .clock import resume_work, suspend_work
from .closing import reject_matter, transfer_matter, withdraw_matter
from .joining import ask_again, link_duplicate, split_matter, tell_apart, unlink_duplicate
from .quarantine import hand_over_matter, purge_matter, quarantine_matter, release_matter
from .raising import Said, claim_matter, issue_receipt, raise_matter
from .settling import close_unconfirmed, note_attempt, note_call, note_word, settle_matter, want_call
from .wording import confirm_words, transcribe_words

__all__ = [
    "Said",
    "answer_aloud",
    "answer_matter",
    "ask_again",
    "assign_matter",
    "bounce_matter",
    "claim_matter",
    "close_unconfirmed",
    "confirm_words",
    "correct_answer",
    "defer_matter",
    "hand_over_matter",
    "issue_receipt",
    "link_duplicate",
    "note_attempt",
    "note_call",
    "note_word",
    "publish_matter",
    "purge_matter",
    "quarantine_matter",
    "raise_matter",
    "reject_matter",
    "release_matter",
    "resume_work",
    "review_deferred",
    "set_duty",
    "settle_matter",
    "split_matter",
    "suspend_work",
    "take_in_hand",
    "tell_apart",
    "transcribe_words",
    "transfer_matter",
    "triage_matter",
    "unlink_duplicate",
    "want_call",
    "withdraw_matter",
]
