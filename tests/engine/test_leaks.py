"""What the scanner must find, what it must leave alone, and what real messages make of it."""

import re
from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xianglin.engine.leaks import Leak, mask, scan

# No number here belongs to anybody: ID numbers are the standard's own example or made with its check digit,
# telephones and cards are the ones that are written in examples everywhere.
MOBILE = "13800138000"
ID = "11010519491231002X"

FOUND = [
    ("请找老徐，电话13800138000。", "mobile", "13800138000", "138****8000"),
    ("有事打１３８００１３８０００", "mobile", "１３８００１３８０００", "138****8000"),
    ("138 0013 8000（微信同号）", "mobile", "138 0013 8000", "138****8000"),
    ("联系人：138-0013-8000", "mobile", "138-0013-8000", "138****8000"),
    ("+86 138 0013 8000", "mobile", "86 138 0013 8000", "86 138****8000"),
    ("008613800138000", "mobile", "008613800138000", "0086 138****8000"),
    ("1.3.8.0.0.1.3.8.0.0.0", "mobile", "1.3.8.0.0.1.3.8.0.0.0", "138****8000"),
    ("1、3、8、0、0、1、3、8、0、0、0", "mobile", "1、3、8、0、0、1、3、8、0、0、0", "138****8000"),
    ("手机 138，0013，8000", "mobile", "138，0013，8000", "138****8000"),
    ("手机：138 001 38000", "mobile", "138 001 38000", "138****8000"),
    ("一三八零零一三八零零零", "mobile", "一三八零零一三八零零零", "138****8000"),
    ("幺叁捌〇〇幺叁捌〇〇〇", "mobile", "幺叁捌〇〇幺叁捌〇〇〇", "138****8000"),
    ("1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣", "mobile", "1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0", "138****8000"),
    ("138\u200b0013\u200b8000", "mobile", "138\u200b0013\u200b8000", "138****8000"),
    ("支付宝账号：13800138000", "mobile", "13800138000", "138****8000"),
    ("微信wx13800138000", "mobile", "13800138000", "138****8000"),
    ("TEL13800138000", "mobile", "13800138000", "138****8000"),
    ("1.13800138000", "mobile", "13800138000", "138****8000"),
    ("2022-06-21 13800138000", "mobile", "13800138000", "138****8000"),
    ("电话13800138000.5月1日起", "mobile", "13800138000", "138****8000"),
    ("身份证11010519491231002X", "id_number", ID, "*" * 18),
    ("11010519491231002x", "id_number", "11010519491231002x", "*" * 18),
    ("１１０１０５１９４９１２３１００２Ｘ", "id_number", "１１０１０５１９４９１２３１００２Ｘ", "*" * 18),
    ("110105 19491231 002X", "id_number", "110105 19491231 002X", "*" * 18),
    ("1101-0519-4912-3100-2X", "id_number", "1101-0519-4912-3100-2X", "*" * 18),
    ("440524198001010013，男", "id_number", "440524198001010013", "*" * 18),
    ("残疾证11010519491231002X43", "id_number", "11010519491231002X43", "*" * 18),
    ("身份证号：330523197905121230", "id_number", "330523197905121230", "*" * 18),  # mistyped, still theirs
    ("老身份证330523790512123", "id_number", "330523790512123", "*" * 15),
    ("330523790512123", "id_number", "330523790512123", "*" * 15),
    ("身份证号330523220621001", "id_number", "330523220621001", "*" * 15),
    ("卡号6222020000000000003", "bank_card", "6222020000000000003", "*" * 19),
    ("6228 4804 0256 4890 018", "bank_card", "6228 4804 0256 4890 018", "*" * 19),
    ("4111-1111-1111-1111", "bank_card", "4111-1111-1111-1111", "*" * 16),
    ("打到卡号：6228480402564890019", "bank_card", "6228480402564890019", "*" * 19),
    ("0572-5123456", "landline", "0572-5123456", "0572-*******"),
    ("（0572）5123456", "landline", "（0572）5123456", "0572-*******"),
    ("05725123456", "landline", "05725123456", "0572-*******"),
    ("0571 8888 6666", "landline", "0571 8888 6666", "0571-********"),
    ("010—65123456", "landline", "010—65123456", "010-********"),
    ("+86-0572-5123456", "landline", "86-0572-5123456", "0572-*******"),
    ("身份证 330523 790512 123", "id_number", "330523 790512 123", "*" * 15),
    ("+86 572 5123456", "landline", "86 572 5123456", "0572-*******"),
    ("138 0013 80 00", "mobile", "138 0013 80 00", "138****8000"),
    ("138一二三四5678", "mobile", "138一二三四5678", "138****5678"),
    ("打一三八 1234 五六七八", "mobile", "一三八 1234 五六七八", "138****5678"),
    ("13800138000一号楼", "mobile", "13800138000", "138****8000"),
    ("编号13812345678", "mobile", "13812345678", "138****5678"),
    ("工单号：13812345678", "mobile", "13812345678", "138****5678"),
    ("13812345678元", "mobile", "13812345678", "138****5678"),
    ("电话5012345", "landline", "5012345", "*******"),
    ("座机：（徐家）65012345。", "landline", "65012345", "********"),
    ("联系人徐姐 501-2345", "landline", "501-2345", "*******"),
    ("ＴＥＬ：５０１２３４５", "landline", "５０１２３４５", "*******"),
    ("手机没人接就打5012345", "landline", "5012345", "*******"),
    ("邮箱abc@qq.com", "email", "abc@qq.com", "a***@***"),
    ("发到 12345678＠163．com", "email", "12345678＠163．com", "1***@***"),
    ("微信 wxid_8a7b6c5d", "account", "wxid_8a7b6c5d", "w***"),
    ("wxid_8a7b6c5d", "account", "wxid_8a7b6c5d", "w***"),
    ("微信号:abc123", "account", "abc123", "a***"),
    ("加我微信xu_wenxing", "account", "xu_wenxing", "x***"),
    ("vx：xuwenxing", "account", "xuwenxing", "x***"),
    ("QQ 12345678", "account", "12345678", "1***"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kind", "there", "masked"), FOUND)
def test_found(text: str, kind: str, there: str, masked: str) -> None:
    found = [(leak.kind, text[leak.start : leak.end], leak.masked) for leak in scan(text)]
    assert found == [(kind, there, masked)]


QUIET = [
    # public answers about village affairs
    "您反映的自然村农水水压问题，水务站已于2022年6月15日换好加压泵，现水压0.28兆帕，请您试试。",
    "毛竹林流转每亩每年320元，期限2022.06.21-2052.06.20，共1,286.5亩，涉及386户1243人。",
    "5月20日公布12盏，6月1日改为9盏；路灯编号：13520220621。",
    "村集体经营性收入1580000.00元，支出15800000000元为笔误，应为1,580,000.00元。",
    "三个自然村分别为156、1380、2200人，三组 156 1380 2200 元。",
    "合计：15000000000；金额 13800138000元；占地13800138000平方米。",
    "请拨打12345、12388、110、119、120或96345，供电95598，举报0572-12345。",
    "客服400-820-8820，网格电话见公示栏。",
    "玉华012，6月20日前答复您。",
    "合同编号330523790512123，发票号码22332000000012345678，HT13800138000。",
    "合同330523220621001已备案，项目代码2206-330523-04-01-123456。",
    "统一社会信用代码91330523MA2B4K1234、52330523MJ9876543X。",
    "村级代码330523103202，行政区划330523。",
    "国办发明电〔2020〕27号，GB50180-93（2002版），浙土字A2022-0512。",
    "北纬30.6283150，东经119.13800138000，占比0.13800138000。",
    "151 20220621 入户，152 2022-06-21 复核，序号1380013 2022。",
    "设备编码为1003788-6200-383653，快递SF1380013800012。",
    "电话138****8000，身份证330523********1234，尾号8000。",
    "2013-02-2710:01:04提交，10:06:51受理，用时5分47秒。",
    "1-23-1-602/1-23-1-202/1-23-1-502，共25个楼道。",
    "3、8、9、10、12、13栋，1、3、5、7、9号",
    "0000-00000000",
    "二〇二二年六月二十一日，一百二十三万四千五百六十七元八角九分",
    "热线12345-2022",
    "440524188001010014",  # born 1880
    "6228 4804 0256 4890 019",  # fails Luhn, and nothing says that it is a card
    "工单编号15820220621，编号19980512001，单号13520230001，合同号18220310005。",
    "全县支出13812345678元，收入达13912345678元，拨付13812345000元，13812345678.50元，13,812,345,678元。",
    "电话费5012345元，电话20220621打的，电话2022-2023年都没通，手机话费 3000000 元。",
    "来电反映的工单2018001已派，联系单号8012345，请联系编号 6501234 的经办人，电话登记第2018001号。",
    "联系地址：人民路2345-1234号，拨打4008208820或96345、95598，联系了2345678户。",
    "手机导航到K23+4567处，里程2345678米，水表读数3456789，电表户号2345678901。",
    "传真件第2022031号；电话里说5月8日前修好，热线8:30-17:00有人接。",
    "8组23号徐家门口，联系3组组长，电话打了2次。",
    "举报信箱jb@anji.gov.cn，抄送zjw@huzhou.gov.cn，@玉华村 @所有人。",
    "请关注微信公众号：anjifabu，微信小程序zhelibao2，微信群“玉华村8组”，QQ群 123456789。",
    "用微信APP扫码，微信 Android 版，微信支付5012345元，WX-2022型水泵，vx不通。",
]


@pytest.mark.parametrize("text", QUIET)
def test_left_alone(text: str) -> None:
    assert [(leak.kind, text[leak.start : leak.end]) for leak in scan(text)] == []


def test_several_in_one_text_are_masked_in_place() -> None:
    text = "徐叔13800138000/13900139000，村办0572-5123456；卡6228480402564890018，证11010519491231002X。"
    assert [leak.kind for leak in scan(text)] == ["mobile", "mobile", "landline", "bank_card", "id_number"]
    assert mask(text) == f"徐叔138****8000/139****9000，村办0572-*******；卡{'*' * 19}，证{'*' * 18}。"


def test_village_office_lines_may_stand_however_they_are_written() -> None:
    allowed = ["0572-5123456", "138 0013 8000"]
    text = "村办（0572）5123456，值班13800138000，书记13900139000"
    assert [text[leak.start : leak.end] for leak in scan(text, allowed=allowed)] == ["13900139000"]
    assert mask(text, allowed=allowed) == "村办（0572）5123456，值班13800138000，书记139****9000"


def test_a_line_may_stand_with_its_area_code_and_without() -> None:
    for office in ("0572-5012345", "+86 572 5012345", "5012345"):
        for written in ("请打村里 0572-5012345", "村里电话5012345", "（0572）5012345", "+86 572 501 2345"):
            assert scan(written, allowed=[office]) == []
        assert [leak.kind for leak in scan("电话5012346", allowed=[office])] == ["landline"]
    assert [leak.kind for leak in scan("13805012345", allowed=["5012345"])] == ["mobile"]
    assert scan("写信到 YuHua@163.com，微信号yuhua_cun", allowed=["yuhua@163.com", "yuhua_cun"]) == []


def test_every_line_after_the_word_is_found() -> None:
    text = "电话：5012345、5012346或5012347转801"
    assert mask(text) == "电话：*******、*******或*******转801"


def test_given_names_are_found_with_spaces_between_and_the_longest_first() -> None:
    text = "徐小明和徐 小 明明、王　芳都来了，小明没来"
    found = scan(text, names=["徐小明", "徐小明明", "王芳", "明", " "])
    assert [text[leak.start : leak.end] for leak in found] == ["徐小明", "徐 小 明明", "王　芳"]
    assert {leak.kind for leak in found} == {"name"}
    assert mask(text, names=["徐小明", "徐小明明", "王芳"]) == "徐某某和徐某某某、王某都来了，小明没来"


def test_a_long_row_of_figures_takes_no_time() -> None:
    assert scan(" ".join(["15"] * 20_000)) == []
    assert scan("1" * 100_000) == []
    for piece in ("a", "a.", "a@", "wx", "电话", "微信 ", "一1", "QQ:", "电话(", "1 一 "):
        scan(piece * 5_000)


words = st.text("毛竹林流转问题请答复家门口路灯坏了，。；！\n", max_size=12)
gaps = st.sampled_from(["", " ", "-", "—", "·", ".", "－", "　"])


def wide(digits: str) -> str:
    return digits.translate({ord("0") + n: ord("０") + n for n in range(10)})


@given(words, words, st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), gaps, st.booleans())
def test_any_mobile_among_words_is_found(before: str, after: str, number: str, gap: str, full_width: bool) -> None:
    written = gap.join([number[:3], number[3:7], number[7:]])
    written = wide(written) if full_width else written
    text = before + written + after
    assert scan(text) == [Leak("mobile", len(before), len(before + written), f"{number[:3]}****{number[-4:]}")]
    assert scan(mask(text)) == []


@given(
    words,
    st.sampled_from(["330523", "510113", "110105", "830000"]),
    st.dates(min_value=date(1930, 1, 1), max_value=date(2025, 1, 1)),
    st.integers(0, 999),
    st.booleans(),
)
def test_any_id_number_is_found(before: str, region: str, born: date, serial: int, full_width: bool) -> None:
    digits = f"{region}{born:%Y%m%d}{serial:03}"
    weights = [2 ** (17 - n) % 11 for n in range(17)]
    check = "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights, strict=True)) % 11]
    text = f"{before}{wide(digits) if full_width else digits}{check}"
    assert scan(text) == [Leak("id_number", len(before), len(before) + 18, "*" * 18)]


@given(st.text(st.sampled_from("0123456789138 -.,、/()X元电话：号一二三〇０１\u200b编证"), max_size=60))
def test_whatever_is_found_is_a_number_at_its_place(text: str) -> None:
    end = 0
    for leak in scan(text):
        assert end <= leak.start < leak.end <= len(text)
        end = leak.end
        assert 7 <= sum(char.isnumeric() or char in "Xx" for char in text[leak.start : leak.end]) <= 20


@pytest.mark.outside
def test_real_messages_raise_few_alarms(labelled: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Mobiles in these messages were overwritten with 0000-00000000; a few landlines are left."""
    found = [(text, leak) for text in labelled for leak in scan(text)]
    with capsys.disabled():
        kinds = dict(Counter(leak.kind for _, leak in found))
        flagged = len({text for text, _ in found})
        print(f"\n{flagged} of {len(labelled)} real messages flagged: {kinds}")
    for text, leak in found:
        digits = re.sub(r"\D", "", text[leak.start : leak.end])
        if leak.kind == "mobile":
            assert re.fullmatch(r"(?:0|86|0086)?1[3-9]\d{9}", digits)
        if leak.kind == "landline":
            assert re.fullmatch(r"0\d{10,11}|[2-8]\d{6,7}", digits)
        assert not re.fullmatch("0+", digits)
    assert len({text for text, _ in found}) <= len(labelled) * 0.005
    assert all(not scan(mask(text)) for text, _ in found)


def test_a_word_for_anybody_is_no_name() -> None:
    """Where people wrote 村民 for their name, the village may still speak of its villagers."""
    assert scan("村民代表会议定了，群众都同意。", names=["村民", "群众", "业 主"]) == []
    assert [leak.masked for leak in scan("村民徐阿珍说的", names=["村民", "徐阿珍"])] == ["徐某某"]
