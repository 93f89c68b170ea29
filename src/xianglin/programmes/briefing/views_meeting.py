"""The recorder's desk while people stand and speak: who is next, what was said, how each question was placed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from xianglin.base import clock, hooks
from xianglin.base.pages import Request, seen_by
from xianglin.base.refused import Refused
from xianglin.base.registry import Text
from xianglin.commons.documents.pages import DOCX, paper
from xianglin.commons.documents.pdf import to_pdf
from xianglin.commons.documents.word import to_docx
from xianglin.commons.keys.sealing import open_all
from xianglin.kernels.gatherings import actions as gatherings
from xianglin.kernels.gatherings import queries as meetings
from xianglin.kernels.gatherings.models import Gathering, State, Turn
from xianglin.kernels.gatherings.permissions import READING
from xianglin.kernels.matters import marks
from xianglin.kernels.matters import queries as matters
from xianglin.kernels.matters import rules as matter_rules
from xianglin.kernels.matters.models import Matter
from xianglin.kernels.matters.models import State as MatterState
from xianglin.ui.forms import OnceForm
from xianglin.ui.marks import Mark

from . import actions, forms, queries, rules
from .kinds import CONFERENCE
from .minutes import minutes
from .permissions import RECORDING


@dataclass(frozen=True)
class Asked:
    """A question as its recorder sees it. ``words``, ``name``: only for those who may read them."""

    matter: Matter
    mark: Mark
    told: Text
    words: str
    name: str
    placed: bool
    is_next: bool  # the earliest that is not placed
    opens: str  # where this reader may read more of it, or nothing


def _theirs(request: Request, pk: int) -> Gathering:
    gathering = meetings.gathering_for(request.actor, pk)
    if gathering is None or gathering.kind != CONFERENCE:
        raise Http404
    return gathering


@seen_by(*READING)
@require_safe
def record(request: Request, gathering_pk: int) -> HttpResponse:
    return _page(request, _theirs(request, gathering_pk))


def _page(request: Request, gathering: Gathering, refused: django_forms.Form | None = None) -> HttpResponse:
    """``refused``: the form that was refused, shown again with what was typed."""
    records = gathering.state == State.RUNNING and hooks.may(request.actor, "briefing.ask", gathering)
    asked = _asked(request, gathering)
    waiting = meetings.in_order(gathering) if records else []
    leaving = _chosen(waiting, request.GET.get("leave", ""))
    context = {
        "gathering": gathering,
        "area": gathering.area,
        "records": records,
        "asked": asked[::-1] if records else asked,  # the newest at hand while it is recorded
        "unplaced": sum(not one.placed for one in asked),
        "waiting": waiting,
        "ask_form": refused if isinstance(refused, forms.AskForm) else _ask_form(waiting, request.GET.get("turn", "")),
        "queue_form": refused if isinstance(refused, forms.QueueForm) else forms.QueueForm(auto_id="id_queue_%s"),
        "leaving": leaving,
        "leave_form": refused if isinstance(refused, forms.LeaveForm) else forms.LeaveForm(),
        "close_form": refused if type(refused) is OnceForm else OnceForm(),
    }
    return render(request, "briefing/record.html", context, status=422 if refused else 200)


def _chosen(waiting: list[meetings.Waiting], number: str) -> meetings.Waiting | None:
    return next((one for one in waiting if str(one.turn.pk) == number), None)


def _ask_form(waiting: list[meetings.Waiting], number: str) -> forms.AskForm:
    """Empty, or for the one whose turn it is now."""
    now = _chosen(waiting, number)
    return forms.AskForm(initial={"turn": now.turn.pk, "name": now.name} if now else None)


def _asked(request: Request, gathering: Gathering) -> list[Asked]:
    rows = queries.asked_at(gathering)
    reads = bool(rows) and hooks.may(request.actor, "matters.read_words", rows[0])
    texts = open_all([one for m in rows for one in (m.words, m.name)]) if reads else [None] * (2 * len(rows))
    marked = marks.with_marks(matters.read_titles(rows) if reads else rows, clock.today())
    left = next((m.pk for m in rows if m.state == MatterState.RECEIVED), None)
    with hooks.rights_read_once():
        opens = [matters.page_for(request.actor, m) for m in rows]
    return [
        Asked(
            matter=m,
            mark=mark,
            told=told,
            words=texts[2 * n] or "",
            name=texts[2 * n + 1] or "",
            placed=m.state != MatterState.RECEIVED,
            is_next=m.pk == left,
            opens=opens[n],
        )
        for n, (m, mark, told) in enumerate(marked)
    ]


@seen_by(*READING)
@require_safe
def minutes_paper(request: Request, held_pk: int, paper_kind: str) -> HttpResponse:
    """纪要, to print or to go on writing in."""
    gathering = _theirs(request, held_pk)
    if gathering.state != State.ENDED or paper_kind not in ("pdf", "docx"):
        raise Http404
    written = minutes(gathering)
    if paper_kind == "docx":
        return paper(to_docx(written), f"{written.title}.docx", DOCX)
    return paper(to_pdf(written), f"{written.title}.pdf")


@seen_by(*RECORDING)
@require_POST
def ask(request: Request, gathering_pk: int) -> HttpResponse:
    """Enter: what somebody just said, whether they waited in order or simply stood up."""
    gathering = _theirs(request, gathering_pk)
    form = forms.AskForm(request.POST)

    def keep(d: dict[str, Any]) -> Any:
        turn = Turn.objects.filter(pk=d["turn"] or 0, gathering=gathering).first()
        if turn is not None:
            return actions.take_down(turn, actor=request.actor, words=d["words"], key=d["key"])
        return actions.ask(gathering, actor=request.actor, words=d["words"], name=d["name"], way=d["way"], key=d["key"])

    return _do(request, gathering, form, keep)


@seen_by(*RECORDING)
@require_POST
def queue(request: Request, gathering_pk: int) -> HttpResponse:
    gathering = _theirs(request, gathering_pk)
    form = forms.QueueForm(request.POST, auto_id="id_queue_%s")
    return _do(request, gathering, form, lambda d: gatherings.queue_speaker(
        gathering, actor=request.actor, name=d["name"], key=d["key"]
    ))  # fmt: skip


@seen_by(*RECORDING)
@require_POST
def turn(request: Request, gathering_pk: int, turn_pk: int, turn_verb: str) -> HttpResponse:
    """What was written is taken down as it stands; or who waited speaks no more."""
    gathering = _theirs(request, gathering_pk)
    one = Turn.objects.filter(pk=turn_pk, gathering=gathering).first()
    if one is None or turn_verb not in ("take", "leave"):
        raise Http404
    if turn_verb == "take":
        form = OnceForm(request.POST)
        return _do(request, gathering, form, lambda d: actions.take_down(one, actor=request.actor, key=d["key"]))
    leaving = forms.LeaveForm(request.POST)
    return _do(
        request,
        gathering,
        leaving,
        lambda d: gatherings.leave_turn(one, actor=request.actor, note=d["note"], key=d["key"]),
    )


@seen_by(*RECORDING)
@require_POST
def close(request: Request, gathering_pk: int) -> HttpResponse:
    gathering = _theirs(request, gathering_pk)
    return _do(request, gathering, OnceForm(request.POST), lambda d: actions.close_conference(
        gathering, actor=request.actor, key=d["key"]
    ))  # fmt: skip


def _do(
    request: Request, gathering: Gathering, form: django_forms.Form, deed: Callable[[dict[str, Any]], Any]
) -> HttpResponse:
    if form.is_valid():
        try:
            deed(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused.message))
        else:
            return redirect("briefing:record", gathering.pk)
    return _page(request, gathering, form)


@seen_by(*RECORDING)
def question(request: Request, gathering_pk: int, matter_pk: int, placing: str) -> HttpResponse:
    """One question placed: answered on the spot, made a task, or split."""
    gathering = _theirs(request, gathering_pk)
    matter = queries.question_of(gathering, matter_pk)
    chosen = _PLACINGS.get(placing)
    if matter is None or chosen is None or not hooks.may(request.actor, "briefing.make_task", matter):
        raise Http404
    form = chosen.form(matter, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            chosen.run(matter, request.actor, form.cleaned_data)
        except Refused as refused:
            form.add_error(_field_of(refused.code, form), str(refused.message))
        else:
            messages.success(request, str(chosen.done), extra_tags=f"question:{placing}:{matter_pk}")
            return redirect("briefing:record", gathering.pk)
    words, name = open_all([matter.words, matter.name])
    context = {
        "gathering": gathering,
        "matter": matter,
        "words": words,
        "name": name,
        "form": form,
        "placing": chosen,
        "placing_key": placing,
        "others": [(key, one.label) for key, one in _PLACINGS.items() if key != placing],
    }
    return render(request, "briefing/question.html", context, status=422 if form.is_bound else 200)


def _field_of(code: str, form: django_forms.Form) -> str | None:
    field = {
        "matters.title_too_long": "title",
        "matters.nothing_to_split": "titles",
        "briefing.nobody_named": "owner",
        "matters.cannot_own": "owner",
    }.get(code)
    return field if field in form.fields else None


@dataclass(frozen=True)
class _Placing:
    label: Text
    form: Callable[[Matter, Any], django_forms.Form]
    run: Callable[[Matter, Any, dict[str, Any]], Any]
    done: Text


def _initial(matter: Matter) -> tuple[dict[str, Any], list[str]]:
    """The proposed title and category, and the categories to choose from."""
    known = matters.categories()
    words = matters.words_of(matter) or ""
    title = matter.title or matters.first_title_of(matter)
    category = matter.category or matter_rules.suggest_category(words, known)
    return {"title": title, "category": category}, [c.key for c in known]


def _people(matter: Matter) -> list[tuple[str, str]]:
    return [(str(account.pk), account.display_name) for account in matters.people_for(matter)]


def _answer_form(matter: Matter, data: Any) -> forms.AnswerForm:
    initial, categories = _initial(matter)
    articles = queries.articles(matter.area)
    initial["article"] = rules.likely_article(matters.words_of(matter) or "", articles)
    duty = matters.duty_for(matter)
    initial["speaker"] = str(duty.account_id) if duty and duty.account_id else ""
    return forms.AnswerForm(data, initial=initial, categories=categories, people=_people(matter), articles=articles)


def _answer(matter: Matter, actor: Any, d: dict[str, Any]) -> Matter:
    return actions.answer_question(
        matter,
        actor=actor,
        title=d["title"],
        category=d["category"],
        public=d["public"],
        speaker_id=int(d["speaker"]),
        text=d["text"],
        article=d["article"],
        content=d["content"],
        key=d["key"],
    )


def _task_form(matter: Matter, data: Any) -> forms.TaskForm:
    initial, categories = _initial(matter)
    return forms.TaskForm(data, initial=initial, categories=categories, people=matters.owners_for(matter))


def _task(matter: Matter, actor: Any, d: dict[str, Any]) -> Matter:
    account_id, department = matter_rules.owner_named(d["owner"]) if d["owner"] else (None, "")
    return actions.make_task(
        matter,
        actor=actor,
        title=d["title"],
        category=d["category"],
        public=d["public"],
        account_id=account_id,
        department=department,
        key=d["key"],
    )


_PLACINGS = {
    "answer": _Placing(_("当场答复"), _answer_form, _answer, _("答复记下了")),
    "task": _Placing(_("交办"), _task_form, _task, _("交下去了，一个月内答复")),
    "split": _Placing(
        _("拆成几件"),
        lambda matter, data: forms.SplitForm(data),
        lambda m, a, d: actions.split_question(m, actor=a, titles=d["titles"].splitlines(), key=d["key"]),
        _("拆开了，每一件单独答"),
    ),
}
