from xianglin.base.registry import Row

ROLES = ()
LISTING = ("village_cadre", "town_clerk")  # declared with the matters: the grassroots' own roles serve all rooms
ROWS = (
    # Both run only inside the action of a room that has settled who may say or claim something.
    Row("people.note", ("anyone",), "always"),
    Row("people.claim", ("account",), "always"),
    Row("people.note_household", (*LISTING, "system")),  # the command's import
    Row("people.read_household", LISTING),
)
