"""Who may say what a phone is sent: its owner."""

from xianglin.base.registry import Row

from . import rules  # noqa: F401  # declares the relation

ROWS = (
    Row("notices.stop_sms", ("anyone",), "own_phone"),
    Row("notices.allow_sms", ("account",), "own_phone"),
    Row("notices.set_mail", ("account",), "own_account"),
    Row("notices.confirm_mail", ("system",)),  # who opened its link
)
