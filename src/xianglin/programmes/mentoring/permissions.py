"""The organisation department's officers keep the registers of their place; who stands in one has their own file."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from xianglin.base.actor import Actor
from xianglin.base.registry import Role, Row
from xianglin.commons.access.rules import relation

from .experience import rules as shared
from .experience.models import Experience
from .kinds import MENTOR, OFFICER, PROGRAMME, YOUNG_CADRE
from .mediation.access import ROWS as MEDIATION
from .minds.access import ROWS as MINDS
from .pairs import rules as pairs
from .pairs.queries import leads
from .records import rules as records
from .records.models import Record
from .registers import rules
from .registers.models import Mentor, YoungCadre
from .stories.access import ROWS as STORIES
from .teams.access import ROWS as TEAMS

ROLES = (
    Role(OFFICER, _("组织干事"), levels=("town", "county"), programme=PROGRAMME),
    Role(MENTOR, _("导师"), login="phone", levels=("town",), programme=PROGRAMME),
    Role(YOUNG_CADRE, _("青年干部"), login="phone", levels=("town", "village"), programme=PROGRAMME),
)
OFFICERS = (OFFICER,)
LISTED = (OFFICER, MENTOR, YOUNG_CADRE)


@relation("own_file")
def own_file(actor: Actor, subject: Any) -> bool:
    """The register's row of who asks, as long as they stand in it."""
    return isinstance(subject, (Mentor, YoungCadre)) and rules.is_own(actor, subject)


@relation("mentoring_party")
def party(actor: Actor, subject: Any) -> bool:
    """One of the two of a pair of this programme, or of what belongs to it."""
    pairing = pairs.pairing_of(subject)
    return pairing is not None and pairs.is_party(actor, pairing)


@relation("mentoring_learner")
def learner(actor: Actor, subject: Any) -> bool:
    pairing = pairs.pairing_of(subject)
    return pairing is not None and pairs.is_cadre(actor, pairing)


@relation("mentoring_leader")
def leader(actor: Actor, subject: Any) -> bool:
    pairing = pairs.pairing_of(subject)
    return pairing is not None and pairs.is_mentor(actor, pairing)


@relation("mentoring_leads_cadre")
def leads_cadre(actor: Actor, subject: Any) -> bool:
    """The mentor of a cadre, as long as their pair is open."""
    return isinstance(subject, YoungCadre) and leads(actor, subject)


@relation("mentoring_pair")
def of_ours(actor: Actor, subject: Any) -> bool:
    return pairs.pairing_of(subject) is not None


@relation("mentoring_record_writer")
def record_writer(actor: Actor, subject: Any) -> bool:
    """Who wrote a record, of their own pair."""
    return isinstance(subject, Record) and records.is_writer(actor, subject) and party(actor, subject)


@relation("mentoring_experience_asker")
def experience_asker(actor: Actor, subject: Any) -> bool:
    return shared.is_asker(actor, subject)


@relation("mentoring_experience_proposer")
def experience_proposer(actor: Actor, subject: Any) -> bool:
    return shared.is_proposer(actor, subject)


@relation("mentoring_reads_experience")
def reads_experience(actor: Actor, subject: Any) -> bool:
    """A mentor, young cadre or officer of its county."""
    return isinstance(subject, Experience) and shared.reads(actor, subject.county_id)


_DECIDING = ("draw_agreement", "open_review", "decide_review", "hand_over")
_PLANNING = ("set_goals", "plan_assignment", "finish_assignment", "drop_assignment")
_STEPS = ("add_milestone", "reach_milestone", "drop_milestone")  # of the kernel: an assignment hangs on one
_KEEPING = ("enrol_mentor", "enrol_cadre", "move_cadre", "end_mentor", "end_cadre", "note_avoidance", "lift_avoidance")
_OF_ONESELF = ("see_mentor", "amend_mentor")
_OF_A_CADRE = ("see_cadre", "amend_cadre", "note_levels", "set_wanted")

ROWS = (
    Row("indicators.see", OFFICERS),
    Row("mentoring.begin_catalogue", (OFFICER, "system")),
    *(Row(f"mentoring.{verb}_ability", OFFICERS) for verb in ("add", "amend", "end")),  # the county's: not a town's
    *(Row(f"mentoring.{verb}", OFFICERS) for verb in (*_KEEPING, *_OF_ONESELF, *_OF_A_CADRE)),
    *(Row(f"mentoring.{verb}", (MENTOR,), "own_file") for verb in _OF_ONESELF),
    *(Row(f"mentoring.{verb}", (YOUNG_CADRE,), "own_file") for verb in _OF_A_CADRE),
    *(Row(f"mentoring.{verb}", OFFICERS) for verb in _PLANNING),
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_party") for verb in _PLANNING),
    *(Row(f"pairings.{verb}", ("account",), "mentoring_party") for verb in _STEPS),
    *(Row(f"pairings.{verb}", ("system",), "mentoring_pair") for verb in ("add_milestone", "drop_milestone")),
    *(Row(f"mentoring.{verb}", OFFICERS) for verb in _DECIDING),
    Row("mentoring.set_standard_terms", OFFICERS),  # the county's: not a town's
    Row("mentoring.write_summary", ("account",), "mentoring_learner"),
    Row("mentoring.give_opinion", ("account",), "mentoring_leader"),
    Row("mentoring.note_levels", ("account",), "mentoring_leads_cadre"),
    Row("mentoring.see_avoidances", OFFICERS),
    *(Row(f"mentoring.{verb}", OFFICERS) for verb in ("open_course_series", "plan_course", "amend_course")),
    Row("mentoring.read_phone", OFFICERS),
    *(Row(f"mentoring.{verb}_record", OFFICERS) for verb in ("write", "correct", "withdraw")),  # 代记
    *(Row(f"mentoring.{verb}_record", ("account",), "mentoring_party") for verb in ("write", "confirm", "refuse")),
    *(Row(f"mentoring.{verb}_record", ("account",), "mentoring_record_writer") for verb in ("correct", "withdraw")),
    *TEAMS,
    *STORIES,
    *MEDIATION,
    *(Row(f"mentoring.{verb}", ("account",), "mentoring_learner") for verb in ("ask", "ask_further", "find_useful")),
    Row("mentoring.answer", ("account",), "mentoring_leader"),
    Row("mentoring.see_thread", ("account",), "mentoring_party"),  # nobody else, the officer neither
    Row("mentoring.propose_experience", ("account",), "mentoring_leader"),
    *(Row(f"mentoring.{verb}_experience", OFFICERS) for verb in ("propose", "amend", "publish", "return", "withdraw")),
    *(Row(f"mentoring.{v}_experience", ("account",), "mentoring_experience_proposer") for v in ("amend", "withdraw")),
    *(
        Row(f"mentoring.{verb}_experience", ("account",), "mentoring_experience_asker")
        for verb in ("agree", "withdraw")
    ),
    Row("mentoring.mark_useful", ("account",), "mentoring_reads_experience"),
    *MINDS,
)
