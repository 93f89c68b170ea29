"""Decisions about records."""

import datetime as dt
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.refused import Refused
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.files.rules import require_most
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.matters.queries import page_for
from xianglin.kernels.pairings.models import Pairing

from ..pairs.rules import is_cadre, is_mentor, is_party
from ..plans.models import Assignment
from .models import PLACE_LENGTH, WORDS_LENGTH, Method, Record, State

MOST_MINUTES = 24 * 60
PHOTOS, PAPERS = 6, 3  # of one record
REASON_LENGTH = 200


@dataclass(frozen=True)
class Said:
    """What a record says. Only the method, the day and what was done are asked for."""

    method: str
    on: dt.date
    done: str
    solved: str = ""
    minutes: int | None = None
    place: str = ""
    where_id: int | None = None  # an area
    ability_ids: tuple[int, ...] = ()
    matter: Matter | None = None
    assignment: Assignment | None = None


def side_of(actor: Actor, pairing: Pairing) -> str:
    """ "need" for the young cadre, "offer" for the mentor, nothing for anybody else."""
    return "need" if is_cadre(actor, pairing) else "offer" if is_mentor(actor, pairing) else ""


def is_writer(actor: Actor, record: Record) -> bool:
    return actor.account_id is not None and record.written_by_id == actor.account_id


def require_said(said: Said) -> Said:
    if said.method not in Method.values:
        raise Refused("mentoring.method", _("请选用的是六法里的哪一种。"))
    if not said.done.strip():
        raise Refused("mentoring.no_done", _("还没写做了什么。写一句就行。"))
    if max(len(said.done), len(said.solved)) > WORDS_LENGTH:
        raise Refused("mentoring.record_long", _("写得太长了，最多 %(most)d 个字。") % {"most": WORDS_LENGTH})
    if len(said.place.strip()) > PLACE_LENGTH:
        raise Refused("mentoring.place_long", _("地点写得太长了，最多 %(most)d 个字。") % {"most": PLACE_LENGTH})
    if said.minutes is not None and not 0 < said.minutes <= MOST_MINUTES:
        raise Refused("mentoring.minutes", _("时长写分钟，一天以内。不知道就空着。"))
    return said


def begins_on(pairing: Pairing) -> dt.date:
    """The first day that a record can have: when they agreed, or where it began earlier, then."""
    agreed = pairing.agreed_at.astimezone(clock.SHANGHAI).date()
    return min(agreed, pairing.starts_on) if pairing.starts_on is not None else agreed


def require_day(pairing: Pairing, on: dt.date) -> None:
    if on > clock.today():
        raise Refused("mentoring.record_ahead", _("这一天还没到。请写已经过了的日子。"))
    first = begins_on(pairing)
    if on < first:
        told = _("这一对是 %(day)s 开始的，请写那天以后的日子。")
        raise Refused("mentoring.record_before", told % {"day": first.isoformat()})
    if pairing.ended_on is not None and on > pairing.ended_on:
        told = _("这一对到 %(day)s 就结束了，请写那天以前的日子。")
        raise Refused("mentoring.record_after", told % {"day": pairing.ended_on.isoformat()})


def require_matter(actor: Actor, matter: Matter | None) -> None:
    """Nobody points at what they may not read: the record would say that it exists."""
    if matter is not None and not page_for(actor, matter):
        raise Refused("mentoring.matter_unseen", _("这件事不在您看得到的事项里。请从清单里选，或者先不选。"))


def require_assignment(pairing: Pairing, assignment: Assignment | None) -> None:
    if assignment is not None and assignment.milestone.pairing_id != pairing.pk:
        raise Refused("mentoring.other_assignment", _("这项历练不是这一对的。请从这一对的历练里选，或者先不选。"))


def require_few(photos: int, papers: int) -> None:
    require_most(photos, PHOTOS, Kind.PICTURE)
    require_most(papers, PAPERS, Kind.PAPER)


def counted(uploads: tuple[Upload, ...]) -> tuple[int, int]:
    """How many are photos, how many papers."""
    photos = sum(upload.kind == Kind.PICTURE for upload in uploads)
    return photos, len(uploads) - photos


def require_standing(record: Record) -> None:
    if record.state == State.WITHDRAWN:
        raise Refused("mentoring.record_withdrawn", _("这条记录已经收回了。要重新说，请另记一条。"))


def require_read(record: Record, edition: int) -> None:
    """What somebody says counts for what they read."""
    if edition != record.edition:
        told = _("您看的时候，这条记录又改过了。下面是新的，请看一遍再交；您写的都还在。")
        raise Refused("mentoring.record_changed", told)


def require_party(actor: Actor, record: Record) -> str:
    side = side_of(actor, record.pairing)
    if not side:
        raise Refused("mentoring.not_a_party", _("这条记录要由这一对的两个人来确认。"))
    return side


def require_not_the_writer(actor: Actor, record: Record) -> None:
    if is_writer(actor, record):
        raise Refused("mentoring.own_record", _("这是您自己写的。不对就改，或者收回。"))


def require_corrector(actor: Actor, record: Record) -> None:
    """Its writer; of what was written on their behalf, any officer of the place."""
    if not is_writer(actor, record) and (not record.behalf or is_party(actor, record.pairing)):
        told = _("这条记录由写的人来改。要是不对，请按“说得不对”，写一句哪里不对。")
        raise Refused("mentoring.not_the_writer", told)


def require_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("mentoring.no_reason", _("请写一句为什么。"))
    if len(kept) > REASON_LENGTH:
        raise Refused("mentoring.reason_long", _("原因写得太长了，最多 %(most)d 个字。") % {"most": REASON_LENGTH})
    return kept
