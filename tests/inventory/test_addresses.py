"""Every address says whom it is for, and answers everybody accordingly; never with a fault of its own."""

import datetime as dt
import uuid
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.commons.files.conftest import send
from tests.commons.files.samples import picture
from tests.inventory.conftest import PAIR, WALK
from tests.kernels.gatherings.conftest import planned_conference, running_conference
from tests.kernels.matters.conftest import MORNING, Village
from tests.programmes.mentoring.conftest import Town, build_town
from tests.programmes.mentoring.mediation.conftest import settle, taken_on
from tests.programmes.mentoring.pairs.conftest import Pair, build_pair, graduate, sign
from tests.programmes.mentoring.stories.conftest import noted
from tests.programmes.mentoring.teams.conftest import build_team, went_out
from tests.support.cast import SYSTEM, actor_of, as_account, by_password, by_phone
from xianglin.base import clock
from xianglin.commons.access import actions as access
from xianglin.commons.access.models import Account
from xianglin.commons.access.queries import invitation
from xianglin.commons.areas import actions as areas
from xianglin.commons.areas.models import InKind
from xianglin.commons.areas.models import InKind as Walks
from xianglin.commons.exchange import actions as exchange
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.people import actions as people
from xianglin.kernels.bulletins import actions as bulletins
from xianglin.kernels.bulletins import drafts
from xianglin.kernels.bulletins import queries as texts
from xianglin.kernels.bulletins.models import Bulletin
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings.models import Gathering, Turn
from xianglin.kernels.gatherings.rules_sessions import Plan
from xianglin.kernels.matters import actions, rules
from xianglin.kernels.matters.models import AnswerPhoto, Matter
from xianglin.kernels.pairings import actions as pairings
from xianglin.programmes.briefing import actions as briefing
from xianglin.programmes.mentoring.asking import actions as asking
from xianglin.programmes.mentoring.courses import actions as courses
from xianglin.programmes.mentoring.courses.rules import Lesson
from xianglin.programmes.mentoring.experience import actions as experience
from xianglin.programmes.mentoring.experience.rules import Draft
from xianglin.programmes.mentoring.graduation import actions as reviews
from xianglin.programmes.mentoring.graduation.models import Certificate, Review
from xianglin.programmes.mentoring.minds import actions as minds
from xianglin.programmes.mentoring.records import actions as records
from xianglin.programmes.mentoring.records.rules import Said
from xianglin.programmes.mentoring.registers import actions as mentoring
from xianglin.programmes.mentoring.registers.models import Avoidance
from xianglin.programmes.mentoring.teams import actions as teams

WORDS = {"everyone", "receipt", "account", "staff", "demo", "system"}


def addresses(resolver: Any = None, space: str = "") -> Iterator[tuple[str, Any, dict[str, Any]]]:
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, entry.namespace or space)
        elif isinstance(entry, URLPattern):
            yield f"{space}:{entry.name}", entry.callback, entry.pattern.converters


ALL = list(addresses())


@pytest.mark.parametrize(("name", "view"), [(name, view) for name, view, _c in ALL], ids=[n for n, _v, _c in ALL])
def test_every_view_says_whom_it_is_for(name: str, view: Any) -> None:
    from xianglin.commons.access.table import ROLES, ROWS

    assert view.seen_by, name
    words = {word for word in view.seen_by if not word.startswith("may ")}
    assert words <= WORDS | set(ROLES), name
    assert all(ROWS[word.removeprefix("may ")] for word in set(view.seen_by) - words), name


KEY = uuid.UUID("c0de" * 8)


@pytest.fixture
def matter(here: Village) -> Matter:
    with clock.living_at(MORNING):
        said = actions.Said(words="桥头灯不亮。", uploads=(sent_picture(),))
        matter = actions.raise_matter(here.place, actor=here.villager, said=said, key=KEY)
        return actions.triage_matter(matter, actor=here.cadre, title="桥头灯不亮", category="", public=True)


@pytest.fixture
def visitors(here: Village, matter: Matter, representative: Account, town: Town) -> dict[str, Client]:
    def browser(actor: Any) -> Client:
        return as_account(Account.objects.get(pk=actor.account_id))

    holder = Client()
    assert holder.post(reverse("matters:receipt"), {"code": rules.code_of(KEY)}).status_code == 302
    named = ("villager", "cadre", "second", "beside", "clerk", "inspector", "officer", "county", "outsider")
    at = here.cast.places
    return {
        "nobody": Client(),
        "receipt": holder,
        **{n: browser(getattr(here, n)) for n in named},
        "observer": as_account(by_password("looker", "看的人", at.county, "observer")),
        "representative": as_account(representative),
        "admin": as_account(here.cast.county_admin),
        "organiser": browser(town.officer),
        "county_organiser": browser(town.county),
        "mentor": browser(town.mentors_self),
        "young_cadre": browser(town.cadres_self),
    }


@pytest.fixture
def given(here: Village, matter: Matter, representative: Account, town: Town, pair: Pair) -> dict[str, Any]:
    """What the addresses name: rows that exist, so that nobody is turned away for want of one."""
    sheet = {"table": "opinions", "file_name": "意见.xlsx", "sha256": "0" * 64}
    invited = access.invite(here.cast.town_inspector, actor=SYSTEM)
    bulletin = published(here)
    areas.switch_programme(here.cast.places.county, "briefing", actor=SYSTEM, on=True)
    meeting, asked, waits = conference(here)
    mentoring.note_avoidance(town.cadre, actor=town.officer, other="王根水", why="relative")
    *_login, uid, token, _end = invitation(invited).split("/")
    return {
        "code": matter.area.code,
        "serial": matter.serial,
        "pk": matter.pk,
        "other_pk": asked.pk,
        "verb": "assign",
        "uid": uid,
        "token": token,
        "push_token": "none",
        "persona": "cadre",
        "table": "opinions",
        "bulletin_pk": bulletin.pk,
        "enclosure_pk": matter.enclosures.get().pk,
        "photo_pk": shown(here).pk,
        "block_pk": bulletin.blocks.get(origin="gap:money").pk,
        "table_pk": bulletin.blocks.get(origin="table:money").pk,
        "figure_pk": bulletin.blocks.get(origin="figure:briefing.matters_raised").pk,
        "nth": 1 + [b["origin"] for b in texts.standing_blocks(bulletin)].index("figure:briefing.matters_raised"),
        "deed_key": "hand_in",
        "piece": 1,
        "household_pk": people.note_household(here.place, actor=here.cadre, door=people.Door("12", "徐阿根")).pk,
        "month": f"{clock.today():%Y-%m}",
        "gathering_pk": meeting.pk,
        "meeting_verb": "present",
        "matter_pk": asked.pk,
        "placing": "answer",
        "turn_pk": waits.pk,
        "turn_verb": "take",
        "slip_token": waits.token,
        "held_pk": held(here).pk,
        "representative_pk": representative.pk,
        **paired(here),
        **walk(here),
        "mentor_pk": town.mentor.pk,
        "cadre_pk": town.cadre.pk,
        "pair_pk": pair.pk,
        "assignment_pk": pair.plan().pk,
        "review_pk": Review.objects.get(open=True).pk,
        **recorded(pair),
        **taught(pair),
        "certificate_pk": Certificate.objects.get().pk,
        **club(town),
        "avoidance_pk": Avoidance.objects.get().pk,
        **gone_out(town),
        **mediated(town),
        **cared_for(town),
        "ability_pk": town.ability("项目推进").pk,
        "paper_kind": "docx",
        "measure": "briefing.matters_raised",
        "form": "csv",
        "batch_id": exchange.open_batch(here.place, actor=here.cadre, **sheet).pk,
    }


def gone_out(town: Town) -> dict[str, Any]:
    """A team with the two in it, and a day on which they were in the village."""
    team = build_team(town)
    town.enrol_cadre("钱一", "13900000012")
    outing = went_out(town, team, uploads=(sent_picture(),))
    story = noted(town, actor=town.officer, first={"teller": "周小禾", "uploads": (sent_picture(),)})
    return {
        "story_pk": story.pk,
        "outing_pk": outing.pk,
        "heard_pk": outing.heard.get(order=0).pk,
        "outing_photo_pk": outing.photos.get().pk,
    }


def mediated(town: Town) -> dict[str, Any]:
    """A dispute that the two still talk over, and one that they settled; a third of their team works on neither."""
    team = build_team(town, kind="mediators", name="鄣吴调解队")
    teams.add_member(team, actor=town.officer, who="钱一")
    return {
        "team_pk": team.pk,
        "member_pk": team.members.latest("pk").pk,
        "case_pk": taken_on(town, team).pk,
        "settled_pk": settle(town, taken_on(town, team)).pk,
    }


def cared_for(town: Town) -> dict[str, Any]:
    """It is on, the town's inspector is named, and the young cadre consents."""
    county, named = town.here.cast.places.county, Account.objects.get(pk=town.here.inspector.account_id)
    minds.switch_minds(county, actor=town.county, on=True, reason="县里定的")
    carer = minds.name_carer(county, actor=town.county, who=named.display_name)
    second = by_password("zz-cares-too", "李知心", county, "observer")
    minds.name_carer(county, actor=town.county, who=second.display_name)
    consent = minds.consent_minds(town.cadre, actor=town.cadres_self)
    return {"carer_pk": carer.pk, "consent_pk": consent.pk, "line": 1}


@pytest.fixture
def town(here: Village) -> Town:
    """The organisation department's officers, a mentor and a young cadre of the village."""
    return build_town(here)


@pytest.fixture
def pair(town: Town) -> Pair:
    """Those two: graduated once, and brought together again."""
    before = build_pair(town)
    graduate(before)
    pairings.change_need(before.need, actor=town.officer, state="open")
    pair = build_pair(town)
    sign(pair)
    reviews.open_review(pair.pairing, actor=town.officer)
    return pair


def recorded(pair: Pair) -> dict[str, Any]:
    """A record of the mentor's, with a photo."""
    said = Said("case", clock.today(), "改了一篇通知")
    record = records.write_record(pair.pairing, actor=pair.mentor, said=said, uploads=(sent_picture(),))
    return {"record_pk": record.pk, "evidence_pk": record.evidence.get().pk}


def taught(pair: Pair) -> dict[str, Any]:
    """A question with a photo, answered; and another that waits to become experience."""
    thread = asking.ask(pair.pairing, actor=pair.cadre, words="通知怎么写？", uploads=(sent_picture(),))
    other = asking.ask(pair.pairing, actor=pair.cadre, words="稿子怎么改？")
    for one in (thread, other):
        asking.answer(one, actor=pair.mentor, words="先写群众要办什么。")
    draft = Draft("通知怎么写", "大家读不明白通知。", "先写要办什么。")
    shared = experience.propose_experience(other, actor=pair.mentor, draft=draft)
    photo = thread.turns.order_by("pk")[0].photos.get()
    return {"thread_pk": thread.pk, "turn_photo_pk": photo.pk, "experience_pk": shared.pk}


@pytest.fixture
def representative(here: Village) -> Account:
    return by_phone("13800000031", "徐文昌", here.place, "villagers_representative")


def shown(here: Village) -> AnswerPhoto:
    """A picture of a public answer."""
    with clock.living_at(MORNING):
        other = actions.triage_matter(here.given(), actor=here.cadre, title="路面坑洼", category="", public=True)
        actions.answer_matter(other, actor=here.second, text="补好了。", photos=[sent_picture()])
    photo = AnswerPhoto.objects.get()
    again: dict[str, Any] = {"photos": [sent_picture()], "again": "同一处。"}  # this month, so that its page exists
    actions.answer_matter(here.given(), actor=here.second, text="补好了。", **again)
    return photo


def sent_picture() -> Upload:
    return send(picture(), Kind.PICTURE)


def published(here: Village) -> Bulletin:
    """A report that went the whole way, so that each of its pages exists."""
    supervisor = actor_of(by_phone("13800000021", "钱监委", here.place, "village_supervisor"))
    period = f"{clock.today():%Y-%m}"
    report = bulletins.open_bulletin(here.place, actor=here.cadre, kind="briefing.report", period=period)
    for block in report.blocks.exclude(asks=""):
        drafts.write_block(block, "本月没有。", edition=block.edition)
    bulletins.hand_in(report, actor=here.cadre)
    bulletins.review_bulletin(report, actor=supervisor, agreed=True)
    bulletins.publish_bulletin(report, actor=here.cadre)
    bulletins.correct_bulletin(report, actor=here.cadre, texts={"gap:money": "本月收 9 元。"}, reason="漏了一笔")
    report.refresh_from_db()
    return report


def held(here: Village) -> Gathering:
    """The conference of the month before."""
    meeting = planned_conference(here, clock.today() - dt.timedelta(days=31))
    return briefing.close_conference(gatherings.start_gathering(meeting, actor=here.cadre), actor=here.cadre)


def paired(here: Village) -> dict[str, Any]:
    """A round of the county, what the villager and the cadre of the village beside were asked, and two who agreed."""
    place = InKind(here.place, PAIR)
    round_ = pairings.open_round(InKind(here.cast.places.county, PAIR), actor=here.county, title="一轮")
    need = pairings.open_need(place, actor=here.county, title="学种花", holder_id=here.villager.account_id, most=2)
    offer = pairings.open_offer(place, actor=here.county, title="教种花", holder_id=here.beside.account_id, most=2)
    asked = pairings.propose(place, actor=here.county, need=need, offer=offer)
    other = pairings.open_offer(place, actor=here.county, title="教养蜂", holder_id=here.second.account_id)
    pairing = pairings.note_pairing(place, actor=here.county, need=need, offer=other)
    pairings.sign(pairing, actor=here.county, signed_on=clock.today(), starts_on=clock.today())
    step = pairings.add_milestone(pairing, actor=here.county, title="看一次蜂箱")
    outcome = pairings.note_outcome(pairing, actor=here.second, title="会收蜜了", evidence="看了")
    return {
        "kind_key": PAIR,
        "round_pk": round_.pk,
        "round_verb": "solve",
        "need_pk": need.pk,
        "proposal_pk": asked.pk,
        "pairing_pk": pairing.pk,
        "pairing_verb": "end",
        "step_pk": step.pk,
        "step_verb": "reach",
        "look_pk": pairing.follow_ups.get().pk,
        "outcome_pk": outcome.pk,
    }


def walk(here: Village) -> dict[str, Any]:
    """A session of a series that everybody may go to, and the villager's registration."""
    place = Walks(here.place, WALK)
    series = gatherings.open_series(place, actor=here.county, title="看园")
    tomorrow = clock.today() + dt.timedelta(days=1)
    plan = Plan("看杨梅园", tomorrow, dt.time(14), dt.time(16), "村口", seats=2)
    session = gatherings.plan_session(place, actor=here.county, plan=plan, series=series)
    made = gatherings.sign_up(session, actor=here.villager)
    return {
        "session_pk": session.pk,
        "session_code": session.code,
        "session_verb": "seats",
        "series_feed": series.feed,
        "registration_pk": made.pk,
    }


def club(town: Town) -> dict[str, Any]:
    """A series of the town's club, and a course that is coming."""
    series = courses.open_course_series(town.place, actor=town.officer, title="文字功夫六讲")
    plan = Plan("公文怎么写", clock.today() + dt.timedelta(days=1), dt.time(19), dt.time(21), "镇文化站")
    lesson = Lesson("王根水", {town.ability("文字综合").pk: Decimal(2)})
    course = courses.plan_course(town.place, actor=town.officer, plan=plan, lesson=lesson, series=series)
    return {"series_pk": series.pk, "course_pk": course.pk}


def conference(here: Village) -> tuple[Gathering, Matter, Turn]:
    """One that runs: a question that nobody has yet, and somebody whose written one waits."""
    meeting = running_conference(here)
    asked = briefing.ask(meeting, actor=here.cadre, words="停车的地方不够。", name="陈水花")
    return meeting, asked, gatherings.hand_in(meeting, token=uuid.uuid4(), words="垃圾桶满了。")


def address(name: str, converters: dict[str, Any], given: dict[str, Any]) -> str:
    return reverse(name, kwargs={key: given[key] for key in converters})


# What a GET answers, a line for each address: of the groups that a visitor is in the last one counts; a redirect says
# where to.
LOGIN = "302 /login/"
GROUPS = {
    "all": "nobody receipt villager representative cadre second beside clerk inspector officer county outsider "
    "observer admin organiser county_organiser mentor young_cadre",
    "outside": "nobody receipt",
    "accounts": "villager representative cadre second beside clerk inspector officer county outsider observer admin "
    "organiser county_organiser mentor young_cadre",
    "staff": "representative cadre second beside clerk inspector officer county outsider observer admin "
    "organiser county_organiser mentor young_cadre",
    "organisers": "organiser county_organiser",
    "reading": "cadre second beside clerk inspector officer county outsider observer",  # the administrator does not
    "reports": "cadre second beside clerk inspector county outsider",
    "receiving": "cadre second beside clerk county outsider",  # the receiving posts, of whatever place
    "here": "cadre second clerk county",  # those of the matter's own place
}
Answers = dict[str, str]


def everyone(all: str = "200", **otherwise: str) -> Answers:
    return {"all": all, **otherwise}


def only(who: str, status: str = "200", *, others: str = "404", outside: str = LOGIN) -> Answers:
    return {"all": others, "outside": outside, who: status}


STAFF, ACCOUNT, RECEIVING = only("staff"), only("accounts"), only("receiving")
STAFF_SEND, ACCOUNT_SEND = only("staff", "405"), only("accounts", "405")  # a form's address is no page
SENT_IN = {"villager": "302 /me/", "staff": "302 /today/"}  # who is in already need not log in
ANSWERS: dict[str, Answers] = {
    "ui:size": everyone(all="405"),
    "ui:language": everyone(all="405"),
    "ui:components": everyone(),
    "ui:healthz": everyone(),
    "access:login": everyone(**SENT_IN),
    "access:code": everyone(all=LOGIN),
    "access:password": everyone(**SENT_IN),
    "access:factor": everyone(all="302 /login/password/"),
    "access:enrol": everyone(all="302 /login/password/"),
    "access:invitation": everyone(),  # who holds the link
    "access:logout": everyone(all="405"),
    "access:devices": ACCOUNT,
    "access:end_device": ACCOUNT_SEND,
    "access:working": STAFF_SEND,
    "areas:find": everyone(),
    "exchange:batch": only("cadre"),  # who handed it in
    "exchange:remap": STAFF_SEND,
    "exchange:apply": STAFF_SEND,
    "exchange:cancel": STAFF_SEND,
    "exchange:faulty": only("cadre"),
    "exchange:upload": STAFF,
    "exchange:template": STAFF,
    "files:begin": everyone(all="405"),
    "notices:list": ACCOUNT,
    "notices:read": ACCOUNT_SEND,
    "notices:ways": ACCOUNT,
    "notices:set_sms": ACCOUNT_SEND,
    "notices:set_mail": ACCOUNT_SEND,
    "notices:confirm_mail": everyone(),  # who holds the link
    "notices:reply": everyone(all="405"),  # the demonstration's
    "notices:gateway_inbound": everyone(all="405"),  # a gateway's signed message
    "notices:tencent_inbound": everyone(all="405"),  # whoever holds its token
    "notices:tencent_receipts": everyone(all="405"),
    "notices:gateway_receipts": everyone(all="405"),  # a gateway's signed message
    "notices:outbox": everyone(),  # the demonstration's
    "matters:say": everyone(),
    "matters:call_me": everyone(),
    "matters:everything": everyone(),
    "matters:public": everyone(),
    "matters:slip": everyone(all="302 /r/"),
    "matters:receipt": everyone(),
    "matters:own": only("receipt villager", outside="404"),
    "matters:own_word": everyone(all="405"),
    "matters:own_confirm": everyone(all="405"),
    "matters:enclosure": only("here inspector receipt villager", outside="404"),
    "matters:answer_photo": everyone(),
    "matters:own_withdraw": only("receipt villager", outside="404"),
    "matters:claim": ACCOUNT_SEND,
    "matters:list": only("reading"),
    "matters:note": RECEIVING,
    "matters:receipts": RECEIVING,
    "matters:duties": RECEIVING,
    "matters:duplicates": RECEIVING,
    "matters:beside": only("here"),
    "matters:topics": only("reading"),
    "matters:topic": only("reading"),
    "matters:matter": only("here inspector observer"),
    "matters:deed": only("here"),
    "bulletins:draft": only("cadre second clerk inspector county"),
    "bulletins:block": only("cadre second"),
    "bulletins:save": only("cadre second beside", "405"),
    "bulletins:table": only("cadre second"),
    "bulletins:counted": only("cadre second clerk inspector county"),
    "bulletins:figure": everyone(),
    "bulletins:drafted": only("cadre second beside", "405"),
    "bulletins:correct": only("cadre second"),
    "bulletins:withhold": only("clerk inspector"),
    "bulletins:release": only("inspector"),
    "bulletins:deed": only("reports", "405"),
    "gatherings:desk": only("cadre second clerk inspector county"),
    "gatherings:deed": only("cadre second"),
    **dict.fromkeys(("gatherings:session", "gatherings:here", "gatherings:session_calendar"), ACCOUNT),
    **dict.fromkeys(("gatherings:sign_up", "gatherings:leave", "gatherings:take_off"), ACCOUNT_SEND),
    "gatherings:roll": only("cadre second county"),
    **dict.fromkeys(("gatherings:code", "gatherings:session_deed"), only("county")),
    "gatherings:mark": only("county", "405"),
    "gatherings:series_calendar": everyone(),  # who knows the address
    **dict.fromkeys(("pairings:kind", "pairings:open_round", "pairings:note_pairing"), only("county")),
    **dict.fromkeys(("pairings:round", "pairings:options"), only("county")),
    "pairings:round_deed": only("accounts", "405"),
    **dict.fromkeys(("pairings:note_answer", "pairings:withdraw"), only("county")),
    "pairings:pairing": only("villager second county"),
    **dict.fromkeys(("pairings:deed", "pairings:step", "pairings:look", "pairings:verify"), only("county")),
    "pairings:proposal": only("villager beside county"),
    "pairings:accept": only("accounts", "405"),
    "pairings:decline": only("villager beside"),
    "bulletins:public": everyone(),
    "bulletins:sheet": everyone(),
    "bulletins:sheet_to_write": only("cadre second clerk inspector county"),
    "bulletins:check": everyone(),
    "indicators:figures": only("reading organisers"),
    "indicators:measure": only("cadre second beside clerk inspector officer county observer"),  # not where it is off
    "indicators:sheet": only("reading organisers"),
    "indicators:records_sheet": only("cadre second beside clerk inspector officer county observer"),
    "briefing:reports": only("reports"),
    "briefing:wall": everyone(),
    "briefing:open_report": only("cadre second beside", "405"),
    "briefing:explain": only("clerk inspector"),
    "briefing:photos": only("clerk inspector"),
    "briefing:party_day": only("cadre second beside"),
    "briefing:articles": only("cadre second beside"),
    "briefing:relay": only("representative"),
    "briefing:give_back": only("representative"),
    "briefing:kept": only("representative", "302 /relay/"),  # nothing brought back in this browser
    "briefing:relay_card": everyone(),
    "briefing:representatives": only("cadre second beside"),
    "briefing:link": only("cadre second"),
    "briefing:relayed": only("cadre second"),
    **dict.fromkeys(("briefing:visits", "briefing:visit_round", "briefing:device_state"), only("cadre second beside")),
    "briefing:visit": only("cadre second clerk inspector county observer officer"),
    "briefing:worker": everyone(),
    "briefing:record": only("cadre second clerk inspector county"),
    **dict.fromkeys(
        ("briefing:ask", "briefing:queue", "briefing:turn", "briefing:close"), only("cadre second beside", "405")
    ),
    "briefing:question": only("cadre second"),
    "briefing:minutes": only("cadre second clerk inspector county"),
    **dict.fromkeys(
        ("briefing:meeting", "briefing:picture", "briefing:screen", "briefing:hall", "briefing:handed_in"), everyone()
    ),
    **dict.fromkeys(
        (
            *("mentoring:mentors", "mentoring:mentors_sheet", "mentoring:enrol_mentor", "mentoring:end_mentor"),
            *("mentoring:cadres", "mentoring:cadres_sheet", "mentoring:enrol_cadre", "mentoring:end_cadre"),
            *("mentoring:avoid", "mentoring:move_cadre", "mentoring:abilities"),
        ),
        only("organisers"),
    ),
    **dict.fromkeys(
        ("mentoring:begin_catalogue", "mentoring:end_ability", "mentoring:lift"), only("organisers", "405")
    ),
    "mentoring:matching": only("organisers", "302 /pairings/of/mentoring.pair/"),
    "mentoring:ability": only("county_organiser"),
    "mentoring:own_mentor": only("mentor"),
    **dict.fromkeys(("mentoring:growth", "mentoring:plan"), only("young_cadre")),
    "mentoring:led": only("mentor"),
    **dict.fromkeys(
        (
            "mentoring:pairs",
            "mentoring:outcomes",
            "mentoring:gap",
            "mentoring:draw_agreement",
            "mentoring:hand_over",
            "mentoring:decide_review",
        ),
        only("organisers"),
    ),
    "mentoring:open_review": only("organisers", "405"),
    **dict.fromkeys(
        (
            *("mentoring:teams", "mentoring:team", "mentoring:outing", "mentoring:outing_photo"),
            *("mentoring:stories", "mentoring:story", "mentoring:story_picture"),
            *("mentoring:mediations", "mentoring:add_mediator", "mentoring:mediation_paper"),
        ),
        only("organisers mentor young_cadre"),
    ),
    **dict.fromkeys(("mentoring:open_team", "mentoring:end_team", "mentoring:add_member"), only("organisers")),
    "mentoring:remove_member": only("organisers", "405"),
    "mentoring:mediation": only(  # who opens the figure sees it without the sides
        "cadre second clerk inspector officer county observer organisers mentor young_cadre"
    ),
    **dict.fromkeys(
        (f"mentoring:{name}" for name in ("open_mediation", "note_session", "close_mediation")),
        only("mentor young_cadre"),
    ),
    "mentoring:follow_mediation": only("mentor young_cadre"),
    **dict.fromkeys(
        ("mentoring:minds", "mentoring:mind_waiting", "mentoring:mind", "mentoring:note_talk"), only("inspector")
    ),  # who is named
    "mentoring:own_mind": only("young_cadre"),
    **dict.fromkeys(("mentoring:consent_minds", "mentoring:withdraw_minds"), only("young_cadre", "405")),
    **dict.fromkeys(
        ("mentoring:minds_settings", "mentoring:switch_minds", "mentoring:name_carer"), only("county_organiser")
    ),
    "mentoring:end_carer": only("organisers", "405"),  # a form of the county's: a town's officer gets 404
    "mentoring:note_story": only("organisers"),
    **dict.fromkeys(("mentoring:correct_story", "mentoring:withdraw_story"), only("organisers young_cadre")),
    "mentoring:note_outing": only("mentor young_cadre"),
    "mentoring:raise_heard": only("mentor young_cadre", "405"),
    **dict.fromkeys(("mentoring:courses", "mentoring:course_series"), only("organisers mentor young_cadre")),
    **dict.fromkeys(
        ("mentoring:plan_course", "mentoring:open_course_series", "mentoring:amend_course"), only("organisers")
    ),
    "mentoring:end_course_series": only("organisers", "405"),
    "mentoring:standard_terms": only("county_organiser"),
    **dict.fromkeys(
        ("mentoring:records", "mentoring:record", "mentoring:evidence", "mentoring:new_record"),
        only("organisers mentor young_cadre"),
    ),
    "mentoring:asking": only("mentor young_cadre"),
    **dict.fromkeys(("mentoring:thread", "mentoring:turn_photo"), only("mentor young_cadre")),
    "mentoring:say_in_thread": only("mentor young_cadre", "405"),
    "mentoring:find_useful": only("mentor young_cadre", "405"),
    "mentoring:unanswered": only("organisers"),
    "mentoring:propose_experience": only("organisers mentor"),
    **dict.fromkeys(("mentoring:library", "mentoring:experience"), only("organisers mentor young_cadre")),
    "mentoring:amend_experience": only("organisers mentor"),
    "mentoring:withdraw_experience": only("organisers mentor young_cadre"),
    "mentoring:return_experience": only("organisers"),
    "mentoring:publish_experience": only("organisers", "405"),
    **dict.fromkeys(
        ("mentoring:agree_experience", "mentoring:mark_useful"), only("organisers mentor young_cadre", "405")
    ),
    "mentoring:records_sheet": only("organisers"),
    "mentoring:confirm_record": only("organisers mentor young_cadre", "405"),
    "mentoring:refuse_record": only("mentor young_cadre"),
    "mentoring:correct_record": only("mentor"),
    "mentoring:withdraw_record": only("organisers mentor"),
    "mentoring:write_summary": only("young_cadre"),
    "mentoring:give_opinion": only("mentor"),
    **dict.fromkeys(
        (
            *("mentoring:pair", "mentoring:set_goals", "mentoring:plan_assignment"),
            *("mentoring:finish_assignment", "mentoring:drop_assignment"),
            *("mentoring:agreement_paper", "mentoring:certificate_paper"),
        ),
        only("organisers mentor young_cadre"),
    ),
    **dict.fromkeys(
        ("mentoring:mentor", "mentoring:amend_mentor", "mentoring:mentor_paper"), only("organisers mentor")
    ),
    **dict.fromkeys(
        (
            *("mentoring:cadre", "mentoring:amend_cadre", "mentoring:cadre_paper"),
            *("mentoring:set_wanted", "mentoring:levels_sheet", "mentoring:heard"),
        ),
        only("organisers young_cadre"),
    ),
    "mentoring:note_levels": only("organisers mentor young_cadre"),
    "portal:home": everyone(),
    "portal:today": STAFF,
    "portal:village": everyone(),
    "portal:feedback": everyone(),
    "portal:privacy": everyone(),
    "portal:heads": everyone(),
    "portal:search": everyone(),
    "portal:me": ACCOUNT,
    "portal:my_village": only("accounts", "302 /v/{home}/"),
    "portal:import": only("receiving", "302 /exchange/opinions/"),
    "portal:my_say": only("accounts", "302 /v/{home}/say/"),
}
HOMES = {
    "330523103202": "villager representative cadre second young_cadre",
    "330523103200": "beside",
    "330523103": "clerk inspector organiser mentor",
    "330523": "officer county observer admin county_organiser",
    "330522105": "outsider",
}
# changes the visitor; is one browser's alone (tests/commons/files/test_uploads.py)
THEIRS_TO_TEST = {"access:demo_enter", "files:upload", "files:finish", "files:content"}
ASKED = [(name, view, converters) for name, view, converters in ALL if name in ANSWERS]


def answer(name: str, who: str) -> str:
    said = [status for groups, status in ANSWERS[name].items() if who in members(groups)]
    return said[-1].format(home=next((code for code, whose in HOMES.items() if who in whose.split()), ""))


def members(groups: str) -> set[str]:
    return {who for group in groups.split() for who in GROUPS.get(group, group).split()}


def test_every_address_has_its_line() -> None:
    assert {name for name, _view, _converters in ALL} == set(ANSWERS) | THEIRS_TO_TEST


def test_every_page_opens_for_somebody() -> None:
    """A page that turns everybody away, whom it is for too, is broken."""
    for name, view, _converters in ASKED:
        if "everyone" in view.seen_by:
            assert not [who for who in members("all") if answer(name, who) == "404"], name
        else:
            assert [who for who in members("all") if answer(name, who) not in ("404", LOGIN)], name


def test_every_address_answers_everybody_as_it_should(given: dict[str, Any], visitors: dict[str, Client]) -> None:
    wrong = []
    for name, _view, converters in ASKED:
        for who, client in visitors.items():
            told = client.get(address(name, converters, given))
            found = str(told.status_code)
            if told.status_code in (301, 302):
                found += f" {urlsplit(told['Location']).path}"
                assert client.get(told["Location"], follow=True).status_code == 200, (name, who, found)
            if found != answer(name, who):
                wrong.append((name, who, found, answer(name, who)))
    assert not wrong, "\n".join(map(str, wrong))


SENT = {"404": {404, 405}, "405": {200, 302, 404, 405, 422}}  # a row behind a form may be somebody else's: 404


def test_a_form_is_taken_from_nobody_whom_its_page_turns_away(
    given: dict[str, Any], visitors: dict[str, Client]
) -> None:
    """Sent empty it is refused (422), no form at all (405), or done and sent on."""
    wrong = []
    for name, view, converters in ASKED:
        if name == "access:logout":
            continue
        for who, client in visitors.items():
            seen, told = answer(name, who), client.post(address(name, converters, given))
            if seen == LOGIN and "everyone" not in view.seen_by:
                fits = told.status_code == 302 and told["Location"].startswith("/login/")
            else:
                fits = told.status_code in SENT.get(seen, {200, 302, 405, 422})
            if not fits:
                wrong.append((name, who, told.status_code, seen))
    assert not wrong, "\n".join(map(str, wrong))


def test_a_matter_of_another_village_is_not_there(here: Village, matter: Matter, visitors: dict[str, Client]) -> None:
    for who in ("beside", "officer", "outsider"):
        for page in (reverse("matters:matter", args=[matter.pk]), reverse("matters:own", args=[matter.pk])):
            assert visitors[who].get(page).status_code == 404
    for verb in ("triage", "answer", "assign", "quarantine", "no-such"):
        page = reverse("matters:deed", args=[matter.pk, verb])
        assert visitors["beside"].get(page).status_code == visitors["beside"].post(page).status_code == 404


def test_the_words_are_on_no_page_that_is_not_theirs(
    here: Village, given: dict[str, Any], visitors: dict[str, Client]
) -> None:
    with clock.living_at(MORNING):
        secret = here.say(words="我家的低保被人顶了，请查一查。")
    there = {**given, "serial": secret.serial, "pk": secret.pk}
    for name, _view, converters in ASKED:
        for who in ("nobody", "villager", "beside", "officer", "outsider", "observer", "admin"):
            told = visitors[who].get(address(name, converters, there))
            body = b"" if told.streaming else told.content
            assert "低保" not in body.decode(errors="ignore"), (name, who)
