"""Pairings (结对): what is needed, what is offered, rounds, proposals, and what two agreed."""

import datetime as dt
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from xianglin.commons.areas.models import Area, InArea
from xianglin.commons.deadlines.models import Clocked
from xianglin.commons.files.models import File

TITLE_LENGTH = 80
REASON_LENGTH = 200
KIND_LENGTH = 64


class Side(InArea):
    """Who looks for something, or has something to give."""

    class State(models.TextChoices):
        OPEN = "open", _("可以配对")
        PAUSED = "paused", _("先不配")
        CLOSED = "closed", _("不再配了")

    kind = models.CharField(max_length=KIND_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)  # what, not who: 荻港村 村委委员; the name is the holder's
    # Who answers for it; null: somebody without an account, for whom an officer notes the word.
    holder = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    least = models.PositiveSmallIntegerField(default=0)  # must get so many
    most = models.PositiveSmallIntegerField(null=True, default=1)  # null: no limit
    taken = models.PositiveSmallIntegerField(default=0)  # open pairings: kept, so that lists need no counting
    state = models.CharField(max_length=16, choices=State, default=State.OPEN)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)  # why paused or closed
    opened_at = models.DateTimeField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title

    @property
    def full(self) -> bool:
        return self.most is not None and self.taken >= self.most

    @property
    def name(self) -> str:
        """Whoever holds it, else what it is called. Read with ``select_related("holder")``."""
        return self.holder.display_name if self.holder is not None else self.title


def _side_constraints(noun: str) -> list[models.BaseConstraint]:
    return [
        models.CheckConstraint(
            name=f"pairings_{noun}_least", condition=models.Q(most=None) | models.Q(least__lte=models.F("most"))
        ),
        models.CheckConstraint(
            name=f"pairings_{noun}_taken", condition=models.Q(most=None) | models.Q(taken__lte=models.F("most"))
        ),
    ]


def _side_indexes(noun: str) -> list[models.Index]:
    return [
        *(
            models.Index(fields=[column, "kind", "state", "id"], name=f"pairings_{noun}_{column[:-3]}")
            for column in ("county_id", "town_id", "village_id")
        ),
        models.Index(fields=["holder", "kind", "state"], name=f"pairings_{noun}_own"),
    ]


class Need(Side):
    class Meta:
        constraints: ClassVar = _side_constraints("need")
        indexes: ClassVar = _side_indexes("need")


class Offer(Side):
    class Meta:
        constraints: ClassVar = _side_constraints("offer")
        indexes: ClassVar = _side_indexes("offer")


class Round(InArea):
    """One of a kind and place in which everybody open there is matched at once (一轮)."""

    class State(models.TextChoices):
        POOL = "pool", _("收名单")
        SOLVING = "solving", _("正在配")
        SOLVED = "solved", _("等审定")
        APPROVED = "approved", _("已审定")
        CLOSED = "closed", _("结束了")

    kind = models.CharField(max_length=KIND_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    state = models.CharField(max_length=16, choices=State, default=State.POOL)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    opened_at = models.DateTimeField()
    job = models.UUIDField(null=True)  # that solves it now, or did last
    trouble = models.CharField(max_length=REASON_LENGTH, blank=True)  # why the last solving came to nothing
    candidates_as = models.CharField(max_length=120, blank=True)  # where the candidates lie in the storage
    excluded = models.JSONField(default=list)  # [[hard condition, how many pairs], …] at the last solving
    # What the officer works with; the others stand beside it, with what they cost.
    chosen = models.ForeignKey("Solution", null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["area", "kind"], condition=~models.Q(state="closed"), name="pairings_one_round_at_once"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=[column, "kind", "-id"], name=f"pairings_round_{column[:-3]}")
            for column in ("county_id", "town_id", "village_id")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def stands(self) -> Any:
        """How it stands, in words: closed before anybody was asked, it was called off."""
        called_off = self.state == self.State.CLOSED and self.approved_at is None
        return _("没有办") if called_off else self.State(self.state).label


class Solution(models.Model):
    """What the engine proposed at one solving, by one objective. Never changed: a re-run makes others."""

    class Objective(models.TextChoices):
        TOTAL = "total", _("整体最合适")
        STABLE = "stable", _("谁也不想换")

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="solutions", db_index=False)
    number = models.PositiveSmallIntegerField()  # 1 for the first solving of the round
    objective = models.CharField(max_length=16, choices=Objective)
    score = models.FloatField()  # the sum of the pairs' scores
    blocking = models.PositiveIntegerField()  # pairs who would both rather have each other
    unmatched_needs = models.PositiveIntegerField()
    idle_offers = models.PositiveIntegerField()  # that got nobody
    short = models.JSONField(default=list)  # [["need" | "offer", id, how many are missing, why], …]
    gap = models.FloatField(default=0)  # how far from the proven optimum it can be
    made_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number", "objective"], name="pairings_solution_once")
        ]


class Pick(models.Model):
    """Two whom a solution brings together."""

    solution = models.ForeignKey(Solution, on_delete=models.PROTECT, related_name="picks", db_index=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+", db_index=False)
    score = models.FloatField()
    parts = models.JSONField(default=list)  # [[what of it, 0 to 1, its weight], …]
    sentence = models.CharField(max_length=REASON_LENGTH, blank=True)  # why these two
    instead = models.JSONField(default=list)  # [[another offer's id, its score, what the whole would lose], …]

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["solution", "need", "offer"], name="pairings_pick_once")
        ]
        indexes: ClassVar = [models.Index(fields=["solution", "offer"], name="pairings_pick_offer")]


class Hold(models.Model):
    """The officer's word in a round: these two stay together (锁定), or do not come together (不配)."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="holds", db_index=False)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="+", db_index=False)
    keep = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "need", "offer"], name="pairings_hold_once")]


class Proposal(InArea, Clocked):
    """Both are asked. It stands where its need stands, and waits by its kind's deadline rule."""

    class State(models.TextChoices):
        WAITING = "waiting", _("等回话")
        ACCEPTED = "accepted", _("都答应了")
        DECLINED = "declined", _("没答应")
        LAPSED = "lapsed", _("过期没回话")
        WITHDRAWN = "withdrawn", _("收回了")
        GONE = "gone", _("名额满了")

    kind = models.CharField(max_length=KIND_LENGTH)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    round = models.ForeignKey(Round, null=True, on_delete=models.PROTECT, related_name="proposals", db_index=False)
    state = models.CharField(max_length=16, choices=State, default=State.WAITING)
    score = models.FloatField()
    parts = models.JSONField(default=list)
    sentence = models.CharField(max_length=REASON_LENGTH)  # why these two
    need_said_at = models.DateTimeField(null=True)  # said yes
    offer_said_at = models.DateTimeField(null=True)
    noted_by = models.CharField(max_length=60, blank=True)  # who noted a word that was given by phone or at a desk
    refused_by = models.CharField(max_length=8, blank=True)  # "need" or "offer"
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["need", "offer"], condition=models.Q(state="waiting"), name="pairings_asked_once"
            )
        ]
        indexes: ClassVar = [
            *(
                models.Index(fields=[column, "kind", "state", "due_on", "id"], name=f"pairings_asked_{column[:-3]}")
                for column in ("county_id", "town_id", "village_id")
            ),
            models.Index(fields=["need", "state"], name="pairings_asked_need"),
            models.Index(fields=["offer", "state"], name="pairings_asked_offer"),
            models.Index(fields=["round", "state"], name="pairings_asked_round"),
        ]

    @classmethod
    def open_clocks(cls) -> models.QuerySet[Any]:
        return super().open_clocks().filter(state=cls.State.WAITING)

    def lock_before(self) -> None:
        """Need, then offer, then the proposal: whoever takes a place queues for the same rows in the same order."""
        Need.objects.select_for_update().get(pk=self.need_id)
        Offer.objects.select_for_update().get(pk=self.offer_id)

    def said(self, side: str) -> dt.datetime | None:
        return self.need_said_at if side == "need" else self.offer_said_at


class Pairing(InArea):
    """What two agreed for a term. It stands where its need stands; its detail hangs on it in the programme."""

    class State(models.TextChoices):
        AGREED = "agreed", _("谈妥了，等签")
        SIGNED = "signed", _("签好了，等开始")
        ACTIVE = "active", _("正在进行")
        ENDED = "ended", _("结束了")

    class Ending(models.TextChoices):
        COMPLETED = "completed", _("做完了")
        TERMINATED = "terminated", _("提前结束")
        EXPIRED = "expired", _("到期")
        CONVERTED = "converted", _("转成另一种")

    kind = models.CharField(max_length=KIND_LENGTH)
    title = models.CharField(max_length=TITLE_LENGTH)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="pairings", db_index=False)
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="pairings", db_index=False)
    need_place = models.PositiveSmallIntegerField()  # 1, 2, …: which place of each it takes
    offer_place = models.PositiveSmallIntegerField()
    # Null: agreed elsewhere, and noted here.
    proposal = models.OneToOneField(Proposal, null=True, on_delete=models.PROTECT, related_name="pairing")
    state = models.CharField(max_length=16, choices=State, default=State.AGREED)
    open = models.BooleanField(default=True)
    terms = models.JSONField(default=list)  # lines of what was agreed; fixed once it is signed
    agreed_at = models.DateTimeField()
    signed_on = models.DateField(null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)  # the last day of the term; null: without end
    ended_on = models.DateField(null=True)
    ending = models.CharField(max_length=16, choices=Ending, blank=True)
    reason = models.CharField(max_length=REASON_LENGTH, blank=True)
    follows = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="followed_by")  # 接着
    contact_on = models.DateField(null=True)  # when the two last had to do with each other: silence counts from here

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["offer", "offer_place"], condition=models.Q(open=True), name="pairings_offer_place_once"
            ),
            models.UniqueConstraint(
                fields=["need", "need_place"], condition=models.Q(open=True), name="pairings_need_place_once"
            ),
            models.UniqueConstraint(
                fields=["need", "offer"], condition=models.Q(open=True), name="pairings_together_once"
            ),
            models.CheckConstraint(
                name="pairings_open_follows_state",
                condition=models.Q(open=False, state="ended", ended_on__isnull=False) & ~models.Q(ending="")
                | models.Q(open=True, state__in=["agreed", "signed", "active"]),
            ),
        ]
        indexes: ClassVar = [
            *(
                models.Index(fields=[column, "kind", "state", "contact_on", "id"], name=f"pairings_here_{column[:-3]}")
                for column in ("county_id", "town_id", "village_id")
            ),
            models.Index(fields=["kind", "state", "ends_on"], name="pairings_terms"),
        ]

    def __str__(self) -> str:
        return self.title

    def lock_before(self) -> None:
        """As for proposals: ending frees two places."""
        Need.objects.select_for_update().get(pk=self.need_id)
        Offer.objects.select_for_update().get(pk=self.offer_id)


class OfPairing(models.Model):
    """Something that belongs to a pairing: access asks the pairing's place, kind and parties."""

    pairing: Any

    class Meta:
        abstract = True

    @property
    def area(self) -> Area:
        area: Area = self.pairing.area
        return area

    @property
    def county_id(self) -> int | None:
        county: int | None = self.pairing.county_id
        return county

    @property
    def kind(self) -> str:
        kind: str = self.pairing.kind
        return kind


class Milestone(OfPairing):
    """A step that the two agreed, with its day and what came of it."""

    class State(models.TextChoices):
        PLANNED = "planned", _("还没到")
        REACHED = "reached", _("做到了")
        DROPPED = "dropped", _("不做了")

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="milestones", db_index=False)
    title = models.CharField(max_length=TITLE_LENGTH)
    state = models.CharField(max_length=16, choices=State, default=State.PLANNED)
    starts_on = models.DateField(null=True)
    due_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    result = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["pairing", "state", "due_on"], name="pairings_steps")]


class FollowUp(OfPairing):
    """Somebody looks after a pairing on a day; doing it schedules the next (跟进)."""

    class Result(models.TextChoices):
        WELL = "well", _("都好")
        CARE = "care", _("要上心")
        NOT_REACHED = "not_reached", _("没联系上")

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="follow_ups", db_index=False)
    number = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    open = models.BooleanField(default=True)
    done_on = models.DateField(null=True)
    result = models.CharField(max_length=16, choices=Result, blank=True)
    note = models.CharField(max_length=REASON_LENGTH, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["pairing", "number"], name="pairings_follow_up_once"),
            models.UniqueConstraint(
                fields=["pairing"], condition=models.Q(open=True), name="pairings_one_follow_up_waits"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["due_on"], condition=models.Q(open=True), name="pairings_follow_ups_due")
        ]


class Outcome(OfPairing):
    """What came of it: before, after, in which unit, by what evidence. An estimate is not a verified figure."""

    class Basis(models.TextChoices):
        ESTIMATED = "estimated", _("测算")
        VERIFIED = "verified", _("核实过")

    pairing = models.ForeignKey(Pairing, on_delete=models.PROTECT, related_name="outcomes")
    topic = models.CharField(max_length=KIND_LENGTH, blank=True)  # the kind's own heading: 村集体经济
    title = models.CharField(max_length=TITLE_LENGTH)
    baseline = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True)
    unit = models.CharField(max_length=20, blank=True)
    on = models.DateField()
    evidence = models.CharField(max_length=REASON_LENGTH)  # what proves it, in words; files stand beside it
    basis = models.CharField(max_length=16, choices=Basis, default=Basis.ESTIMATED)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", db_index=False)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    verified_on = models.DateField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="pairings_verified_by_somebody",
                condition=models.Q(basis="estimated", verified_by=None)
                | models.Q(basis="verified", verified_by__isnull=False),
            )
        ]


class Proof(models.Model):
    """A picture or paper that proves an outcome."""

    outcome = models.ForeignKey(Outcome, on_delete=models.PROTECT, related_name="proofs")
    file = models.OneToOneField(File, on_delete=models.PROTECT, related_name="+")
