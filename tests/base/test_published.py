"""What may be published, whatever the room."""

import pytest

from xianglin.base.published import require_nothing_personal
from xianglin.base.refused import Refused


def test_what_is_not_personal_passes_as_it_is() -> None:
    assert require_nothing_personal("桥头路灯不亮", "room.leak", names=["徐阿珍", "灯"]) == "桥头路灯不亮"


@pytest.mark.parametrize("text", ["请打 13812345678", "徐阿珍家门口", "身份证 330523195003072117"])
def test_what_is_personal_is_refused_under_the_rooms_code(text: str) -> None:
    with pytest.raises(Refused) as refusal:
        require_nothing_personal(text, "room.leak", names=["徐阿珍"])
    assert refusal.value.code == "room.leak" and refusal.value.data["kinds"]
    assert "13812345678" not in str(refusal.value) and "330523195003072117" not in str(refusal.value)
