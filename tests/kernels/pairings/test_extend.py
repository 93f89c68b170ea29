"""延长: a term that ends later than was agreed."""

import datetime as dt

import pytest

from tests.kernels.pairings.conftest import Garden
from xianglin.base.refused import Forbidden, Refused
from xianglin.kernels.pairings import actions


def test_a_term_ends_later_and_never_earlier(here: Garden) -> None:
    pairing = here.active(here.need("阿兰"), here.offer("老金"))
    assert pairing.ends_on == dt.date(2027, 3, 9)
    later = dt.date(2027, 9, 9)
    assert actions.extend(pairing, actor=here.clerk, ends_on=later).ends_on == later
    with pytest.raises(Refused) as refused:
        actions.extend(pairing, actor=here.clerk, ends_on=later)
    assert refused.value.code == "pairings.not_longer"
    with pytest.raises(Forbidden):
        actions.extend(pairing, actor=here.actor("阿兰"), ends_on=dt.date(2028, 1, 1))


def test_what_is_over_is_not_extended(here: Garden) -> None:
    pairing = here.active(here.need("阿兰"), here.offer("老金"))
    actions.end(pairing, actor=here.clerk, ending="completed", reason="学会了")
    with pytest.raises(Refused):
        actions.extend(pairing, actor=here.clerk, ends_on=dt.date(2028, 1, 1))
