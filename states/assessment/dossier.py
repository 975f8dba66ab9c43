"""The documents in the dossier of a year and of its counties, parsed as their forms."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from regulations import Regulation
from states.assessment import scheme
from states.assessment.forms.results import AnnounceResult, AnnounceResults, FindWanting, OrderOutcome, ReportUp
from states.assessment.forms.scheme import FormTeam, GivePoints, OpenYear, TeamGroup
from states.assessment.forms.scoring import DrawSpotChecks, RecordFalsehood, ScoreCounty, VetoCounty
from states.assessment.forms.targets import Consult, FileTargets, RecordTargets, SelfAssess
from states.engine.case import Case


def opening(year: Case) -> OpenYear | None:
    """What the year was opened with."""
    return year.read("opening", OpenYear)


def members(year: Case) -> tuple[str, ...]:
    """The member departments of the leading group."""
    opened = opening(year)
    return opened.members if opened else ()


def scheme_versions(year: Case) -> list[GivePoints]:
    """Every version of the scheme, in order."""
    return year.read_all("schemes", GivePoints)


def points(year: Case) -> dict[str, Decimal]:
    """The points by criterion of the scheme in force; empty while there is none."""
    versions = scheme_versions(year)
    return scheme.points_by_criterion(versions[-1].points) if versions else {}


def teams(year: Case) -> tuple[TeamGroup, ...]:
    """The groups of the assessment team."""
    formed = year.read("team", FormTeam)
    return formed.teams if formed else ()


def people(group: TeamGroup) -> tuple[str, ...]:
    """The leader and the members of a group."""
    return (group.leader.name, *(one.name for one in group.members))


def staffed_people(year: Case) -> frozenset[str]:
    """Everybody of the team."""
    return frozenset(name for group in teams(year) for name in people(group))


def team_for(year: Case, county: str | None) -> TeamGroup | None:
    """The group that assesses a county."""
    return next((group for group in teams(year) if county in group.counties), None)


def report(year: Case) -> ReportUp | None:
    """The composite report."""
    return year.read("composite_report", ReportUp)


def announcement(year: Case) -> AnnounceResults | None:
    """The bulletin."""
    return year.read("announcement", AnnounceResults)


def bulletin_day(year: Case) -> date | None:
    """The day of the bulletin."""
    announced = announcement(year)
    return (announced.bulletin_on or year.dated("announcement")) if announced else None


def targets(county: Case) -> FileTargets | None:
    """The goals and measures of a county."""
    return county.read("targets", FileTargets)


def opinions(county: Case) -> Consult | None:
    """What the member departments said about them."""
    return county.read("opinions", Consult)


def record(county: Case) -> RecordTargets | None:
    """The filing of the targets."""
    return county.read("record", RecordTargets)


def self_assessment(county: Case) -> SelfAssess | None:
    """What the county claims."""
    return county.read("self_assessment", SelfAssess)


def claimed(county: Case) -> dict[str, Decimal]:
    """The points that a county claims, by criterion."""
    handed_in = self_assessment(county)
    return scheme.points_by_criterion(handed_in.claims) if handed_in else {}


def draw(county: Case) -> DrawSpotChecks | None:
    """The criteria drawn for spot checks."""
    return county.read("spot_checks", DrawSpotChecks)


def scored(county: Case) -> dict[str, Decimal]:
    """The scores in force, by criterion."""
    versions = county.read_all("scores", ScoreCounty)
    return scheme.points_by_criterion(versions[-1].scores) if versions else {}


def total(county: Case) -> Decimal | None:
    """The sum of the scores; None while there are none."""
    found = scored(county)
    return scheme.total(found) if found else None


def standing_veto(county: Case) -> VetoCounty | None:
    """The veto that stands; None where there is none, or it was lifted."""
    vetoes = county.read_all("vetoes", VetoCounty)
    return vetoes[-1] if len(vetoes) > len(county.days("lifted_vetoes")) else None


def grade(county: Case, regulation: Regulation) -> str | None:
    """The grade: the lowest under a veto, else the one of the total; None where the total has none or is missing."""
    if standing_veto(county) is not None:
        return scheme.lowest_grade(regulation).code
    points = total(county)
    return None if points is None else scheme.grade_of(points, regulation)


def falsehoods(county: Case) -> list[RecordFalsehood]:
    """What was concealed or stated falsely."""
    return county.read_all("falsehoods", RecordFalsehood)


def result(county: Case) -> AnnounceResult | None:
    """The result as it was announced."""
    return county.read("result", AnnounceResult)


def outcome(case: Case) -> OrderOutcome | None:
    """The use made of a result."""
    return case.read("order", OrderOutcome)


def found_wanting(county: Case) -> list[FindWanting]:
    """Each time that things were not put right."""
    return county.read_all("wanting", FindWanting)
