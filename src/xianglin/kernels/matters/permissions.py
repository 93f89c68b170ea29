"""Who may do what to a matter. Roles here are the grassroots' own and serve every programme."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.registry import Role, Row
from xianglin.commons.access.queries import reach
from xianglin.commons.access.rules import relation

from . import queries, rules
from .models import Matter, State

ROLES = (
    Role("village_cadre", _("村干部"), login="phone", levels=("village",)),
    Role("town_clerk", _("镇村务办"), levels=("town",)),
    Role("town_inspector", _("镇纪检监察办"), levels=("town",)),
    Role("county_clerk", _("县受理岗"), levels=("county",)),
    Role("county_officer", _("县部门"), levels=("county",)),
    Role("observer", _("上级查看"), levels=("province", "city", "county")),
)
RECEIVING = queries.RECEIVING
READING = queries.READING
CALLING = ("town_clerk", "town_inspector", "county_clerk", "village_cadre")


@relation("author")
def author(actor: Actor, subject: Any) -> bool:
    return isinstance(subject, Matter) and rules.is_author(actor, subject)


@relation("not_quarantined")
def not_quarantined(actor: Actor, subject: Any) -> bool:
    """An accusation is read by nobody it may be about: only by the inspector, who hands it over, and its author."""
    return not isinstance(subject, Matter) or subject.state != State.QUARANTINED


@relation("in_charge")
def in_charge(actor: Actor, subject: Any) -> bool:
    """The person in charge, or a member of the department in charge; neither once their grant has ended."""
    if not isinstance(subject, Matter) or not not_quarantined(actor, subject) or not queries.works_here(actor, subject):
        return False
    scope = f"department:{subject.department}"
    return actor.account_id == subject.handler_id or (
        bool(subject.department) and any(g.scope == scope for g in reach(actor))
    )


def _given(actions: str, to: tuple[str, ...], when: str = "in_area") -> tuple[Row, ...]:
    return tuple(Row(f"matters.{name}", to, when) for name in actions.split())


ROWS = (
    *_given("raise", ("anyone",), "always"),
    *_given("see", READING, "not_quarantined"),
    *_given("read_words", RECEIVING, "not_quarantined"),  # not observers: they see what became of it
    *_given("see read_words hand_over release", ("town_inspector",)),
    *_given("purge", ("system",)),
    *_given("see read_words settle withdraw issue_receipt confirm_words", ("author",), "author"),
    *_given("see read_words take answer defer suspend bounce", ("account",), "in_charge"),
    *_given("review resume correct_answer", ("account",), "in_charge"),
    *_given("triage assign answer_aloud reject transfer quarantine link unlink split set_duty", RECEIVING),
    *_given("tell_apart ask_again", RECEIVING, "not_quarantined"),
    *_given("issue_receipt publish transcribe", RECEIVING, "not_quarantined"),
    *_given("review resume correct_answer", RECEIVING),  # whoever had it may have left
    *_given("issue_receipt triage review resume", ("system",)),
    *_given("note_word note_attempt note_call", CALLING),
    *_given("note_call", ("account",), "in_charge"),
    *_given("want_call", ("system",)),
    *_given("close_unconfirmed", (*RECEIVING, "system")),
    *_given("claim", ("account",), "always"),  # the receipt's code is the proof; the action checks it
)
