"""Who may do what outside the matters' room: every action of every other room, decided here, line by line.

A line: the action, then who may do it where: *inside* (the village, or what lies in it), *beside* (the next village,
same county), *outside* (the next county) and, where it has one, *nowhere* (a subject without a place) and *own* (the
villager's own account). Everybody not named may not; the test asks ``hooks.may`` with real people about a row there.
"""

from typing import Any

import pytest

from tests.inventory.conftest import PAIR, WALK
from tests.kernels.matters.conftest import Village
from tests.support.cast import SINCE, actor_of, by_password, by_phone
from xianglin.base import hooks
from xianglin.base.action import REGISTRY
from xianglin.base.actor import NOBODY, Actor, system
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.areas.models import Area, InKind
from xianglin.commons.deadlines.models import Recomputation
from xianglin.commons.exchange.models import Batch
from xianglin.commons.keys.sealing import new_key
from xianglin.commons.notices.models import Mailbox, Phone
from xianglin.commons.people.models import Household, Person
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.gatherings.models import Gathering, Registration, Series, Turn
from xianglin.kernels.gatherings.permissions import MEETING
from xianglin.kernels.gatherings.permissions import RUNNING as HOLDING
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.pairings.models import FollowUp, Milestone, Need, Offer, Outcome, Pairing, Proposal, Round
from xianglin.kernels.pairings.permissions import OFFICER
from xianglin.kernels.pairings.permissions import PLATFORM as BY_ITSELF
from xianglin.programmes.briefing.models import Told
from xianglin.programmes.mentoring.kinds import COURSE
from xianglin.programmes.mentoring.kinds import PAIR as MENTORS
from xianglin.programmes.mentoring.mediation.models import Mediation, Mediator
from xianglin.programmes.mentoring.minds.models import Carer, Consent, Switch
from xianglin.programmes.mentoring.models import (
    Ability,
    Assignment,
    Avoidance,
    Course,
    Experience,
    Mentor,
    Record,
    Review,
    Thread,
    YoungCadre,
)
from xianglin.programmes.mentoring.stories.models import Story
from xianglin.programmes.mentoring.teams.models import Heard, Member, Outing, Team

ACCOUNTS = "villager cadre supervisor representative beside clerk inspector county officer observer admin former "
ACCOUNTS += "far_cadre far_clerk far_admin organiser county_organiser mentor young_cadre"
EVERYBODY = f"nobody receipt {ACCOUNTS} system"
ADMINISTRATION = {  # a county's administrator in their county, and the platform itself
    "inside": "admin system",
    "beside": "admin system",
    "outside": "far_admin system",
    "nowhere": "system",
}
PLATFORM = dict.fromkeys(("inside", "beside", "outside", "nowhere"), "system")
ORGANISERS = {"inside": "organiser county_organiser", "beside": "organiser county_organiser", "outside": ""}
OF_A_PAIR = ORGANISERS | {"inside": "organiser county_organiser mentor young_cadre"}  # inside it is these two
ANY_ACCOUNT = dict.fromkeys(("inside", "beside", "outside"), f"{ACCOUNTS} system")  # its own rule asks for more

RUNNING = {"inside": "county", "beside": "county", "outside": ""}

WHO: dict[str, dict[str, str]] = {
    "access.open_account": ADMINISTRATION,
    "access.open_phone_account": ADMINISTRATION,
    "access.add_department": ADMINISTRATION,
    "access.grant": ADMINISTRATION,
    "access.end_grant": ADMINISTRATION,
    "access.close_account": ADMINISTRATION | {"own": "admin system"},
    "access.invite": ADMINISTRATION | {"own": "admin system"},
    "access.set_display_name": ADMINISTRATION | {"own": "villager admin system"},
    "access.accept_invitation": PLATFORM | {"own": "system"},
    "areas.import": ADMINISTRATION,
    "areas.close": ADMINISTRATION,
    "areas.switch_programme": ADMINISTRATION,
    "people.note": dict.fromkeys(("inside", "beside", "outside", "nowhere"), EVERYBODY),
    "people.claim": {"nowhere": ACCOUNTS},
    "people.note_household": {
        "inside": "cadre clerk system",
        "beside": "beside clerk system",
        "outside": "far_cadre far_clerk system",
    },
    "deadlines.load_calendar": {"nowhere": "system"},
    "deadlines.recompute": {"nowhere": "system"},
    "deadlines.pass_over": {"nowhere": "system"},
    **dict.fromkeys(
        ("exchange.stage", "exchange.remap", "exchange.begin", "exchange.apply", "exchange.cancel"), ANY_ACCOUNT
    ),
    "bulletins.open": {"inside": "cadre", "beside": "beside", "outside": "far_cadre"},
    **dict.fromkeys(
        ("bulletins.hand_in", "bulletins.publish", "bulletins.correct"),
        {"inside": "cadre", "beside": "beside", "outside": "far_cadre"},
    ),
    "bulletins.withhold": {"inside": "clerk inspector", "beside": "clerk inspector", "outside": "far_clerk"},
    "bulletins.release": {"inside": "inspector", "beside": "inspector", "outside": ""},
    "bulletins.review": {"inside": "supervisor", "beside": "", "outside": ""},
    **dict.fromkeys(
        (
            *(
                f"gatherings.{verb}"
                for verb in ["plan", "postpone", "cancel", "set_agenda", "count_present", "start", "end"]
            ),
            *(f"gatherings.{verb}" for verb in ("queue", "take", "leave")),
            *(f"briefing.{verb}" for verb in ("plan_conference", "ask", "take_down", "close", "set_articles")),
            *(f"briefing.{verb}" for verb in ("note_visit", "note_round")),
            *(f"briefing.{verb}" for verb in ("answer_question", "make_task", "split_question")),
        ),
        {"inside": "cadre", "beside": "beside", "outside": "far_cadre"},
    ),
    **{f"gatherings.{verb}": RUNNING for verb in HOLDING.split()},  # of sessions
    "gatherings.sign_up_other": {"inside": "county cadre", "beside": "county beside", "outside": "far_cadre"},
    **dict.fromkeys(  # of a kind that is for everybody
        ("gatherings.sign_up", "gatherings.arrive"), dict.fromkeys(("inside", "beside", "outside"), ACCOUNTS)
    ),
    "gatherings.forget_names": dict.fromkeys(("inside", "beside", "outside"), "system"),
    "briefing.link_households": {"inside": "cadre", "beside": "beside", "outside": "far_cadre"},
    **dict.fromkeys(
        ("briefing.relay", "briefing.give_back", "briefing.untell"),
        {"inside": "representative", "beside": "", "outside": ""},
    ),
    "briefing.ask_village": {"inside": "clerk inspector", "beside": "clerk inspector", "outside": "far_clerk"},
    "briefing.set_party_day": {"inside": "cadre clerk", "beside": "beside clerk", "outside": "far_cadre far_clerk"},
    "mentoring.begin_catalogue": {
        "inside": "organiser county_organiser system",
        "beside": "organiser county_organiser system",
        "outside": "system",
    },
    **dict.fromkeys(
        (
            *(f"mentoring.{verb}" for verb in ("enrol_mentor", "enrol_cadre", "move_cadre", "end_mentor", "end_cadre")),
            *(f"mentoring.{verb}" for verb in ("note_avoidance", "lift_avoidance", "add_ability")),
        ),
        ORGANISERS,
    ),
    **dict.fromkeys(  # the county's list is no town's
        ("mentoring.amend_ability", "mentoring.end_ability"),
        {"inside": "county_organiser", "beside": "county_organiser", "outside": ""},
    ),
    **dict.fromkeys(
        (f"mentoring.{verb}" for verb in ("set_goals", "plan_assignment", "finish_assignment", "drop_assignment")),
        OF_A_PAIR,
    ),
    **dict.fromkeys(
        (
            *(f"mentoring.{verb}" for verb in ("draw_agreement", "open_review", "decide_review", "hand_over")),
            "mentoring.set_standard_terms",
            *(f"mentoring.{verb}" for verb in ("open_course_series", "plan_course", "amend_course")),
        ),
        ORGANISERS,
    ),
    "mentoring.write_record": OF_A_PAIR,
    **dict.fromkeys(  # the mentor wrote it
        ("mentoring.correct_record", "mentoring.withdraw_record"),
        ORGANISERS | {"inside": "organiser county_organiser mentor"},
    ),
    **dict.fromkeys(
        ("mentoring.confirm_record", "mentoring.refuse_record"),
        {"inside": "mentor young_cadre", "beside": "", "outside": ""},
    ),
    **dict.fromkeys(
        (f"mentoring.{verb}" for verb in ("open_team", "end_team", "add_member", "remove_member")), ORGANISERS
    ),
    **dict.fromkeys(  # inside, the two are in the team
        ("mentoring.note_outing", "mentoring.raise_heard"),
        {"inside": "mentor young_cadre", "beside": "", "outside": ""},
    ),
    **dict.fromkeys(  # inside, the two work on it
        (f"mentoring.{verb}" for verb in ("open_mediation", "note_session", "close_mediation", "follow_mediation")),
        {"inside": "mentor young_cadre", "beside": "", "outside": ""},
    ),
    "mentoring.add_mediator": OF_A_PAIR,
    "mentoring.switch_minds": ORGANISERS,  # of a county alone, as its rule says
    "mentoring.name_carer": ORGANISERS,
    "mentoring.end_carer": {"inside": "county_organiser", "beside": "county_organiser", "outside": ""},
    **dict.fromkeys(
        ("mentoring.consent_minds", "mentoring.withdraw_minds"), {"inside": "young_cadre", "beside": "", "outside": ""}
    ),
    **dict.fromkeys(  # who is named in this county, and nobody else
        ("mentoring.note_talk", "mentoring.read_mind"), {"inside": "observer", "beside": "observer", "outside": ""}
    ),
    "mentoring.forget_mind": dict.fromkeys(("inside", "beside", "outside"), "system"),
    "mentoring.note_story": ORGANISERS,  # and storytellers: tests/programmes/mentoring/stories
    **dict.fromkeys(  # inside, it is the mentor's
        ("mentoring.correct_story", "mentoring.withdraw_story"),
        ORGANISERS | {"inside": "organiser county_organiser mentor"},
    ),
    **dict.fromkeys(
        ("mentoring.ask", "mentoring.ask_further", "mentoring.find_useful", "mentoring.agree_experience"),
        {"inside": "young_cadre", "beside": "", "outside": ""},
    ),
    "mentoring.answer": {"inside": "mentor", "beside": "", "outside": ""},
    "mentoring.propose_experience": ORGANISERS | {"inside": "organiser county_organiser mentor"},
    "mentoring.amend_experience": ORGANISERS | {"inside": "organiser county_organiser mentor"},  # he proposed it
    **dict.fromkeys(("mentoring.publish_experience", "mentoring.return_experience"), ORGANISERS),
    "mentoring.withdraw_experience": OF_A_PAIR,
    "mentoring.mark_useful": dict.fromkeys(("inside", "beside"), "organiser county_organiser mentor young_cadre")
    | {"outside": ""},
    "mentoring.write_summary": {"inside": "young_cadre", "beside": "", "outside": ""},
    "mentoring.give_opinion": {"inside": "mentor", "beside": "", "outside": ""},
    "mentoring.amend_mentor": ORGANISERS | {"inside": "organiser county_organiser mentor"},
    **dict.fromkeys(
        ("mentoring.amend_cadre", "mentoring.note_levels", "mentoring.set_wanted"),
        ORGANISERS | {"inside": "organiser county_organiser young_cadre"},
    ),
    "notices.stop_sms": {"own": "villager", "nowhere": ""},
    "notices.allow_sms": {"own": "villager", "nowhere": ""},
    "notices.set_mail": {"own": "villager", "inside": ""},
    "notices.confirm_mail": {"own": "system", "nowhere": "system"},
    **{f"pairings.{verb}": RUNNING for verb in OFFICER.split() if verb != "see"},
    **dict.fromkeys(("pairings.accept", "pairings.decline"), dict.fromkeys(("inside", "beside", "outside"), "")),
    **{f"pairings.{verb}": dict.fromkeys(("inside", "outside"), "system") for verb in BY_ITSELF.split()},
    **{
        f"pairings.{verb}": {where: f"{who} system" for where, who in RUNNING.items()}
        for verb in set(OFFICER.split()) & set(BY_ITSELF.split())
    },
    "exchange.forget": dict.fromkeys(("inside", "beside", "outside"), "system"),
}


@pytest.fixture
def people(here: Village) -> dict[str, Actor]:
    at = here.cast.places
    former = by_password("left", "调走的人", at.county, "county_admin")
    access.end_grant(former.grants.get(), actor=system("tests"))
    return {
        "nobody": NOBODY,
        "receipt": Actor("receipt", "1"),
        "villager": here.villager,
        "cadre": here.cadre,
        "beside": here.beside,
        "clerk": here.clerk,
        "inspector": here.inspector,
        "county": here.county,
        "officer": here.officer,
        "observer": actor_of(by_password("looker", "看的人", at.county, "observer")),
        "admin": actor_of(here.cast.county_admin),
        "supervisor": actor_of(by_phone("13800000021", "钱监委", at.village, "village_supervisor")),
        "representative": actor_of(by_phone("13800000031", "徐文昌", at.village, "villagers_representative")),
        "former": actor_of(former),
        "organiser": actor_of(by_password("zz-town", "镇组干", at.town, "organisation_officer")),
        "county_organiser": actor_of(by_password("zz-county", "县组干", at.county, "organisation_officer")),
        "mentor": actor_of(by_phone("13800000041", "王根水", at.town, "mentor")),
        "young_cadre": actor_of(by_phone("13800000042", "周小禾", at.village, "young_cadre")),
        "far_cadre": actor_of(by_password("far-cadre", "外县村干部", at.far_village, "village_cadre")),
        "far_clerk": here.outsider,
        "far_admin": actor_of(by_password("far-admin", "外县管理员", at.next_county, "county_admin")),
        "system": system("tests"),
    }


def places(here: Village) -> dict[str, Area | None]:
    at = here.cast.places
    return {"inside": at.village, "beside": at.beside_village, "outside": at.far_village, "nowhere": None}


def subject(here: Village, name: str, where: str) -> Any:
    """The row that an action would be done to there, or the place where it would make one."""
    subject_model = REGISTRY[name].subject
    if subject_model is Phone:
        own = Account.objects.get(pk=here.villager.account_id).phone_index if where == "own" else "0" * 64
        return Phone(index=own)
    if subject_model is Mailbox:
        return Mailbox(account_id=here.villager.account_id if where == "own" else 0)
    if where == "own":
        return Account.objects.get(pk=here.villager.account_id)
    area = places(here)[where]
    if subject_model is Account:
        return Account(pk=0, home=area)
    if subject_model is Grant:
        return Grant(account_id=0, role="observer", area=area, from_on=SINCE) if area else None
    if subject_model is Batch:
        assert area is not None
        batch = Batch(table="opinions")
        batch.place_in(area)
        return batch
    if subject_model is Bulletin:
        assert area is not None
        bulletin = Bulletin(kind="briefing.report")
        bulletin.place_in(area)
        return bulletin
    if subject_model is Told:
        return Told(area=area, by_id=Account.objects.get(display_name="徐文昌").pk)
    if subject_model in (Mentor, YoungCadre, Avoidance, Ability):
        return _of_mentoring(subject_model, area, where)
    if subject_model in (Team, Member, Heard, Mediation):
        assert area is not None
        kind = "mediators" if "mediation" in name else "listeners"
        return _of_a_team(subject_model, area, where, kind)
    if subject_model in (Consent, Carer):
        assert area is not None
        return _of_minds(subject_model, area, where)
    if subject_model is Story:
        assert area is not None
        return _a_story(area, where)
    if subject_model is Course:
        session = Gathering(kind=COURSE)
        session.place_in(area)  # type: ignore[arg-type]
        return Course(session=session)
    if name.startswith("mentoring.") and subject_model in (Pairing, Assignment, Experience, Record, Review, Thread):
        assert area is not None
        return _of_a_pair(subject_model, area, where)
    if subject_model is Household:
        assert area is not None
        household = Household()
        household.place_in(area)
        return household
    if name.startswith("gatherings.") and name.removeprefix("gatherings.") not in MEETING:
        assert area is not None
        return of_a_session(subject_model, area)
    if subject_model in (Gathering, Matter, Turn):
        assert area is not None
        row = Matter(kind="briefing.question") if subject_model is Matter else Gathering(kind="briefing.conference")
        row.place_in(area)
        return Turn(gathering=row) if subject_model is Turn else row
    if name.startswith("pairings."):
        assert area is not None
        return of_a_pairing(subject_model, area)
    if subject_model in (Person, Recomputation):
        return subject_model()
    assert subject_model in (None, Area), f"say here what a {subject_model} of {name} is"
    return area


def of_a_session(model: Any, area: Area) -> Any:
    """A session or a series there, somebody's registration for one, or the place where one is made."""
    if model is None:
        return InKind(area, WALK)
    row = Series(kind=WALK) if model is Series else Gathering(kind=WALK)
    row.place_in(area)
    return Registration(gathering=row) if model is Registration else row


def of_a_pairing(model: Any, area: Area) -> Any:
    """A side, a round, what was asked or agreed there, between two strangers; or the place where one is made."""
    if model is None:
        return InKind(area, PAIR)
    need, offer = Need(kind=PAIR), Offer(kind=PAIR)
    row = {Need: need, Offer: offer}.get(model) or (
        model(kind=PAIR) if model is Round else Pairing(kind=PAIR, need=need, offer=offer)
    )
    if model is Proposal:
        row = Proposal(kind=PAIR, need=need, offer=offer)
    row.place_in(area)
    return model(pairing=row) if model in (Milestone, FollowUp, Outcome) else row


def _of_a_pair(model: Any, area: Area, where: str) -> Any:
    """Inside, the mentor and the young cadre are the two; elsewhere strangers are."""
    need, offer = Need(kind=MENTORS), Offer(kind=MENTORS)
    if where == "inside":
        need.holder = Account.objects.get(display_name="周小禾")
        offer.holder = Account.objects.get(display_name="王根水")
    pairing = Pairing(kind=MENTORS, need=need, offer=offer)
    pairing.place_in(area)
    if model is Review:
        return Review(pairing=pairing)
    if model is Experience:
        shared = Experience(thread=Thread(pairing=pairing), proposed_by_id=offer.holder_id or 0)
        shared.place_in(area)
        return shared
    if model is Thread:
        return Thread(pairing=pairing)
    if model is Record:
        return Record(pairing=pairing, written_by_id=offer.holder_id or 0)
    return pairing if model is Pairing else Assignment(milestone=Milestone(pairing=pairing))


def _of_a_case(team: Team) -> Mediation:
    """All who are in the team work on it."""
    case = Mediation(team=team, sort="land", opened_on=SINCE)
    case.place_in(team.area)
    if team.pk is not None:
        members = list(team.members.all())
        case.key, case.by_id = new_key(team.county_id or 0), members[0].account_id
        case.save()
        for one in members:
            Mediator.objects.create(mediation=case, account=one.account, from_on=SINCE)
    return case


def _of_minds(model: Any, area: Area, where: str) -> Any:
    """It is on in this county, and its observer is named."""
    county = Area.objects.get(pk=area.county_id)
    if where != "outside" and not Carer.objects.exists():
        by = Account.objects.get(display_name="看的人")
        for row in (Switch(from_on=SINCE, by=by), Carer(account=by, from_on=SINCE)):
            row.place_in(county)
            row.save()
    row = model(cadre=YoungCadre(account_id=0)) if model is Consent else model()
    row.place_in(county)
    return row


def _a_story(area: Area, where: str) -> Story:
    """Inside, the mentor told it first."""
    story = Story(teller_id=Account.objects.get(display_name="王根水").pk if where == "inside" else 0)
    story.place_in(area)
    return story


def _of_a_team(model: Any, area: Area, where: str, kind: str) -> Any:
    """Inside, the mentor and the young cadre are in it; elsewhere nobody is."""
    team = Team(kind=kind, name=f"{Team.objects.count()} 队", opened_on=SINCE)
    team.place_in(area)
    if where == "inside":
        team.save()
        for account in Account.objects.filter(display_name__in=("周小禾", "王根水")):
            Member.objects.create(team=team, account=account, from_on=SINCE)
    if model is Mediation:
        return _of_a_case(team)
    outing = Outing(team=team)
    outing.place_in(area)
    return {Team: team, Member: Member(team=team)}.get(model) or Heard(outing=outing)


def _of_mentoring(model: Any, area: Area | None, where: str) -> Any:
    """Inside, the row is the mentor's or the young cadre's own; the list of abilities is the county's."""
    assert area is not None
    row = model()
    if model in (Mentor, YoungCadre):
        own = Account.objects.get(display_name="王根水" if model is Mentor else "周小禾")
        row.account_id = own.pk if where == "inside" else 0
    row.place_in(Area.objects.get(pk=area.county_id) if model is Ability else area)
    return row


def test_every_action_of_the_other_rooms_is_decided_here() -> None:
    theirs = {name for name in REGISTRY if not name.startswith(("matters.", "tests."))}
    assert theirs == set(WHO)


@pytest.mark.parametrize("name", sorted(WHO))
def test_who_may_do_it_where(here: Village, people: dict[str, Actor], name: str) -> None:
    found = {
        where: {who for who, actor in people.items() if hooks.may(actor, name, subject(here, name, where))}
        for where in WHO[name]
    }
    assert found == {where: set(line.split()) for where, line in WHO[name].items()}


def test_a_closed_accounts_grants_count_no_more(here: Village, people: dict[str, Actor]) -> None:
    access.close_account(here.cast.county_admin, actor=system("tests"))
    for name, lines in WHO.items():
        if lines is ADMINISTRATION:
            assert not hooks.may(people["admin"], name, subject(here, name, "inside")), name
