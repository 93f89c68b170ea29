"""玉华村's May begins: who lives and works there, and what was said and done. All persons and details are invented."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

AREAS = (
    ("33", "浙江省", ""),
    ("3305", "湖州市", "33"),
    ("330523", "安吉县", "3305"),
    ("330523103", "鄣吴镇", "330523"),
    ("330523103202", "玉华村", "330523103"),
    ("330523103201", "上堡村", "330523103"),
    ("330523103203", "民乐村", "330523103"),
    ("330521", "德清县", "3305"),
    ("330521101", "新安镇", "330521"),
    ("330521101201", "舍东村", "330521101"),
)
COUNTY, TOWN, VILLAGE, BESIDE = "330523", "330523103", "330523103202", "330523103201"
WITHOUT_CADRE = "330523103203"  # 民乐村: what is said there waits for the town
STORY_DAY = "2022-05-17"
BRIEFING_BEGINS = "05-01 09:00"  # the first conference is May's
REPORT_BEGUN = "05-16 19:30"  # the text of the conference on the 20th


@dataclass(frozen=True)
class Persona:
    key: str
    name: str
    label: str
    blurb: str
    role: str = ""
    area: str = VILLAGE
    scope: str = ""
    phone: str = ""
    door: bool = True


PEOPLE = (
    Persona("villager", "周桂芬", _("村民　周桂芬"), _("上坞，72 岁。看公开栏，说一句，等回音"), phone="13800000101"),
    Persona(
        "cadre",
        "章小满",
        _("村干部　章小满"),
        _("玉华村文书。接件、分派、上门、答复"),
        "village_cadre",
        phone="13800000102",
    ),
    Persona(
        "secretary",
        "徐守正",
        _("村干部　徐守正"),
        _("玉华村，管水利和道路"),
        "village_cadre",
        phone="13800000103",
    ),
    Persona(
        "supervisor",
        "徐根法",
        _("村监委　徐根法"),
        _("玉华村。发布会的稿子，由他先过目"),
        "village_supervisor",
        phone="13800000105",
    ),
    Persona(
        "beside",
        "陆大林",
        _("邻村干部　陆大林"),
        _("上堡村文书，看不到玉华村的事"),
        "village_cadre",
        BESIDE,
        phone="13800000104",
    ),
    Persona("clerk", "沈一禾", _("镇里　沈一禾"), _("鄣吴镇村务办，看全镇各村，打回访电话"), "town_clerk", TOWN),
    Persona(
        "inspector",
        "吴清岚",
        _("镇纪检监察办　吴清岚"),
        _("只看，不经办；抽查回访，移交检举控告"),
        "town_inspector",
        TOWN,
    ),
    Persona(
        "officer",
        "何青禾",
        _("县林业局　何青禾"),
        _("只看得到派给林业局的事"),
        "county_officer",
        COUNTY,
        "department:forestry",
    ),
)
DEPARTMENTS = (("forestry", "林业局"), ("water", "水利局"))

# category, persona
DUTIES = (("", "cadre"), ("水利", "secretary"), ("道路", "secretary"), ("路灯", "cadre"), ("环境", "cadre"))


@dataclass(frozen=True)
class Told:
    """One opinion: when, from where, by whom, the words, and what was done (when, verb, text).

    ``by``: the persona who said it with an account of their own.
    """

    day: str
    source: str
    words: str
    title: str
    category: str
    name: str = ""
    done: tuple[tuple[str, str, str], ...] = ()
    by: str = ""
    area: str = VILLAGE


OPINIONS = (
    Told("04-06 09:20", "visit", "8 组桥头的路灯坏了有半个月了，晚上走路看不见，老人家摔过一跤。", "8 组桥头路灯不亮", "路灯", "徐阿珍",
         (("04-08 16:10", "answer", "换了灯头和线，4 月 8 日晚上亮了，又去看过一次。"), ("04-10 19:05", "settled", ""))),
    Told("04-11 15:40", "platform", "文化礼堂门口的垃圾桶满了没人收，苍蝇多得很，太阳一晒臭得不行。", "文化礼堂门口垃圾桶满了", "环境", "",
         (("04-12 10:30", "answer", "加了一个桶，改成每天早上清一次，保洁员电话贴在桶上。"), ("04-13 08:15", "settled", ""))),
    Told("04-14 18:30", "visit", "里坞上坡那个弯，路面塌了一个坑，电瓶车过去要绕到对面车道。", "里坞弯道路面有个坑", "道路", "吴老四",
         (("04-20 11:00", "answer", "4 月 19 日用沥青补平了，弯道外侧加了反光条。"), ("04-22 20:10", "settled", ""))),
    Told("04-15 10:05", "phone", "去年的护林补贴到现在没到账，邻村都发了，我们是不是漏掉了。", "护林补贴还没到账", "山林田地", "方根土",
         (("04-25 14:20", "answer", "名单里漏了 3 户，4 月 25 日已补报镇里，5 月底前打到卡上。"), ("04-28 09:00", "not_settled", ""))),
    Told("04-19 08:50", "page", "水库路的垃圾桶又满了，周末没人清。", "水库路垃圾桶满了", "环境"),
    Told("04-22 14:10", "visit", "祠堂门口停满了车，接孩子的三轮车都过不去，能不能画个线。", "祠堂门口停车挡路", "道路", "陈水花"),
    Told("05-05 09:00", "visit", "早晚烧饭的时候三楼一滴水都没有，洗衣裳要拎到底下。泵站修过一回，好了三天又不行了。", "上坞水压低，三楼没水", "水利", "周桂芬"),
    Told("05-05 09:35", "visit", "我们上坞高处这几户，水压一直上不来，热水器都打不着火。", "上坞高处水压上不来", "水利", "王土根"),
    Told("05-05 14:20", "visit", "毛竹林流转，一亩一年到底给多少钱，合同签几年，都没说清楚。", "毛竹林流转怎么算、签几年", "山林田地", "徐文昌"),
    Told("05-06 10:10", "visit", "隔壁的鸡鸭天天跑到我菜地里，刚种的青菜全吃光了，说了几次都没用。", "鸡鸭跑到别家菜地", "养殖", "方菊英",
         (("05-11 17:30", "answer", "按村规民约第 12 条，白天要围栏。5 月 11 日两家都到场，围网村里出一半的钱，已经装好。"), ("05-14 07:40", "settled", ""))),
    Told("05-06 15:00", "visit", "里坞路口有条大黄狗没拴，孩子上学绕路走。", "里坞路口大黄狗没拴", "养殖", "李小燕",
         (("05-06 19:20", "answer", "狗已经拴上，主人写了保证，5 月 6 日傍晚去看过。"),)),
    Told("05-07 19:10", "platform", "竹林碳汇听说能分红，怎么分，没流转的人家有没有份？", "竹林碳汇分红怎么算", "山林田地"),
    Told("05-08 16:25", "page", "村里的健身器材有两个坏了，小孩子在上面玩有危险。", "健身器材坏了两个", "环境", "",
         (("05-10 15:00", "answer", "坏的两个已经拆走，新的向镇文化站报了，来之前先围起来。"), ("05-12 18:20", "settled", ""))),
    Told("05-09 08:40", "visit", "想学手机挂号，儿子不在身边，去一趟县医院排半天队。", "想学手机挂号", "医疗养老", "章阿婆"),
    Told("05-10 13:30", "visit", "茶叶采摘的时候外地车乱停，路口堵得死死的，明年能不能早点安排。", "采茶季外地车乱停", "道路", "钱国良"),
    Told("05-11 10:20", "phone", "我家老房子后墙裂了一条缝，雨季要到了，心里慌。", "老房子后墙有裂缝", "房屋", "潘根娣"),
    Told("05-12 09:15", "visit", "村里的账，每个月贴出来字太小，我们看不清，也看不懂。", "账目贴出来字太小", "村务财务", "徐有福"),
    Told("05-13 14:50", "visit", "小溪边上有人倒建筑垃圾，水都浑了。", "小溪边倒建筑垃圾", "环境", "陈建中"),
    Told("05-14 20:05", "page", "晚上广场舞声音太大，孩子写作业静不下心，九点钟能不能停。", "广场舞声音太大"  , "环境"),
    Told("05-16 08:30", "page", "去镇上的公交一天只有两班，赶不上看病，能不能加一班。", "公交班次太少", ""),
    Told("05-16 17:45", "visit", "上坞水池的盖子没了，小孩在边上玩，怕掉下去。", "上坞水池没有盖子", "", "周阿根"),
)  # fmt: skip

# So that each door opens on something: 周桂芬's own with an answer that waits for her word, one for the forestry
# office, one of a village without a cadre, and one that is an accusation.
BESIDES = (
    Told("05-11 08:40", "visit", "村口那棵老银杏树枯了半边，怕倒下来砸到人。", "老银杏树枯了半边", "环境", "陈建中",
         (("05-12 09:10", "assign", "forestry"),)),
    Told("05-12 19:20", "page", "上坞晒谷场边上的水沟盖板断了一块，晚上走路怕踩空。", "上坞水沟盖板断了", "道路", "",
         (("05-15 16:40", "answer", "盖板换了新的，旁边两块松的也垫稳了。"),), by="villager"),
    Told("05-16 10:10", "page", "村口小桥的栏杆断了两根，小孩子趴在上面玩。", "", "", area=WITHOUT_CADRE),
    Told("05-16 20:30", "page", "修路的钱听说账对不上，想请上面来查一查。", "", "",
         done=(("05-16 21:00", "quarantine", ""),)),
)  # fmt: skip
