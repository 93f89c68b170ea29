"""Matters (事项): somebody's words that must be answered."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from xianglin.commons.areas.models import LEVEL_COLUMNS, Area, InArea
from xianglin.commons.deadlines.models import Clocked
from xianglin.commons.files.models import File
from xianglin.commons.keys.fields import SealedField
from xianglin.commons.people.models import Person

TITLE_LENGTH = 40
TEXT_LENGTH = 10_000  # message boards hold whole petitions; nothing of them is cut


class State(models.TextChoices):
    RECEIVED = "received", _("刚收到")
    ASSIGNED = "assigned", _("已派")
    IN_HAND = "in_hand", _("在办")
    REOPENED = "reopened", _("没解决，再办")
    ANSWERED = "answered", _("等回话")
    DEFERRED = "deferred", _("暂不具备条件")
    SETTLED = "settled", _("办好了")
    UNCONFIRMED = "unconfirmed", _("没等到回话")
    REJECTED = "rejected", _("不受理")
    TRANSFERRED = "transferred", _("转出去了")
    WITHDRAWN = "withdrawn", _("提的人撤回了")
    QUARANTINED = "quarantined", _("另行移交")


WORKED_ON = (State.ASSIGNED, State.IN_HAND, State.REOPENED)  # somebody has it and the clock may run
TO_DO = (State.RECEIVED, *WORKED_ON)
OPEN = (*TO_DO, State.ANSWERED, State.DEFERRED)
ENDED = tuple(s for s in State if s not in OPEN)


class Source(models.TextChoices):
    PAGE = "page", _("网页上说的")
    VISIT = "visit", _("走访时说的")
    PLATFORM = "platform", _("党群平台")
    CONFERENCE = "conference", _("发布会上提的")
    HALL = "hall", _("会上扫码写的")
    PHONE = "phone", _("电话里说的")
    SLIP = "slip", _("纸条")
    IMPORT = "import", _("表格导入")
    ABOVE = "above", _("上级要求说明")
    RELAY = "relay", _("村民代表带回来的")


# Somebody else wrote down what was said.
HEARD = (Source.VISIT, Source.PHONE, Source.SLIP, Source.CONFERENCE, Source.RELAY)


class Matter(InArea, Clocked):
    """One author's words and what became of them. The row carries all that mixed lists show."""

    serial = models.PositiveIntegerField()  # within its place: 玉华012
    kind = models.CharField(max_length=64, blank=True)
    category = models.CharField(max_length=64, blank=True)
    source = models.CharField(max_length=16, choices=Source, default=Source.PAGE)
    external = models.CharField(max_length=120, blank=True)  # "source system:number", so that no sheet comes in twice
    state = models.CharField(max_length=16, choices=State, default=State.RECEIVED)
    open = models.BooleanField(default=True)
    public = models.BooleanField(default=False)  # title and answers stand on the village's page
    title = models.CharField(max_length=TITLE_LENGTH, blank=True)  # checked by somebody: it may be public
    first_title = SealedField(null=True)  # until then: what the words begin with
    name = SealedField(null=True)  # as its author gave it with these words, or not
    phone = SealedField(null=True)
    # Verbatim, read by whom ``matters.read_words`` names; empty: only spoken; null: purged.
    words = SealedField(null=True)
    dictated = models.BooleanField(default=False)  # its author asked to be rung: somebody writes it down (叫人帮我记)
    voice_seconds = models.PositiveSmallIntegerField(default=0)  # how long its author spoke; 0: wrote only
    transcript = SealedField(null=True)  # what the recording says, as the receiving post heard it
    transcribed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    confirmed_at = models.DateTimeField(null=True)  # its author read what others had written down, and put it right
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="matters")
    author_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="said", db_index=False
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    handler = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="in_charge_of",
        db_index=False,
    )
    department = models.CharField(max_length=40, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="children")
    split_from = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="parts")
    child_count = models.PositiveIntegerField(default=0)
    round = models.PositiveSmallIntegerField(default=1)  # how often it has been worked on
    answer = models.TextField(blank=True)  # the latest public answer
    said_at = models.DateTimeField()  # when the words were said, perhaps long before they came in here
    received_at = models.DateTimeField()
    answered_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    review_on = models.DateField(null=True)  # 暂不具备条件, or its clock stands: looked at again on this day
    purge_on = models.DateField(null=True)  # quarantined and handed over: its words are destroyed on this day
    call_since = models.DateTimeField(
        null=True
    )  # by SMS its author said 没好, or something unclear: somebody rings them
    next_on = models.DateField()  # when something is due: the answer, the author's word, or the review

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["area", "serial"], name="matters_serial_once"),
            models.UniqueConstraint(
                fields=["county_id", "external"],
                condition=~models.Q(external=""),
                name="matters_external_once",
            ),
            models.CheckConstraint(
                name="matters_open_has_owner",
                condition=~models.Q(state__in=WORKED_ON) | models.Q(handler__isnull=False) | ~models.Q(department=""),
            ),
            models.CheckConstraint(
                name="matters_open_follows_state",
                condition=models.Q(open=True, state__in=OPEN) | models.Q(open=False, state__in=ENDED),
            ),
        ]
        indexes: ClassVar = [
            *(
                models.Index(
                    fields=[column, "next_on", "id"],
                    name=f"matters_open_{column[:-3]}",
                    condition=models.Q(open=True),
                )
                for column in LEVEL_COLUMNS[:5]
            ),
            *(
                models.Index(
                    fields=[column, "-closed_on", "-id"],
                    name=f"matters_done_{column[:-3]}",
                    condition=models.Q(open=False),
                )
                for column in LEVEL_COLUMNS[:5]
            ),
            # 今日 of those who receive: what just came in, and answers whose authors never spoke
            *(
                models.Index(
                    fields=[column, "state", "next_on", "id"],
                    name=f"matters_state_{column[:-3]}",
                    condition=models.Q(open=True),
                )
                for column in LEVEL_COLUMNS[2:5]
            ),
            *(
                models.Index(
                    fields=[column, "next_on", "id"],
                    name=f"matters_call_{column[:-3]}",
                    condition=models.Q(open=True, call_since__isnull=False),
                )
                for column in LEVEL_COLUMNS[2:5]
            ),
            # Figures and topics: a place's rows of some months
            *(
                models.Index(fields=[column, "received_at", "id"], name=f"matters_came_{column[:-3]}")
                for column in LEVEL_COLUMNS[:5]
            ),
            *(
                models.Index(
                    fields=[column, day],
                    name=f"matters_{name}_{column[:-3]}",
                    condition=models.Q(**{f"{day}__isnull": False}),
                )
                for day, name in (("answered_on", "answered"), ("due_on", "due"))
                for column in LEVEL_COLUMNS[:5]
            ),
            models.Index(fields=["area", "next_on", "id"], name="matters_open_here", condition=models.Q(open=True)),
            models.Index(fields=["handler", "next_on", "id"], name="matters_mine", condition=models.Q(open=True)),
            models.Index(
                fields=["county_id", "department", "next_on", "id"],
                name="matters_department",
                condition=models.Q(open=True) & ~models.Q(department=""),
            ),
            models.Index(
                fields=["county_id", "department", "-closed_on", "-id"],
                name="matters_department_done",
                condition=models.Q(open=False) & ~models.Q(department=""),
            ),
            models.Index(
                fields=["town_id", "id"], name="matters_quarantined", condition=models.Q(state=State.QUARANTINED)
            ),
            models.Index(fields=["author_account", "-id"], name="matters_said"),
        ]

    _begins: str = ""

    def __str__(self) -> str:
        return self.called

    @property
    def called(self) -> str:
        """The title, or what its words begin with where ``queries.read_titles`` looked: lists ask once for all rows."""
        if self.state == State.QUARANTINED:
            return str(State.QUARANTINED.label)
        return self.title or self._begins or self._spoken or str(_("一件事"))

    @property
    def _spoken(self) -> str:
        if self.dictated:
            return str(_("请打电话，帮他记"))
        return str(_("语音（%(seconds)d 秒）") % {"seconds": self.voice_seconds}) if self.voice_seconds else ""

    @property
    def written_by_another(self) -> bool:
        """The words as they stand are somebody else's writing: of a recording, or of what was said at the door."""
        noted = self.recorded_by_id is not None and self.source in HEARD and self.words is not None
        return self.transcript is not None or (noted and not self.voice_seconds)

    @property
    def unconfirmed(self) -> bool:
        return self.written_by_another and self.confirmed_at is None

    follows: ClassVar[tuple[str, ...]] = ("next_on",)

    @classmethod
    def open_clocks(cls) -> "models.QuerySet[Any]":
        return cls._base_manager.filter(open=True, started_on__isnull=False)

    @property
    def slip(self) -> str:
        """What is written on the author's slip: 玉华012."""
        short = self.area.name.removesuffix("村") if len(self.area.name) > 2 else self.area.name
        return f"{short}{self.serial:03d}"

    def lock_before(self) -> None:
        """A parent is locked before its children, always in this order: two deeds at once never wait for each other."""
        if self.parent_id is not None:
            Matter.objects.select_for_update().get(pk=self.parent_id)

    def recompute(self, almanac: Any = None) -> bool:
        changed = super().recompute(almanac)
        before = self.next_on
        self.set_next()
        return changed or before != self.next_on

    def set_next(self) -> None:
        """The day that orders lists, while the clock decides it. A parent takes the earliest of its children's."""
        if self.state not in TO_DO or self.due_on is None:
            return
        days = [self.due_on]
        if self.child_count:
            # Not those answered: one that was answered late keeps its missed day.
            linked = self.children.filter(state__in=TO_DO).only("due_on")
            days += [c.due_on for c in linked if c.due_on is not None]
        self.next_on = min(days)


class Apart(models.Model):
    """Two matters that somebody laid side by side and told apart (不是一件事): they are not proposed as one again."""

    one = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")  # the first that came in
    other = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["one", "other"], condition=models.Q(withdrawn_at__isnull=True), name="matters_apart_once"
            ),
            models.CheckConstraint(name="matters_apart_in_order", condition=models.Q(one__lt=models.F("other"))),
        ]

    @property
    def county_id(self) -> int | None:
        return self.one.county_id


class Serial(models.Model):
    """The last serial given in a place; locked while the next one is taken."""

    area = models.OneToOneField(Area, on_delete=models.PROTECT, primary_key=True, related_name="+")
    last = models.PositiveIntegerField(default=0)


class Receipt(models.Model):
    """The right to see a matter and speak as its author. Only a keyed hash of the code is kept."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="receipts")
    code_hash = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    issued_by = models.CharField(max_length=80)
    withdrawn_at = models.DateTimeField(null=True)

    @property
    def county_id(self) -> int | None:
        return self.matter.county_id


class Enclosure(models.Model):
    """A recording or a picture that belongs to its author's words: read by whom they are, purged with them."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="enclosures")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")  # the parts of a question share it
    order = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "file"], name="matters_enclosed_once")]

    @property
    def county_id(self) -> int | None:
        return self.matter.county_id


class Outcome(models.TextChoices):
    DONE = "done", pgettext_lazy("outcome", "办了")
    EXPLAINED = "explained", _("说明了情况")
    TAKEN_UP = "taken_up", _("采纳")
    NOT_TAKEN_UP = "not_taken_up", _("没采纳")


class Answer(models.Model):
    """One public answer. A reopened matter gets another; the earlier ones stay readable."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="answers")
    round = models.PositiveSmallIntegerField()
    text = models.TextField()
    outcome = models.CharField(max_length=16, choices=Outcome, default=Outcome.DONE)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    corrected_at = models.DateTimeField(null=True)
    correction = models.CharField(max_length=200, blank=True)  # why it was corrected, in words for everybody

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["matter", "round"], name="matters_one_answer_a_round")]


class AnswerPhoto(models.Model):
    """A picture that shows what was done; as public as its answer."""

    answer = models.ForeignKey(Answer, on_delete=models.PROTECT, related_name="photos")
    file = models.ForeignKey(File, on_delete=models.PROTECT, related_name="+")  # duplicates' answers share it
    order = models.PositiveSmallIntegerField()
    replaced_at = models.DateTimeField(null=True)  # taken from show by a correction; staff can still see it

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["answer", "file"], name="matters_shown_once")]

    @property
    def county_id(self) -> int | None:
        return self.answer.matter.county_id


class Reuse(InArea):
    """A picture that had shown another matter's answer before (照片重复), as it was found when it was sent."""

    photo = models.OneToOneField(AnswerPhoto, on_delete=models.CASCADE, related_name="reuse")
    earlier = models.ForeignKey(AnswerPhoto, on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=200)  # in the words of who sent it, for everybody
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["town_id", "at"], name="matters_reused_town"),
            models.Index(fields=["village_id", "at"], name="matters_reused_village"),
        ]

    @property
    def is_mended(self) -> bool:
        """One of the two was taken from show since."""
        return self.mended_at is not None

    @property
    def mended_at(self) -> dt.datetime | None:
        return self.photo.replaced_at or self.earlier.replaced_at


class How(models.TextChoices):
    PAGE = "page", _("自己按的")
    SMS = "sms", _("短信回的")
    CALL = "call", _("电话里说的")
    SAMPLE = "sample", _("抽查回访说的")
    ALOUD = "aloud", _("会上当场说的")


class Word(models.Model):
    """The author's word on an answer: settled or not. It is the only thing that settles."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="author_words")
    round = models.PositiveSmallIntegerField()
    settled = models.BooleanField()
    how = models.CharField(max_length=8, choices=How, default=How.PAGE)
    text = SealedField(null=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()


class Attempt(models.Model):
    """Somebody tried to reach the author and did not; without one nothing closes unconfirmed."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="attempts")
    round = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=200)
    at = models.DateTimeField()


class Step(models.Model):
    """A line of the timeline that people read: who did what, when. The trail proves; this tells."""

    matter = models.ForeignKey(Matter, on_delete=models.PROTECT, related_name="steps")
    verb = models.CharField(max_length=24)
    who = models.CharField(max_length=60, blank=True)  # staff by name, an author as 提的人
    text = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["matter", "at", "id"], name="matters_steps")]


class Duty(models.Model):
    """A line of the table of duties (责任分工表): who deals with a category in an area; blank: everything else."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=64, blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    department = models.CharField(max_length=40, blank=True)
    from_on = models.DateField()
    to_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "category"],
                condition=models.Q(to_on__isnull=True),
                name="matters_one_duty_now",
            ),
            models.CheckConstraint(
                name="matters_duty_names_somebody",
                condition=models.Q(account__isnull=False) | ~models.Q(department=""),
            ),
        ]

    @property
    def county_id(self) -> int | None:
        return self.area.county_id

    @property
    def names(self) -> str:
        """Whom the line names, as ``queries.owners_for`` offers them."""
        return f"account:{self.account_id}" if self.account_id is not None else f"department:{self.department}"


class Category(models.Model):
    """A category of matters, with the plain words that suggest it. Data, so that a county changes it without us."""

    key = models.CharField(max_length=64, primary_key=True)  # the Chinese word people use: 水利
    order = models.PositiveSmallIntegerField(default=50)
    hints = models.TextField(blank=True)  # words separated by spaces
