"""玉华村's two conferences, and the village beside: a changed figure, a photo used twice.

All persons and details are invented.
"""

from dataclasses import dataclass

PARTY_DAY = (20, "19:00", "文化礼堂")
RULES = """第一条　爱护公物，不占公地。
第二条　红白喜事从简，不铺张。
第三条　垃圾分类投放，每天七点前拿到门口的桶里。
第五条　路边不堆柴草、建材，车停线内。
第八条　晚上九点以后，广场和院子里不放音响。
第九条　红白喜事放烟花爆竹，离竹林和房子五十米以上。
第十二条　鸡鸭白天要围栏，狗要拴好，不得散养。
第十五条　山林流转经村民代表会议过半数同意，合同公示七天。"""


@dataclass(frozen=True)
class Report:
    """A village's text of a month: begun, handed in, looked over, published; then its two gaps' words, and what its
    accounts say line by line."""

    period: str
    begun: str
    handed_in: str
    reviewed: str
    published: str
    decisions: str
    money: str
    accounts: str = ""  # as one types it
    accounts_from: str = ""


@dataclass(frozen=True)
class Asked:
    """A question: what was said, by whom; ``parts``: the titles it was split into. Answered on the spot by ``speaker``
    (``content``: what the asker said to it), or given to ``task``; ``done`` as in ``yuhua.Told``."""

    words: str
    name: str
    title: str
    category: str
    speaker: str = ""
    text: str = ""
    content: bool | None = None
    article: int = 0
    parts: tuple[tuple[str, str], ...] = ()
    task: str = ""
    done: tuple[tuple[str, str, str], ...] = ()
    way: str = "standing"


@dataclass(frozen=True)
class Meeting:
    period: str
    begins: str
    ends: str
    present: tuple[tuple[str, int, int], ...]  # capacity, due, present
    asked: tuple[Asked, ...]


MAY_REPORT = Report(
    "2022-05", "05-16 19:30", "05-19 15:10", "05-19 19:40", "05-20 17:30",
    "5月12日村民代表会议定了两件事：祠堂门口划停车线，停一边，31人同意，无人反对；里坞路灯再加6盏，先亮坡上。",
    "5月收 86400 元，是山林租金和茶山承包款；支 23150 元，修里坞弯道路面和清垃圾。票据在村委会，谁都能看。",
    """项目,收入（元）,支出（元）
山林租金,62400,
茶山承包款,24000,
修里坞弯道路面,,18350
清垃圾,,4800
合计,86400,23150""",
    "村账目，票据在村委会",
)  # fmt: skip
JUNE_REPORT = Report(
    "2022-06", "06-15 19:00", "06-18 16:20", "06-19 09:30", "06-20 17:00",
    "6月10日村民代表会议定了：毛竹林流转合同公示7天，6月17日期满，没有人提出不同意见。",
    "6月收 41200 元，是护林补贴和场地租金；支 18760 元，装路灯6盏、换水管120米。票据在村委会，谁都能看。",
    """项目,收入（元）,支出（元）
护林补贴,29200,
场地租金,12000,
装路灯6盏,,10560
换水管120米,,8200
合计,41200,18760""",
    "村账目，票据在村委会",
)  # fmt: skip

_SAID = True  # the asker said before everybody that it is clear
MAY_MEETING = Meeting(
    "2022-05", "05-20 19:00", "05-20 21:10",
    (("representatives", 36, 31), ("members", 42, 35), ("villagers", 60, 54)),
    (
        Asked("毛竹林流转到底用什么方式，签几年？我们听了几个说法。", "徐文昌", "毛竹林流转的方式和时限", "山林田地",
              parts=(
                  ("毛竹林流转用什么方式", "愿意的户把林地经营权入股到村里的专业合作社，不愿意的自己经营，不强求。"),
                  ("毛竹林流转签几年", "一签十年，到期前一年再问各户要不要续。"),
              ), speaker="secretary", content=_SAID, article=15),
        Asked("里坞自然村的农水水压低，插秧的时候田里放不满水。", "王土根", "里坞农水水压低", "水利", task="secretary",
              done=(("06-14 09:20", "pause", "等水务配件，6月28日到"),)),
        Asked("鸡鸭狗散养，村里到底管不管？", "方菊英", "鸡鸭狗散养怎么管", "养殖", "secretary",
              "两家挨着菜地的已经围好了，剩下4户这个星期内围，网村里出一半的钱。", _SAID, 12),
        Asked("竹林碳汇怎么分红，没流转的人家有没有份？", "徐有福", "竹林碳汇分红怎么算", "山林田地", "secretary",
              "收益六成按林地面积分给入股户，四成归村集体；没入股的户从集体那份里按人分红。第一笔年底到。", _SAID),
        Asked("护林补贴漏了的那几户，什么时候到卡上？", "方根土", "护林补贴漏了三户", "山林田地", task="cadre",
              done=(("05-31 15:00", "answer", "补报的3户，5月30日都打到卡上了，每户 326 元。"), ("06-02 10:00", "settled", ""))),
        Asked("上坞小路晚上黑，能不能加两盏灯？", "周阿根", "上坞小路加灯", "路灯", task="cadre",
              done=(("06-08 17:00", "answer", "装了6盏，上坞小路2盏、里坞坡上4盏，6月7日晚上都亮了。"), ("06-10 19:30", "settled", ""))),
        Asked("去镇上的公交一天两班，看病赶不上，能不能加？", "潘根娣", "去镇上的公交加班次", "道路", task="secretary",
              done=(("06-13 11:00", "answer", "镇里和公交公司谈好了，6月15日起加一班，早上7点10分从村口开。"), ("06-16 08:20", "settled", ""))),
        Asked("祠堂门口停车挡路，线什么时候划？", "陈水花", "祠堂门口划停车线", "道路", task="secretary",
              done=(("05-28 16:00", "answer", "5月27日线划好了，停一边，另一边留给行人和三轮车。"), ("05-30 12:10", "settled", ""))),
        Asked("里坞弯道补的那块，下过雨又开裂了。", "吴老四", "里坞弯道路面又开裂", "道路", task="secretary",
              done=(("06-01 10:30", "answer", "5月31日把裂的地方灌了缝，又压了一遍。"), ("06-03 18:40", "not_settled", ""))),
        Asked("账贴出来字太小，年纪大的看不清。", "徐有福", "账目贴出来字太小", "村务财务", "cadre",
              "从这个月起用大字印，一项一行，另外念一遍录了音，扫码能听。",
              done=(("05-28 09:00", "settled", ""),)),
        Asked("广场舞的音响晚上能不能早点停？", "钱国良", "广场舞几点停", "环境", "secretary",
              "和领舞的说好了，八点半停，音量也调小。", _SAID, 8),
        Asked("垃圾桶要放到门口还是放到路口？说法不一样。", "章阿婆", "垃圾桶放哪里", "环境", "secretary",
              "七点前放到自己门口的桶里就行，路口的大桶是给散客用的。", _SAID, 3),
        Asked("想学手机挂号，有没有人教？", "章阿婆", "想学手机挂号", "医疗养老", "cadre",
              "每个星期三下午两点，在文化礼堂有两个大学生教，带手机来就行。",
              done=(("05-26 09:10", "settled", ""),)),
        Asked("老房子后墙裂缝，汛期前能不能来看一下？", "潘根娣", "老房子后墙有裂缝", "房屋", task="cadre",
              done=(("05-26 15:30", "answer", "镇里的师傅5月25日看过，是老缝，没有新裂，贴了观测条，汛期每个星期看一次。"), ("05-27 09:00", "settled", ""))),
        Asked("小溪边倒的建筑垃圾清了没有？", "陈建中", "小溪边的建筑垃圾", "环境", task="secretary",
              done=(("05-25 14:00", "answer", "5月24日清走了两车，立了牌子，装了一个摄像头。"), ("05-27 19:00", "settled", ""))),
        Asked("采茶季外地车乱停，明年能不能提早安排？", "钱国良", "采茶季外地车停哪里", "道路", "secretary",
              "明年清明前把小学操场和晒谷场划出来停车，指路牌提前挂。", _SAID),
        Asked("上坞水池没有盖子，孩子在边上玩。", "周阿根", "上坞水池加盖子", "水利", task="secretary",
              done=(("05-23 16:00", "answer", "5月22日加了铁盖，上了锁，钥匙在水管员手里。"), ("05-24 18:30", "settled", ""))),
        Asked("红白喜事放烟花，离竹林太近了，怕着火。", "吴老四", "放烟花离竹林太近", "", "secretary",
              "离竹林和房子五十米以上才能放，办酒前到村里说一声，村里派人看着。", _SAID, 9),
    ),
)  # fmt: skip
JUNE_MEETING = Meeting(
    "2022-06", "06-20 19:00", "06-20 20:20",
    (("representatives", 36, 29), ("members", 42, 33), ("villagers", 60, 41)),
    (
        Asked("竹林碳汇的事，我联系的12户都传达了，他们问：中途想退出来行不行？", "徐文昌", "竹林碳汇中途能不能退出", "山林田地",
              "secretary", "满三年可以退，提前两个月说一声，当年的红利照分。", _SAID, 15),
        Asked("里坞的水泵还要等几天？秧苗等不起。", "王土根", "里坞水泵先借一台", "水利", task="secretary"),
        Asked("老年食堂能不能晚上也开？", "", "老年食堂晚上开不开", "医疗养老", way="screen"),
    ),
)  # fmt: skip

# 上堡村, beside: a figure changed after it was published, and in June nothing published at all.
BESIDE_REPORT = Report(
    "2022-05", "05-17 20:00", "05-18 10:00", "05-18 20:10", "05-20 18:20",
    "5月15日村民代表会议定了：村口广场装路灯。",
    "本月新装路灯12盏，用了 9600 元。",
)  # fmt: skip
BESIDE_CORRECTED = ("06-01 10:15", "本月新装路灯9盏，用了 9600 元。", "核对清单，装的是 9 盏")
# when it was asked, in what words; when it was answered, and how
BESIDE_ASKED = (
    "06-02 09:20", "5月20日公布新装路灯 12盏，6月1日改为 9盏。少的 3盏去了哪里？请说明原因。",
    "06-07 10:40", "12盏是订货的数，到了9盏就先装了9盏，公布时照订货单写错了。另外3盏6月6日到货，钱没有付。订货单、到货单贴在公告栏。",
)  # fmt: skip


@dataclass(frozen=True)
class Lamp:
    """Said at the door, answered with a photo, heard to be settled. ``again``: why a photo was used a second time."""

    said: str
    name: str
    words: str
    title: str
    answered: str
    text: str
    heard: str
    taken: str = ""
    again: str = ""


BESIDE_LAMPS = (
    Lamp("05-09 15:20", "陆阿根", "广场边上那盏路灯一闪一闪的，后来就不亮了。", "广场边路灯不亮",
         "05-11 19:50", "换了灯头，5月11日晚上亮了。", "05-13 10:10", taken="2022:05:11 19:42:00"),
    Lamp("05-30 09:30", "俞秀珍", "上弄口没有灯，晚上接孩子看不见路。", "上弄口没有路灯",
         "06-02 17:10", "上弄口装了一盏新的，6月2日亮了。", "06-06 09:40", again="是同一批装的灯，样子一样。"),
)  # fmt: skip
