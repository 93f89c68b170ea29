"""The categories that villages sort by, with the plain words that suggest each. Planted once; counties change them."""

from typing import Any

from .models import Category

CATEGORIES = (
    ("水利", "水压 自来水 停水 漏水 水管 水库 灌溉 沟渠 水表 饮水 积水 水沟"),  # zh: data
    ("道路", "道路 路面 坑 修路 停车 车位 红绿灯 公交 路口 高速 地铁 堵"),  # zh: data
    ("路灯", "路灯 灯不亮 照明"),  # zh: data
    ("环境", "垃圾 污水 臭 噪音 噪声 扰民 灰尘 扬尘 油烟 污染 保洁 厕所 搅拌站"),  # zh: data
    ("山林田地", "毛竹 竹林 流转 山林 承包 土地 征地 拆迁 田 碳汇 茶叶 宅基地"),  # zh: data
    ("养殖", "鸡 鸭 狗 散养 猪 养殖"),  # zh: data
    ("房屋", "房 小区 物业 业主 电梯 开发商 楼盘 违建 危房 公积金 交房"),  # zh: data
    ("教育", "学校 学生 老师 幼儿园 上学 入学 教育 补课 培训"),  # zh: data
    ("医疗养老", "医院 医生 医保 养老 老人 药 疫苗 卫生院"),  # zh: data
    ("就业社保", "工资 社保 就业 补贴 人才 劳动 退休 工伤 低保"),  # zh: data
    ("村务财务", "账目 公开 财务 村务 分红 集体 选举 村规民约"),  # zh: data
    ("治安调解", "诈骗 治安 打架 纠纷 吵架 派出所 警察 邻居"),  # zh: data
)


def plant(**_: Any) -> None:
    """After migrate; a row that is there stays as the county left it."""
    Category.objects.bulk_create(
        [Category(key=key, hints=hints, order=10 * i) for i, (key, hints) in enumerate(CATEGORIES, 1)],
        ignore_conflicts=True,
    )
