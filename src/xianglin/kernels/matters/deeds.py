"""What can be done to a matter from its page: one line a verb, each with its form and its action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.utils.translation import gettext_lazy as _

from xianglin.base import clock, hooks
from xianglin.base.actor import Actor
from xianglin.base.registry import Text
from xianglin.ui.templatetags.ui import day_words

from . import actions, marks, queries, rules
from . import forms as own
from .models import OPEN, TO_DO, WORKED_ON, How, Matter, State


@dataclass(frozen=True)
class Deed:
    verb: str
    action: str
    label: Text
    form: Callable[..., django_forms.Form]
    run: Callable[[Matter, Actor, dict[str, Any]], Any]
    when: tuple[str, ...]
    done: Text = _("记下了")  # said when it is done; may name %(owner)s, %(slip)s and %(day)s
    heading: Text = ""  # of its page, where the button's word says too little
    explain: Text = ""
    loud: bool = False  # the likely next deed: shown first
    by_another: bool = False  # speaks for the author, so not for who has it in charge
    makes_slip: bool = False  # a new receipt, shown once
    shows_phone: bool = False  # the author's number stands beside it, for who may read the words
    asks_settled: bool = False  # sent by one of two buttons, 办好了 or 没解决
    propose: Callable[[Matter], str] | None = None  # words for its text, to be taken by one press


def _triage_form(matter: Matter, data: Any = None) -> own.TriageForm:
    hints = queries.categories()
    words = queries.words_of(matter) or ""
    initial = {
        "title": matter.title or queries.first_title_of(matter),
        "category": matter.category or rules.suggest_category(words, hints),
    }
    return own.TriageForm(data, initial=initial, categories=[c.key for c in hints])


def _publish_form(matter: Matter, data: Any = None) -> own.PublishForm:
    title = matter.title or queries.first_title_of(matter)
    return own.PublishForm(data, initial={"title": title, "public": matter.public})


def _correct_form(matter: Matter, data: Any = None) -> own.CorrectForm:
    *_earlier, latest = [None, *queries.answers_of(matter)]
    rows = latest.photos.all() if latest else ()
    told = [
        (photo.pk, _("第 %(number)d 张，%(taken)s") % {"number": number, "taken": marks.taken_words(photo.file)})
        for number, photo in enumerate(rows, 1)
    ]
    return own.CorrectForm(data, initial={"text": matter.answer}, shown=told)


def _correct(matter: Matter, actor: Actor, data: dict[str, Any]) -> Matter:
    off = {"drop" if data.get("destroy") else "replace": data.get("off", ())}
    told = {name: data[name] for name in ("text", "reason", "photos", "again", "key")}
    return actions.correct_answer(matter, actor=actor, **told, **off)


def _transcribe_form(matter: Matter, data: Any = None) -> own.TranscribeForm:
    return own.TranscribeForm(data, initial={"text": queries.to_confirm(matter)})


def _transcribe(matter: Matter, actor: Actor, data: dict[str, Any]) -> Matter:
    return actions.transcribe_words(matter, actor=actor, text=data["text"], key=data["key"])


_READABLE = tuple(s for s in State if s != State.QUARANTINED)


def _assign_form(matter: Matter, data: Any = None) -> own.AssignForm:
    duty = queries.duty_for(matter)
    return own.AssignForm(data, initial={"owner": duty.names if duty else ""}, owners=queries.owners_for(matter))


def _assign(matter: Matter, actor: Actor, data: dict[str, Any]) -> Matter:
    account_id, department = rules.owner_named(data["owner"])
    return actions.assign_matter(matter, actor=actor, account_id=account_id, department=department, key=data["key"])


def _plain(form: type[django_forms.Form]) -> Callable[..., django_forms.Form]:
    return lambda matter, data=None: form(data)


def _note_word(how: str) -> Callable[[Matter, Actor, dict[str, Any]], Any]:
    return lambda m, actor, d: actions.note_word(
        m, actor=actor, settled=d["settled"], text=d["text"], how=how, key=d["key"]
    )


_ALL = (
    Deed(
        "transcribe", "matters.transcribe", _("把录音写成字"), _transcribe_form, _transcribe, _READABLE,
        done=_("写好了，等提的人看对不对"), explain=_("听着写，照他说的写。提的人看过以前，这段字标着“转写未确认”。"),
        loud=True,
    ),
    Deed(
        "dictate", "matters.transcribe", _("打电话，记下他说的"), _transcribe_form, _transcribe, _READABLE,
        done=_("记下了，等提的人看对不对"), explain=_("他请村里打电话来帮着记。照他说的写，写完念一遍给他听。"),
        loud=True, shows_phone=True,
    ),
    Deed(
        "triage", "matters.triage", _("分类，交给人办"), _triage_form,
        lambda m, a, d: actions.triage_matter(
            m, actor=a, title=d["title"], category=d["category"], public=d["public"], key=d["key"]
        ),
        (State.RECEIVED,), done=_("分好类了"), explain=_("选好类别，就按责任分工表交给经办的人。"), loud=True,
    ),
    Deed(
        "hand_over", "matters.hand_over", _("移交出去，记一笔"), _plain(own.HandOverForm),
        lambda m, a, d: actions.hand_over_matter(m, actor=a, to=d["to"], key=d["key"]), (State.QUARANTINED,),
        done=_("记下了：%(slip)s移交出去了"),
        explain=_("先按规定的渠道移交，再记下交给了哪里。到了规定的日子，平台上的原话就销毁。"), loud=True,
    ),
    Deed(
        "answer", "matters.answer", _("答复"), _plain(own.AnswerForm),
        lambda m, a, d: actions.answer_matter(
            m, actor=a, text=d["text"], outcome=d["outcome"], photos=d["photos"], again=d["again"], key=d["key"]
        ),
        WORKED_ON, done=_("答复发出去了，等提的人回话"), explain=_("答复以后不再计时，等提的人说办好没办好。"),
        loud=True, propose=lambda m: rules.words_when_done(m.title, clock.today()),
    ),
    Deed(
        "take", "matters.take", _("我来办"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.take_in_hand(m, actor=a, key=d["key"]), (State.ASSIGNED, State.REOPENED),
        done=_("归您办了，%(day)s前答复"),
    ),
    Deed(
        "assign", "matters.assign", _("交给别人"), _assign_form,
        _assign,
        (State.RECEIVED, *WORKED_ON), done=_("交给%(owner)s了"),
    ),
    Deed(
        "word", "matters.note_word", _("打过电话了，记下他的话"), _plain(own.NoteWordForm), _note_word(How.CALL),
        (State.ANSWERED, State.UNCONFIRMED), done=_("他的话记下了"), heading=_("打电话问一声"),
        explain=_("他怎么说就怎么按。经办的人不能替提的人说话。"), loud=True, by_another=True, asks_settled=True,
    ),
    Deed(
        "sample", "matters.note_word", _("抽查回访"), _plain(own.NoteWordForm), _note_word(How.SAMPLE),
        (State.SETTLED,), done=_("他的话记下了"), explain=_("抽查时听到的话，比原来的记录管用。"),
        by_another=True, asks_settled=True,
    ),
    Deed(
        "called", "matters.note_call", _("打过电话了，记一下"), _plain(own.CallForm),
        lambda m, a, d: actions.note_call(m, actor=a, note=d["reason"], key=d["key"]), WORKED_ON,
        done=_("记下了：打过电话"), heading=_("打电话问一声"),
        explain=_("他回短信说没好。打个电话问清楚还差什么，记一句。这一句提的人看得到。"), loud=True, shows_phone=True,
    ),
    Deed(
        "attempt", "matters.note_attempt", _("没联系上，记一下"), _plain(own.AttemptForm),
        lambda m, a, d: actions.note_attempt(m, actor=a, note=d["reason"], key=d["key"]), (State.ANSWERED,),
        done=_("记下了：打过电话，没联系上"),
        by_another=True,
    ),
    Deed(
        "unconfirmed", "matters.close_unconfirmed", _("一直没回话，先结了"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.close_unconfirmed(m, actor=a, key=d["key"]), (State.ANSWERED,),
        done=_("先结了，他什么时候想起来还能说没解决"), by_another=True,
    ),
    Deed(
        "correct", "matters.correct_answer", _("更正答复"), _correct_form, _correct, _READABLE,
        done=_("更正好了，公开栏上写明了"),
        explain=_("答复写错了、照片用错了、写了不该公开的，在这里更正。公开栏上会写明更正过。"),
    ),
    Deed(
        "retranscribe", "matters.transcribe", _("改转写的字"), _transcribe_form, _transcribe, _READABLE,
        done=_("改好了，等提的人看对不对"), explain=_("提的人看过、确认以后，就不能再改了。"),
    ),
    Deed(
        "publish", "matters.publish", _("改标题，公开或撤下"), _publish_form,
        lambda m, a, d: actions.publish_matter(
            m, actor=a, title=d["title"], public=d["public"], reason=d["reason"], key=d["key"]
        ),
        tuple(s for s in State if s not in (State.QUARANTINED, State.WITHDRAWN, State.RECEIVED)),
        done=_("公开栏上改好了"),
    ),
    Deed(
        "receipt", "matters.issue_receipt", _("补发回执"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.issue_receipt(m, actor=a, key=d["key"]), OPEN,
        explain=_("提的人回执丢了，或者还没有，给他一张新的。旧的马上作废。"), by_another=True, makes_slip=True,
    ),
    Deed(
        "release", "matters.release", _("不是检举控告，退回受理"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.release_matter(m, actor=a, key=d["key"]), (State.QUARANTINED,),
        done=_("退回给接件的人了"),
    ),
    Deed(
        "bounce", "matters.bounce", _("退回重派"), _plain(own.ReasonForm),
        lambda m, a, d: actions.bounce_matter(m, actor=a, reason=d["reason"], key=d["key"]), WORKED_ON,
        done=_("退回给接件的人了"), explain=_("不该这里办的，退给接件的人重新分派。日子照算，不停。"),
    ),
    Deed(
        "defer", "matters.defer", _("暂不具备条件"), _plain(own.DeferForm),
        lambda m, a, d: actions.defer_matter(
            m, actor=a, reason=d["reason"], review_on=d["review_on"], key=d["key"]
        ),
        WORKED_ON, done=_("记下了，%(day)s再看"), heading=_("现在办不了，哪天再看"),
        explain=_("原因会公开，也会告诉提的人。到了那天，这件事自己回到您的“今日”里，接着计时。"),
    ),
    Deed(
        "review", "matters.review", _("条件够了，接着办"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.review_deferred(m, actor=a, key=d["key"]), (State.DEFERRED,),
        done=_("接着办，%(day)s前答复"), explain=_("剩下的日子从今天接着算。"), loud=True,
    ),
    Deed(
        "suspend", "matters.suspend", _("先停一停"), _plain(own.PauseForm),
        lambda m, a, d: actions.suspend_work(m, actor=a, reason=d["reason"], until=d["until"], key=d["key"]),
        WORKED_ON, done=_("先停着，%(day)s接着计时"),
        explain=_("要等外面的事，比如等配件、等天晴，才停。提的人看得到原因，到了那天自己接着计时。"),
    ),
    Deed(
        "resume", "matters.resume", _("接着计时"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.resume_work(m, actor=a, key=d["key"]), WORKED_ON,
        done=_("接着计时，%(day)s前答复"), explain=_("等的事有了，剩下的日子从今天接着算。"),
    ),
    Deed(
        "split", "matters.split", _("拆成几件"), _plain(own.SplitForm),
        lambda m, a, d: actions.split_matter(m, actor=a, titles=d["titles"].splitlines(), key=d["key"]), TO_DO,
        done=_("拆开了，每一件单独办"),
    ),
    Deed(
        "link", "matters.link", _("和别的是同一件"), _plain(own.LinkForm),
        lambda m, a, d: actions.link_duplicate(m, actor=a, parent_id=d["parent"], key=d["key"]), TO_DO,
        done=_("并成一件办了"),
    ),
    Deed(
        "unlink", "matters.unlink", _("不是同一件，拆开"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.unlink_duplicate(m, actor=a, key=d["key"]), (*TO_DO, State.ANSWERED),
        done=_("拆开了，单独办"),
    ),
    Deed(
        "transfer", "matters.transfer", _("转出去"), _plain(own.TransferForm),
        lambda m, a, d: actions.transfer_matter(m, actor=a, to=d["to"], reason=d["reason"], key=d["key"]), TO_DO,
        done=_("转出去了，会告诉提的人"),
    ),
    Deed(
        "reject", "matters.reject", _("不受理"), _plain(own.ReasonForm),
        lambda m, a, d: actions.reject_matter(m, actor=a, reason=d["reason"], key=d["key"]), TO_DO,
        done=_("记下了：不受理，会告诉提的人"), explain=_("写清为什么，还能找谁。"),
    ),
    Deed(
        "quarantine", "matters.quarantine", _("这是检举控告"), _plain(own.OnlyKeyForm),
        lambda m, a, d: actions.quarantine_matter(m, actor=a, key=d["key"]), TO_DO,
        done=_("%(slip)s 已交给镇纪检监察办，别人看不到了"),
        explain=_("检举控告党员、干部的，请打 12388。这件会移交出去，别人都看不到。"),
    ),
)  # fmt: skip
BY_VERB = {deed.verb: deed for deed in _ALL}


def told(deed: Deed, matter: Matter) -> str:
    """What is said when it is done."""
    owner = queries.owner_name(matter) if matter.handler_id or matter.department else ""
    done = _("分好类，交给%(owner)s了") if deed.verb == "triage" and owner else deed.done
    return str(done) % {"owner": owner, "slip": matter.slip, "day": day_words(matter.next_on, weekday=False)}


def open_to(actor: Actor, matter: Matter) -> list[Deed]:
    """What this actor can do to it now, the likely deed first."""
    ours = rules.has_in_charge(matter, actor)
    return [
        deed
        for deed in _ALL
        if matter.state in deed.when
        and not (ours and deed.by_another)
        and _fits(deed, matter)
        and hooks.may(actor, deed.action, matter)
    ]


def _fits(deed: Deed, matter: Matter) -> bool:
    stands = matter.clock_stopped_on is not None
    linked = matter.parent_id is not None
    handed_over = matter.purge_on is not None
    return {
        "transcribe": bool(matter.voice_seconds) and not matter.dictated and matter.transcript is None,
        "dictate": matter.dictated and matter.transcript is None,
        "retranscribe": matter.transcript is not None and matter.confirmed_at is None,
        "hand_over": not handed_over,
        "release": not handed_over,
        "called": matter.call_since is not None,
        "correct": bool(matter.answer),
        "unconfirmed": matter.next_on < clock.today(),
        "suspend": not stands,
        "resume": stands,
        "link": not linked,
        "unlink": linked,
    }.get(deed.verb, True)
