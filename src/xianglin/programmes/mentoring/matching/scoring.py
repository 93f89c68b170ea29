"""How well a mentor and a young cadre fit: 干什么学什么，缺什么补什么.

Five named parts, each from 0 to 1; the score is their weighted sum, 0 to 100, to one decimal (so that the solver counts
in whole units and proves its optimum). Avoidance (回避) is no part: such a pair is never scored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from xianglin.base.registry import Fit, Part, Text
from xianglin.engine.text import likeness, pieces, squash
from xianglin.kernels.pairings.candidates import Candidates
from xianglin.kernels.pairings.models import Need, Offer

from . import profiles
from .profiles import Gap, Learner, Teacher

if TYPE_CHECKING:  # at run time only by whoever scores: a web process starts without it
    import numpy as np
    from numpy.typing import NDArray

    Table = NDArray[np.float64]

# key, what people call it, its weight for the young cadre, and for the mentor (who gives time and goes there)
PARTS: tuple[tuple[str, Text, float, float], ...] = (
    ("gaps", gettext_lazy("补短板"), 0.45, 0.30),
    ("post", gettext_lazy("同岗位"), 0.15, 0.15),
    ("near", gettext_lazy("离得近"), 0.15, 0.25),
    ("load", gettext_lazy("有余力"), 0.10, 0.10),
    ("wish", gettext_lazy("双方意愿"), 0.15, 0.20),
)
WANTED, INDIFFERENT = 1.0, 0.5
IN_TOWN, ELSEWHERE_IN_TOWN = 0.8, 0.3


def score(need_ids: Sequence[int], offer_ids: Sequence[int]) -> Candidates:
    """Everybody with everybody, less those who are kept apart."""
    import numpy as np

    learners, teachers = profiles.learners(need_ids), profiles.teachers(offer_ids)
    apart = profiles.kept_apart(learners, teachers)
    possible = np.ones((len(learners), len(teachers)), dtype=np.bool_)
    at_learner = {one.account_id: n for n, one in enumerate(learners)}
    at_teacher = {one.account_id: n for n, one in enumerate(teachers)}
    for learner, teacher in apart:
        possible[at_learner[learner], at_teacher[teacher]] = False
    for account_id in at_learner.keys() & at_teacher.keys():  # nobody is their own mentor
        possible[at_learner[account_id], at_teacher[account_id]] = False
    left, right = np.nonzero(possible)
    values = np.stack([table[left, right] for table in tables(learners, teachers)], axis=1)
    return Candidates(
        needs=np.array([one.need_id for one in learners], dtype=np.int64),
        offers=np.array([one.offer_id for one in teachers], dtype=np.int64),
        left=left.astype(np.int64),
        right=right.astype(np.int64),
        score=_weighed(values, 2),
        priority=_weighed(values, 3),
        parts=values,
        names=tuple(str(part[1]) for part in PARTS),
        weights=tuple(part[2] for part in PARTS),
        excluded={str(why.label): count for why, count in Counter(apart.values()).items()},
        says=lambda edge: sentence(learners[left[edge]], teachers[right[edge]]),
    )


def _weighed(values: Table, column: int) -> Table:
    import numpy as np

    weights = np.array([part[column] for part in PARTS], dtype=np.float64)
    return np.asarray(np.round(100 * values @ weights, 1), dtype=np.float64)


def fit(need: Need, offer: Offer) -> Fit:
    """The same of two, with each part in words."""
    learners, teachers = profiles.learners([need.pk]), profiles.teachers([offer.pk])
    if not learners or not teachers:
        return Fit(0, (), "", (_("名册里没有这一位了"),))
    [learner], [teacher] = learners, teachers
    values = [float(table[0, 0]) for table in tables(learners, teachers)]
    words = _in_words(learner, teacher)
    return Fit(
        score=round(100 * sum(value * part[2] for value, part in zip(values, PARTS, strict=True)), 1),
        parts=tuple(
            Part(key, label, round(value, 3), weight, words[key])
            for value, (key, label, weight, _theirs) in zip(values, PARTS, strict=True)
        ),
        sentence=sentence(learner, teacher),
        vetoes=tuple(
            _("%(why)s要回避") % {"why": why.label} for why in profiles.kept_apart(learners, teachers).values()
        ),
    )


# --- the parts, (n learners, m teachers) each


def tables(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> tuple[Table, ...]:
    """In the order of ``PARTS``."""
    return (
        _gaps(learners, teachers),
        _posts(learners, teachers),
        _near(learners, teachers),
        _load(learners, teachers),
        _wishes(learners, teachers),
    )


def _gaps(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> Table:
    """What share of somebody's lacking levels the mentor teaches; where nothing is lacking all are alike."""
    import numpy as np

    abilities = sorted({gap.ability_id for one in learners for gap in one.gaps})
    column = {ability_id: n for n, ability_id in enumerate(abilities)}
    lacking = np.zeros((len(learners), len(abilities)))
    for row, learner in enumerate(learners):
        for gap in learner.gaps:
            lacking[row, column[gap.ability_id]] = gap.levels
    taught = np.zeros((len(abilities), len(teachers)))
    for n, teacher in enumerate(teachers):
        taught[[column[one] for one in teacher.teaches if one in column], n] = 1
    whole = lacking.sum(axis=1, keepdims=True)
    return np.asarray(np.where(whole > 0, lacking @ taught / np.maximum(whole, 1), INDIFFERENT))


def _posts(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> Table:
    """How like the learner's post the likest of the mentor's is; each post of each side is compared once."""
    import numpy as np

    ours, theirs = sorted({one.post for one in learners}), sorted({post for one in teachers for post in one.held})
    if not theirs:
        return np.zeros((len(learners), len(teachers)))
    cut = {post: pieces(squash(post)) for post in (*ours, *theirs)}
    alike = np.array([[_alike(one, other, cut) for other in theirs] for one in ours])
    at = {post: n for n, post in enumerate(theirs)}
    best = np.zeros((len(ours), len(teachers)))
    for n, teacher in enumerate(teachers):
        if teacher.held:
            best[:, n] = alike[:, [at[post] for post in teacher.held]].max(axis=1)
    row = {post: n for n, post in enumerate(ours)}
    return np.asarray(best[[row[one.post] for one in learners]])


def _alike(one: str, other: str, cut: dict[str, frozenset[str]]) -> float:
    if squash(one) in squash(other) or squash(other) in squash(one):
        return 1.0
    return likeness(cut[one], cut[other])


def _near(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> Table:
    """Whether he goes to the village; a mentor of another town is far."""
    import numpy as np

    villages = np.array([one.village_id or 0 for one in learners])
    towns = np.array([one.town_id or 0 for one in learners])
    near = np.zeros((len(learners), len(teachers)))
    for n, teacher in enumerate(teachers):
        here = towns == (teacher.town_id or -1)
        known = np.isin(villages, list(teacher.goes_to)) | (villages == 0)
        near[:, n] = np.where(known, 1.0, ELSEWHERE_IN_TOWN) if teacher.goes_to else IN_TOWN
        near[~here & ~np.isin(villages, list(teacher.goes_to)), n] = 0
    return near


def _load(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> Table:
    import numpy as np

    free = np.array([1 - one.taken / max(one.most, 1) for one in teachers])
    return np.tile(free, (len(learners), 1))


def _wishes(learners: Sequence[Learner], teachers: Sequence[Teacher]) -> Table:
    """Whoever names the other in their wishes wants them: one of the two 0.75, both 1, nobody 0.5."""
    import numpy as np

    wished = np.full((len(learners), len(teachers)), INDIFFERENT)
    step = (WANTED - INDIFFERENT) / 2
    for row, learner in enumerate(learners):
        for n, teacher in enumerate(teachers) if learner.wishes else ():
            wished[row, n] += step * (teacher.name in learner.wishes)
    for n, teacher in enumerate(teachers):
        for row, learner in enumerate(learners) if teacher.wishes else ():
            wished[row, n] += step * (learner.name in teacher.wishes)
    return wished


# --- in words


def sentence(learner: Learner, teacher: Teacher) -> str:
    """Why these two, without a name: it is kept beside the pair."""
    covered = [gap for gap in learner.gaps if gap.ability_id in teacher.teaches]
    words = _in_words(learner, teacher)
    said = [words["gaps"]] if covered or learner.gaps else []
    said += [words["post"]] if words["post"] else []
    said += [words["near"]] if words["near"] else []
    return pgettext("list", "；").join(said) + pgettext("sentence", "。") if said else ""


def _in_words(learner: Learner, teacher: Teacher) -> dict[str, str]:
    return {
        "gaps": _gaps_in_words(learner, teacher),
        "post": _post_in_words(learner, teacher),
        "near": _near_in_words(learner, teacher),
        "load": _("还能带 %(free)d 个") % {"free": max(0, teacher.most - teacher.taken)},
        "wish": _wish_in_words(learner, teacher),
    }


def _gaps_in_words(learner: Learner, teacher: Teacher) -> str:
    covered = [gap for gap in learner.gaps if gap.ability_id in teacher.teaches]
    if covered:
        return _("%(gaps)s，正是导师擅长的") % {"gaps": pgettext("list", "、").join(map(_gap, covered[:3]))}
    if learner.gaps:
        return _("%(gap)s，不是这位导师的长处") % {"gap": _gap(learner.gaps[0])}
    return _("没写缺什么")


def _gap(gap: Gap) -> str:
    return _("%(ability)s %(current)d→%(wanted)d") % {
        "ability": gap.name,
        "current": gap.current,
        "wanted": gap.wanted,
    }


def _post_in_words(learner: Learner, teacher: Teacher) -> str:
    cut = {post: pieces(squash(post)) for post in (learner.post, *teacher.held)}
    best = max(teacher.held, key=lambda post: _alike(learner.post, post, cut), default="")
    if best and _alike(learner.post, best, cut) >= INDIFFERENT:
        return _("导师当过%(post)s") % {"post": best}
    return _("工作 %(years)d 年") % {"years": teacher.years} if teacher.years else ""


def _near_in_words(learner: Learner, teacher: Teacher) -> str:
    if learner.village_id is not None and learner.village_id in teacher.goes_to:
        return _("能到%(village)s来") % {"village": learner.village}
    if learner.town_id == teacher.town_id:
        return _("在一个镇上")
    return _("不在一个镇上")


def _wish_in_words(learner: Learner, teacher: Teacher) -> str:
    one, other = teacher.name in learner.wishes, learner.name in teacher.wishes
    if one and other:
        return _("互相都愿意")
    if one:
        return _("青年干部想跟这位导师")
    return _("导师想带这位青年干部") if other else _("两边都没有特别的意愿")
