"""Decisions about matters, without writing anything."""

import datetime as dt
import unicodedata
from collections.abc import Iterable, Sequence
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from xianglin.base import clock
from xianglin.base.actor import Actor
from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused
from xianglin.base.registry import kind_of_matter
from xianglin.commons.access import phones
from xianglin.commons.access.models import Account, Grant
from xianglin.commons.access.queries import reach, valid_on
from xianglin.commons.areas.models import LEVEL_COLUMNS, Area, Level
from xianglin.commons.files.models import Kind, Upload
from xianglin.commons.files.rules import require_most
from xianglin.commons.keys.sealing import blind_index
from xianglin.engine import leaks, text

from .models import TEXT_LENGTH, TITLE_LENGTH, TO_DO, Category, Duty, How, Matter, Receipt, State

DEFAULT_RULE = "matters.answer"  # until a kind says otherwise
WAITING_RULE = "matters.author_word"
RECEIPT_DIGITS = 12
VOICES_SAID, PHOTOS_SAID, PHOTOS_ANSWERED = 1, 3, 6


def require_state(matter: Matter, *states: str) -> None:
    """Refuse a step that does not follow from where the matter stands."""
    if matter.state not in states:
        raise Refused(
            "matters.wrong_state",
            _("这件事现在是“%(state)s”，不能这样办。请刷新看看最新情况。") % {"state": State(matter.state).label},
            state=matter.state,
        )


def require_words(words: str, *, spoken: bool = False) -> str:
    """The words as they were said, not longer than can be kept; empty only where they were ``spoken``."""
    kept = words.strip()
    written = any(unicodedata.category(c)[0] not in "ZC" for c in kept)  # invisible characters are no words
    if not written and not (spoken and not kept):
        raise Refused("matters.no_words", _("还没写内容。写一句就行，比如“8 组桥头路灯不亮”。"))
    if len(kept) > TEXT_LENGTH:
        raise Refused(
            "matters.words_too_long",
            _("写得太长了，最多 %(limit)d 个字，现在 %(length)d 个。请分成几件来说。")
            % {"limit": TEXT_LENGTH, "length": len(kept)},
        )
    return kept


def require_enclosures(uploads: Iterable[Upload]) -> float:
    """Of a voice and of pictures no more than the form takes; answers how many seconds the voice lasts."""
    brought = list(uploads)
    voices = [u for u in brought if u.kind == Kind.AUDIO]
    require_most(len(voices), VOICES_SAID, Kind.AUDIO)
    require_most(len(brought) - len(voices), PHOTOS_SAID, Kind.PICTURE)
    return sum(u.seconds or 1 for u in voices)


def require_reachable(dictated: bool, phone: str, actor: Actor) -> None:
    """Who asks to be rung leaves a number, or has logged in with one."""
    if dictated and not phone.strip() and actor.account_id is None:
        raise Refused("matters.nobody_to_ring", _("请留一个电话，村里好打给您。"))


def require_transcribable(matter: Matter) -> None:
    if not (matter.voice_seconds or matter.dictated) or matter.words is None:
        raise Refused("matters.nothing_to_transcribe", _("这件事没有录音，不用转写。"))
    if matter.confirmed_at is not None:
        raise Refused("matters.confirmed_already", _("提的人已经看过、确认了，不能再改。"))


def require_unconfirmed(matter: Matter) -> None:
    if not matter.written_by_another:
        raise Refused("matters.nothing_to_confirm", _("这些话是您自己写的，不用确认。"))
    if matter.confirmed_at is not None:
        raise Refused("matters.confirmed_already", _("已经确认过了，不能再改。要补充，请再说一句。"))


def require_not_writer(matter: Matter, actor: Actor) -> None:
    """Who wrote it down does not confirm it, with whatever receipt."""
    if actor.account_id is not None and actor.account_id in (matter.recorded_by_id, matter.transcribed_by_id):
        raise Refused("matters.own_writing", _("这是您替他记的，要由提的人自己看过再确认。"))


def require_public(what: str, *, names: Sequence[str] = ()) -> str:
    """A text that may be published: nothing personal in it. Names that authors gave are looked for too."""
    kept = what.strip()
    if not kept:
        raise Refused("matters.nothing_to_publish", _("还没写内容。请写一句再交。"))
    return require_nothing_personal(kept, "matters.leak", names=names)


def require_word_for_reuse(used: Sequence[str], again: str, *, names: Sequence[str] = ()) -> str:
    """Why pictures are used that had shown another matter's answer (照片重复): one sentence, for everybody.

    ``used``: which of them, and where it was used, in words.
    """
    if not used:
        return ""
    if not again.strip():
        told = _("%(used)s用过。确实是同一处，就在这里写一句；拿错了，换一张再发。")
        raise Refused("matters.photo_used_before", told % {"used": "；".join(used)})  # zh: a list
    return require_public(again, names=names)


def is_same_case(one: Matter, other: Matter) -> bool:
    """Duplicates under one parent and the parts of one question show the same pictures with good reason."""
    return bool(_case(one) & _case(other))


def _case(matter: Matter) -> set[int]:
    above = matter.parent.split_from_id if matter.parent is not None else None
    return {pk for pk in (matter.pk, matter.parent_id, matter.split_from_id, above) if pk is not None}


def require_title(title: str, *, names: Sequence[str] = ()) -> str:
    kept = require_public(title, names=names)
    if len(kept) > TITLE_LENGTH:
        raise Refused("matters.title_too_long", _("标题最多 %(limit)d 个字，请写短一点。") % {"limit": TITLE_LENGTH})
    return kept


def require_reason(reason: str) -> str:
    kept = reason.strip()
    if not kept:
        raise Refused("matters.no_reason", _("请写一句原因，提的人会看到。"))
    return kept


def require_not_in_charge(matter: Matter, actor: Actor) -> None:
    """Nobody settles their own answer: neither the person in charge nor who wrote the answer speaks for the author."""
    if has_in_charge(matter, actor):
        raise Refused("matters.own_answer", _("经办的人不能替提的人说话。请换一个人打电话问，再由他记下。"))


def is_on_board(matter: Matter) -> bool:
    """Whether everybody's lists show it (公开栏), as ``queries.public_open`` and ``public_ended`` choose them."""
    shown = matter.open or matter.state in (State.SETTLED, State.UNCONFIRMED)
    return matter.public and matter.parent_id is None and shown


def has_in_charge(matter: Matter, actor: Actor) -> bool:
    """Whether the actor has it, wrote the answer that waits, or belongs to the department that has it."""
    if actor.account_id is None:
        return False
    ours = matter.department and any(g.scope == f"department:{matter.department}" for g in reach(actor))
    return bool(ours) or actor.account_id in in_charge_now(matter)


def in_charge_now(matter: Matter) -> set[int]:
    """Who has it, and who wrote the answer that waits for its author's word: it may have changed hands since."""
    answered = matter.answers.filter(round=matter.round).values_list("by_id", flat=True)
    return {pk for pk in (matter.handler_id, *answered) if pk is not None}


def receipts_in_force(matter: Matter) -> QuerySet[Receipt]:
    """Its own and, for a part, the whole's: one slip speaks for all parts of what was said."""
    return Receipt.objects.filter(withdrawn_at=None, matter_id__in=[matter.pk, matter.split_from_id or matter.pk])


def slip_is_from_handler(matter: Matter) -> bool:
    """Whether a receipt in force was made by whoever has the matter, or by their department: they know its code."""
    makers = {*in_charge_now(matter), *members_of(matter).values_list("pk", flat=True)}
    return receipts_in_force(matter).filter(issued_by__in=[f"account:{pk}" for pk in makers]).exists()


def require_receipt_from_another(matter: Matter) -> None:
    """A code that the person in charge knows ends nothing: somebody else telephones. It may still say 没解决."""
    if slip_is_from_handler(matter):
        raise Refused(
            "matters.receipt_from_handler",
            _("这张回执是经办的人写的，不能用它了结这件事。村里会另请人打电话问您。"),
        )


def members_of(matter: Matter) -> QuerySet[Account]:
    """Who works for the department that has it."""
    if not matter.department:
        return Account.objects.none()
    held = Grant.objects.filter(valid_on(clock.today()), area_id=matter.county_id or 0)
    held = held.filter(scope=f"department:{matter.department}")
    return Account.objects.filter(pk__in=held.values("account_id")).order_by("pk")


def require_phone(phone: str) -> str:
    """A phone number as it is stored."""
    try:
        return phones.parse(phone)
    except ValidationError as wrong:
        raise Refused("matters.phone", wrong.message) from None


def require_phone_of_another(matter: Matter, actor: Actor) -> None:
    """A phone that the person in charge logs in with ends nothing, whoever's name it was written beside."""
    ours = Account.objects.filter(pk__in=in_charge_now(matter)) | members_of(matter).order_by()
    if ours.filter(phone_index=actor.id).exists():
        raise Refused("matters.phone_of_handler", _("这个号码是经办的人的，不能用它了结这件事。"))


def require_day(day: dt.date, last: dt.date) -> None:
    """A day to look again: after today, and not so far away that nobody remembers."""
    if not clock.today() < day <= last:
        raise Refused(
            "matters.day_out_of_reach", _("请写一个今天以后、%(last)s 以前的日子，到时候再看。") % {"last": last}
        )


def require_place_that_receives(area: Area) -> None:
    """A city or a province has no post that receives words: they are said to a county, a town or a village."""
    if area.level < Level.COUNTY:
        raise Refused("matters.place_too_wide", _("请选到县、镇或者村，再说给那里听。"))


OWN = (How.PAGE, How.SMS)


def require_own(how: str) -> str:
    """The ways in which an author speaks themselves."""
    if how not in OWN:
        raise Refused("matters.not_heard", _("请选是电话里说的，还是抽查回访说的。"))
    return how


def require_heard(how: str) -> str:
    """What somebody else notes was heard: only the author's own press is theirs."""
    if how not in (How.CALL, How.SAMPLE, How.ALOUD):
        raise Refused("matters.not_heard", _("请选是电话里说的，还是抽查回访说的。"))
    return how


def is_author(actor: Actor, matter: Matter) -> bool:
    """The receipt's holder or the author's account; the parts of a split matter belong to the same author."""
    if actor.kind == "receipt":
        return actor.id in (str(matter.pk), str(matter.split_from_id))
    if actor.kind == "phone":
        return actor.id in phones_of(matter)
    return actor.account_id is not None and actor.account_id == matter.author_account_id


def phones_of(matter: Matter) -> set[str]:
    """The keyed indexes of the phones that its author is told things by."""
    given = matter.phone.open() if matter.phone else None
    account = matter.author_account
    return {phones.index_of(given)} if given else {account.phone_index} if account and account.phone_index else set()


def require_kind(kind: str) -> str:
    """A kind that some programme declares, or none."""
    if kind and kind_of_matter(kind) is None:
        raise Refused("matters.unknown_kind", _("没有这一类事项。请从清单里选。"), kind=kind)
    return kind


def deadline_of(kind: str) -> str:
    """The deadline rule that a kind starts with."""
    declared = kind_of_matter(kind)
    return declared.rule if declared and declared.rule else DEFAULT_RULE


def first_title(words: str, *, names: Sequence[str] = ()) -> str:
    """A proposed title without anything personal, blank where there is none. A person checks it before it is public."""
    title = text.suggest_title(words, limit=20)
    return "" if leaks.scan(title, names=[n for n in names if len(n) > 1]) else title


def suggest_category(words: str, categories: Iterable[Category]) -> str:
    """The category most of whose hint words occur; the first one listed wins a tie. A plain rule; blank: none fits."""
    best, most = "", 0
    for category in categories:
        hits = sum(words.count(hint) for hint in category.hints.split())
        if hits > most:
            best, most = category.key, hits
    return best


def owner_named(value: str) -> tuple[int | None, str]:
    """What a form chose of ``queries.owners_for``: an account, or a department."""
    sort, _colon, key = value.partition(":")
    return (int(key), "") if sort == "account" else (None, key)


def duty_for(category: str, place: Matter, duties: Iterable[Duty]) -> Duty | None:
    """The line that applies: the named category before "everything else", and within each the nearest area."""
    depth = {getattr(place, column): level for level, column in enumerate(LEVEL_COLUMNS)}
    fitting = [d for d in duties if d.category in ("", category) and d.area_id in depth]
    return max(fitting, key=lambda d: (d.category != "", depth[d.area_id]), default=None)


def code_of(key: UUID | str) -> str:
    """The receipt code that goes with a submit's key: secret, and the same however often it is sent.

    Twelve digits: easy to read out and to type for anybody, with guessing limited where codes are entered.
    """
    return f"{int(blind_index('receipt of', str(key)), 16) % 10**RECEIPT_DIGITS:0{RECEIPT_DIGITS}d}"


def receipt_hash(code: str) -> str:
    digits = "".join(c for c in text.squash(code) if c.isdigit())
    return blind_index("receipt", digits)


def spaced(code: str) -> str:
    return " ".join(code[i : i + 4] for i in range(0, len(code), 4))


def may_be_worked_on(matter: Matter) -> bool:
    return matter.state in TO_DO


def days_left(matter: Matter, today: dt.date) -> int | None:
    """Days until the answer is due; negative when late; None while no answer is due."""
    return (matter.next_on - today).days if matter.state in TO_DO else None


def words_when_done(title: str, on: dt.date) -> str:
    """Proposed words for an answer when it is done (办好了): its author tries it, and says so if it is not right. In
    Chinese, as they are stored. Its writer puts in what was done."""
    with override(settings.LANGUAGE_CODE):
        day = f"{on.month} 月 {on.day} 日"  # zh: stored
        if not title:
            return str(_("您说的事，%(day)s办好了，请您看看、试试。还不行，就按“没解决”。") % {"day": day})
        told = _("“%(title)s”，%(day)s办好了，请您看看、试试。还不行，就按“没解决”。")
        return str(told % {"title": title, "day": day})
