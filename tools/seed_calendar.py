"""Draw the stored working calendar from the package `chinesecalendar` (extra `seed`).

    pip install 'xianglin[seed]' && python tools/seed_calendar.py

Only days that differ from Monday-to-Friday are written. Run it when a new year's notice has come out and
the package has it: raise LAST_YEAR and add the notice's number.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from chinese_calendar import constants

FIRST_YEAR, LAST_YEAR = 2016, 2026
TARGET = Path(__file__).parents[1] / "src/xianglin/commons/deadlines/calendar/china.csv"

# 国务院办公厅关于…年部分节假日安排的通知. A notice may reach into the last days of the year before.
NOTICES = {
    2016: "国办发明电〔2015〕18号",
    2017: "国办发明电〔2016〕17号",
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号",
    2020: "国办发明电〔2019〕16号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
# Notices that changed a year's arrangement, or that arranged days of the year before.
AMENDMENTS = [
    (date(2018, 12, 29), date(2018, 12, 31), NOTICES[2019]),
    (date(2019, 4, 28), date(2019, 5, 5), "国办发明电〔2019〕3号"),  # four days for Labour Day
    (date(2020, 1, 31), date(2020, 2, 2), "国办发明电〔2020〕1号"),  # Spring Festival made longer
]
NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def source_of(day: date) -> str:
    for first, last, notice in AMENDMENTS:
        if first <= day <= last:
            return notice
    return NOTICES.get(day.year, f"国务院办公厅关于{day.year}年部分节假日安排的通知")


def rows() -> Iterator[tuple[str, str, str, str]]:
    chinese = {holiday.value: holiday.chinese for holiday in constants.Holiday}
    kinds = [("holiday", constants.holidays, range(5)), ("makeup", constants.workdays, range(5, 7))]
    for kind, days, weekdays in kinds:
        for day, festival in days.items():
            if FIRST_YEAR <= day.year <= LAST_YEAR and day.weekday() in weekdays:
                name = chinese[festival]
                yield str(day), kind, NAMES.get(name, name), source_of(day)


def main() -> None:
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    with TARGET.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["date", "kind", "name", "source"])
        writer.writerows(written := sorted(rows()))
    print(f"{TARGET.name}: {len(written)} days, {FIRST_YEAR}-{LAST_YEAR}")


if __name__ == "__main__":
    main()
