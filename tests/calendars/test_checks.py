"""A sound notice passes every check; a corrupted copy fails one and is told why."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from calendars import CalendarRefused
from calendars.bundled_notices import texts
from calendars.holiday_text.checks import check
from calendars.holiday_text.parser import parse_file

SOUND = texts()


def failed(text: str) -> set[str]:
    return {problem.check for problem in check(parse_file(text))}


@pytest.mark.parametrize("name", SOUND)
def test_every_notice_passes(name: str) -> None:
    assert check(parse_file(SOUND[name])) == []


@pytest.mark.parametrize(
    ("name", "sound", "corrupted", "fails"),
    [
        # Found in reposts of the notices.
        ("2017.txt", "10月1日至8日", "0月1日至8日", "no_such_date"),
        ("2015.txt", "4月5日放假，4月6日", "4月4日放假，4月6日", "statutory"),
        ("2024.txt", "与周末连休", "与周六连休", "not_understood"),
        # Look-alikes and slips.
        ("2026.txt", "1月1日（周四）", "l月1日（周四）", "no_such_date"),
        ("2026.txt", "10月10日（周六）", "1O月10日（周六）", "not_understood"),
        ("2026.txt", "2月14日（周六）", "2月14曰（周六）", "not_understood"),
        ("2026.txt", "5月9日（周六）上班", "5月9日（周六）上斑", "not_understood"),
        ("2026.txt", "三、清明节：", "三、清眀节：", "holidays"),
        ("2026.txt", "1月4日（周日）", "1月4日（周六）", "weekday"),
        ("2026.txt", "共9天", "共8天", "total"),
        ("2026.txt", "5月9日（周六）", "5月8日（周五）", "makeup_weekend"),
        ("2026.txt", "2月28日（周六）", "3月28日（周六）", "makeup_distance"),
        ("2026.txt", "2月14日（周六）、2月28日（周六）上班", "2月14日（周六）上班", "balance"),
        ("2026.txt", "9月20日（周日）", "10月4日（周日）", "both_ways"),
        (
            "2026.txt",
            "6月19日（周五）至21日（周日）放假，共3天",
            "6月20日（周六）至21日（周日）放假，共2天",
            "statutory",
        ),
        (
            "2026.txt",
            "　　四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。\n",
            "",
            "holidays",
        ),
        ("2026.txt", "现将2026年", "现将2025年", "lead_year"),
        ("2026.txt", "元旦、春节、清明节", "元旦、清明节", "lead_holidays"),
        ("2026.txt", "二、春节", "三、春节", "numerals"),
        ("2026.txt", "〔2025〕7号", "〔2024〕7号", "number_year"),
        ("2026.txt", "国办发明电〔2025〕7号\n\n", "国办发明电〔2O25〕7号\n\n", "number"),
        ("2026.txt", "2025年11月4日", "2026年11月4日", "signed_year"),
        ("2019.txt", "2018年12月29日", "2017年12月30日", "year_of_date"),
        ("2014.txt", "6月2日放假，与周末连休", "6月4日放假，与周末连休", "joins_weekend"),
        ("2004.txt", "22日、23日、24日为法定", "22日、23日、25日为法定", "claimed_statutory"),
        ("2009.txt", "10月4日（星期日）照常公休", "10月5日（星期一）照常公休", "claimed_weekend"),
        ("2004.txt", "三个公休日", "两个公休日", "moved"),
    ],
)
def test_a_corrupted_copy_is_caught(name: str, sound: str, corrupted: str, fails: str) -> None:
    text = SOUND[name]
    assert sound in text
    assert fails in failed(text.replace(sound, corrupted))


def test_a_problem_names_the_sentence_and_what_was_expected() -> None:
    (problem,) = check(parse_file(SOUND["2026.txt"].replace("1月4日（周日）", "1月4日（周六）")))
    assert (problem.sentence, problem.expected) == ("一、1月4日（周六）上班", "2026-01-04（周日）")


def test_a_copy_with_half_width_signs_and_odd_blanks_reads_the_same() -> None:
    text = SOUND["2026.txt"]
    careless = text.replace("（", "(").replace("）", ")").replace("，", ", ").replace("：", ":").replace("月", "⽉")
    careless = careless.replace("10月", "１０月").replace("上班", "上\u200b班")
    assert parse_file(careless).notice.days == parse_file(text).notice.days


def mutated(text: str) -> Iterator[str]:
    """The notice with one number one more or one less, each in turn."""
    body = "\n".join(line for line in text.splitlines() if not line.startswith("#"))
    for number in re.finditer(r"\d+", body):
        for by in (-1, 1):
            yield body[: number.start()] + str(int(number[0]) + by) + body[number.end() :]


def test_a_notice_with_one_wrong_number_is_caught(capsys: pytest.CaptureFixture[str]) -> None:
    outcomes = Counter[str]()
    for text in SOUND.values():
        sound = [(day.date, day.kind) for day in parse_file(text).notice.days]
        for mutation in mutated(text):
            try:
                reading = parse_file(mutation)
            except CalendarRefused:
                outcomes["caught"] += 1
                continue
            same = [(day.date, day.kind) for day in reading.notice.days] == sound
            outcomes["caught" if check(reading) else "harmless" if same else "missed"] += 1
    harmful = outcomes["caught"] + outcomes["missed"]
    with capsys.disabled():
        share = f"{outcomes['caught']} of {harmful} ({outcomes['caught'] / harmful:.2%})"
        print(f"\nsingle-number mutations: {share} of the harmful caught; {outcomes['harmless']} harmless")
    assert outcomes["missed"] <= 1  # 2015: 9月3日全国放假 → 10月3日, a Saturday
