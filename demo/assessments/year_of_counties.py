"""The assessment year of Yangjiang: a D, a veto, a late self-assessment, and a score that has no grade."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Final

import calendars
import regulations
from demo.steps import Step

JURISDICTION: Final = "YJ"
OFFICE, SECOND, AUTHORITY, LEADER = "质量强市办甲", "质量强市办乙", "市政府", "分管质量工作的市领导"
CADRES: Final = "干部主管部门"
MEMBERS: Final = ("市发展改革局", "市住房城乡建设局", "市农业农村局", "市生态环境局", "市市场监管局")
JIANGCHENG, YANGDONG, YANGXI, YANGCHUN = COUNTIES = ("441702", "441704", "441721", "441781")
TEAMS: Final = (
    ("第一考核组", "考核组长一", "考核组员一", (JIANGCHENG, YANGDONG)),
    ("第二考核组", "考核组长二", "考核组员二", (YANGXI, YANGCHUN)),
)
LOST: Final = {JIANGCHENG: 8, YANGDONG: 17, YANGXI: 44, YANGCHUN: 10}
"""The points that each county loses: 92 A, 83 B, 56 D, and 90, which a veto makes a D."""


@dataclass(frozen=True, slots=True)
class Year:
    """The assessment year, which begins in ``begins``."""

    begins: int

    def on(self, day: str) -> date:
        """The working day written ``1-05-12`` in the year before the turn, ``2-07-01`` after it, or the next one."""
        turn, month_day = day.split("-", 1)
        found = date.fromisoformat(f"{self.begins + int(turn) - 1}-{month_day}")
        calendar = calendars.load(regulations.jurisdiction(JURISDICTION).region)
        while not calendar.is_workday(found):
            found += timedelta(days=1)
        return found

    @property
    def root(self) -> str:
        """The number of the year."""
        return f"{JURISDICTION}-{self.begins}-K01"

    def county(self, code: str) -> str:
        """The number of the assessment of a county."""
        return f"{self.root}-A{COUNTIES.index(code) + 1:02d}"

    def __call__(self, day: str, who: str, act: str, case: str = "", /, **data: Any) -> Step:
        """Who does what on which day."""
        return Step(self.on(day), who, case or self.root, act, data or None)


def steps(begins: int) -> Iterator[Step]:
    """The whole year, from its opening to its close."""
    year = Year(begins)
    yield from _scheme(year)
    yield from _targets(year)
    yield from _self_assessments(year)
    yield from _verified_and_scored(year)
    yield from _results(year)
    yield from _uses_of_results(year)
    yield from _put_right(year)


@cache
def points() -> Mapping[str, str]:
    """The points of the leading group: 40 over the criteria of the goals, 60 over those of the measures."""
    text = regulations.load("yangjiang")
    half = {group.ref: group.section for group in text.criterion_groups}
    goals = [one.ref for one in text.criteria if half[one.group] == "goals"]
    measures = [one.ref for one in text.criteria if half[one.group] != "goals"]
    given = dict.fromkeys(goals, "3.5") | dict.fromkeys(measures, "3")
    return given | {goals[-1]: "5", measures[-1]: "6"}


def _named(code: str) -> str:
    return next(unit.name for unit in regulations.jurisdiction(JURISDICTION).roster() if unit.code == code)


def _officer(code: str) -> str:
    return f"{_named(code)}联络员"


def _entries(given: Mapping[str, str], **more: Any) -> list[dict[str, Any]]:
    return [{"criterion": ref, "points": value, **more} for ref, value in given.items()]


def _scheme(year: Year) -> Iterator[Step]:
    given = _entries(points())
    yield Step(
        year.on("1-05-12"), OFFICE, year.root, "open",
        {"year": year.begins, "title": f"{year.begins}年度质量工作考核", "members": list(MEMBERS)},
        procedure="assessment_year",
    )  # fmt: skip
    wrong = [{**given[0], "points": "4.5"}, *given[1:]]
    number = f"阳质强〔{year.begins}〕3号"
    yield year("1-05-20", OFFICE, "give_points", number=number, points=wrong).refused_by("points_do_not_add_up")
    yield year("1-05-20", OFFICE, "give_points", number=number, points=given, method="按省考核要求统计")
    yield year("1-05-26", OFFICE, "publish_scheme", published_at=f"阳质强办〔{year.begins}〕5号")
    adjusted = {**points()}
    first, second = list(adjusted)[:2]
    adjusted |= {first: "4", second: "3"}
    note = {
        "number": f"阳质强〔{year.begins}〕4号",
        "published_at": f"阳质强办〔{year.begins}〕8号",
        "note": "突出制造业质量",
    }
    yield year("1-06-20", OFFICE, "adjust_scheme", points=_entries(adjusted), **note)
    late = year("1-07-02", OFFICE, "adjust_scheme", points=given, **note)
    yield late.refused_by("adjusted_after_the_start")


def _targets(year: Year) -> Iterator[Step]:
    criteria = list(points())
    aims = {
        "goals": [{"criterion": criteria[0], "aim": "制造业产品质量合格率94%"}],
        "measures": [{"criterion": criteria[-1], "aim": "培训质量人员200人次"}],
    }
    for code in COUNTIES:
        case = year.county(code)
        yield year("1-06-09", _officer(code), "file_targets", case, **aims)
        asked = {"asked_on": year.on("1-06-10").isoformat()}
        replied = {**asked, "replied_on": year.on("1-06-16").isoformat(), "opinion": "无意见"}
        silent = {**asked, "silent_on": year.on("1-06-18").isoformat()}
        opinions = [{"member": name, **replied} for name in MEMBERS[1:]] + [{"member": MEMBERS[0], **silent}]
        yield year("1-06-18", OFFICE, "consult", case, opinions=opinions)
        yield year("1-06-19", SECOND, "file_record", case, number=f"备{code}")


def _self_assessments(year: Year) -> Iterator[Step]:
    """Three in time; Yangdong hands its own in after the first of July."""
    claims = _entries(dict.fromkeys(points(), "3"), said="已完成，见台账", evidence=[{"title": "台账和数据"}])
    for code, day in ((JIANGCHENG, "2-06-24"), (YANGXI, "2-06-26"), (YANGCHUN, "2-06-29"), (YANGDONG, "2-07-08")):
        yield year(day, _officer(code), "self_assess", year.county(code), report="本年度自评", claims=claims)


def _verified_and_scored(year: Year) -> Iterator[Step]:
    yield year("2-07-02", OFFICE, "form_team", teams=[_team(*team) for team in TEAMS])
    for _, leader, member, counties in TEAMS:
        for code in counties:
            case = year.county(code)
            checks = [{"criterion": ref, "found": "现场查阅台账，数据属实"} for ref in points()]
            yield year("2-07-15", leader, "verify_on_site", case, record="座谈、查阅、走访企业", checks=checks)
            if code == YANGDONG:
                yield year("2-07-22", member, "score_county", case, scores=_scores(LOST[code] - 0.5))
                yield year("2-07-23", SECOND, "grade_county", case).refused_by("total_without_grade")
            yield year("2-07-24", member, "score_county", case, scores=_scores(LOST[code]))
            yield year("2-07-27", SECOND, "grade_county", case)


def _team(name: str, leader: str, member: str, counties: tuple[str, ...]) -> dict[str, Any]:
    expert = {"name": member, "body": "省质量检验院", "expert": True}
    return {
        "name": name,
        "leader": {"name": leader, "body": MEMBERS[-1]},
        "members": [expert],
        "counties": list(counties),
    }


def _scores(lost: float) -> list[dict[str, Any]]:
    """Full points under the first criteria, and nothing lost but this much from the last ones."""
    full = {**points()}
    first, second = list(full)[:2]
    full |= {first: "4", second: "3"}
    left, given = lost, {}
    for ref, most in reversed(full.items()):
        taken = min(left, float(most))
        left -= taken
        given[ref] = f"{float(most) - taken:g}"
    return _entries({ref: given[ref] for ref in full}, why="对照评分标准和核查情况")


def _results(year: Year) -> Iterator[Step]:
    veto = {
        "event": "区域性食品质量安全事件", "event_on": year.on("2-03-10").isoformat(), "extent": "regional",
        "finding": "经市政府调查组认定", "document": f"阳府函〔{year.begins + 1}〕12号",
    }  # fmt: skip
    yield year("2-08-12", AUTHORITY, "veto_county", year.county(YANGCHUN), **veto)
    yield year("2-09-07", OFFICE, "report_up", summary="四个县（市、区）质量工作总体平稳。")
    yield year("2-09-09", AUTHORITY, "send_back", note="阳西县扣分情况请再核实")
    case = year.county(YANGXI)
    yield year("2-09-10", "考核组员二", "score_county", case, scores=_scores(LOST[YANGXI]))
    yield year("2-09-10", SECOND, "grade_county", case)
    yield year("2-09-11", OFFICE, "report_up", summary="四个县（市、区）质量工作总体平稳，阳西县情况已复核。")
    yield year("2-09-16", AUTHORITY, "approve", note="同意")
    number = f"阳府质考〔{year.begins + 1}〕1号"
    yield year("2-09-18", OFFICE, "announce", number=number, public_at="阳江市政府网站")


def _uses_of_results(year: Year) -> Iterator[Step]:
    """Jiangcheng's two measures, two each of Yangxi and Yangchun, and the results to two bodies."""
    for number in range(1, 9):
        who = CADRES if number == 7 else OFFICE
        yield year("2-09-24", who, "receipt_outcome", f"{year.root}-U{number:02d}", receipt=f"回执{number:02d}")


def _put_right(year: Year) -> Iterator[Step]:
    """Yangchun's report is accepted; Yangxi's is found wanting, and settled after the talk."""
    for code, day in ((YANGCHUN, "2-10-12"), (YANGXI, "2-10-15")):
        by = year.on("2-11-20").isoformat()
        measures = [{"measure": "补齐检验能力", "by": by, "responsible": "分管副县（市）长"}]
        answer = {"report": "整改工作报告", "measures": measures, "copied": f"{_named(code)}府〔{year.begins + 1}〕9号"}
        yield year(day, _officer(code), "report_putting_right", year.county(code), **answer)
    yield year("2-10-20", OFFICE, "accept_report", year.county(YANGCHUN), note="措施具体，同意")
    yield year(
        "2-10-22",
        OFFICE,
        "find_wanting",
        year.county(YANGXI),
        note="检验能力建设没有落实",
        people=["阳西县长", "分管副县长"],
    )
    yield year("2-10-23", OFFICE, "close").refused_by("county_not_settled")
    yield from _talk(year, f"{year.root}-Y01")
    settled = {
        "talk": f"{year.root}-Y01",
        "held_on": year.on("2-10-28").isoformat(),
        "note": "已按承诺整改",
    }
    yield year("2-11-23", OFFICE, "settle_after_talk", year.county(YANGXI), **settled)
    yield year("2-11-25", OFFICE, "close")


def _talk(year: Year, talk: str) -> Iterator[Step]:
    """The city leader talks to Yangxi; what was promised is done and found so."""
    day, kept = year.on("2-10-28").isoformat(), f"{year.root}-B01"
    yield year("2-10-23", LEADER, "decide", talk, note="同意约谈")
    yield year("2-10-26", OFFICE, "notify_unit", talk, talk_on=day, place="市政府", host="分管副市长")
    promised = [{"text": "补齐检验设备并通过验收", "due_on": year.on("2-11-18").isoformat()}]
    held = {"attended": ["阳西县长", "分管副县长"], "minutes": "通报问题，提出要求", "commitments": promised}
    yield year("2-10-28", OFFICE, "hold_talk", talk, **held)
    evidence = [{"title": "验收报告"}]
    yield year("2-11-16", _officer(YANGXI), "report", kept, summary="设备到位并验收", evidence=evidence)
    yield year("2-11-18", OFFICE, "accept", kept, note="核实属实")
    yield year("2-11-20", OFFICE, "follow_up_talk", talk, outcome="settled", note="承诺已落实", evidence=evidence)
