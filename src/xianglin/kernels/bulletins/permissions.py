"""Who writes, looks over and publishes. 村监委 is a role of the village's own."""

from django.utils.translation import gettext_lazy as _

from xianglin.base.registry import Role, Row

from . import queries

ROLES = (Role(queries.SUPERVISOR, _("村监委"), login="phone", levels=("village",)),)
WRITING = queries.WRITING
WITHHOLDING = ("town_clerk", "town_inspector")  # not the village: it would take back what it published
READING = (*WRITING, queries.SUPERVISOR, "town_clerk", "town_inspector", "county_clerk")

ROWS = (
    Row("bulletins.open", WRITING),
    Row("bulletins.hand_in", WRITING),
    Row("bulletins.review", (queries.SUPERVISOR,)),
    Row("bulletins.publish", WRITING),
    Row("bulletins.correct", WRITING),
    Row("bulletins.withhold", WITHHOLDING),
    Row("bulletins.release", ("town_inspector",)),
    Row("bulletins.see", READING),
    Row("bulletins.see_withheld", (*WRITING, *WITHHOLDING)),  # who mends it, and who answers for it
)
