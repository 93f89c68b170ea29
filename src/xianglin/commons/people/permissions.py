from xianglin.base.registry import Row

ROLES = ()
ROWS = (
    # Both run only inside the action of a room that has settled who may say or claim something.
    Row("people.note", ("anyone",), "always"),
    Row("people.claim", ("account",), "always"),
)
