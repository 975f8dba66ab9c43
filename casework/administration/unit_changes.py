"""The succession of units as an act: rename, new code, merge, split, abolish, each from a day and on record.

Cases keep the codes they were opened with; from the day of the act on the unit that takes over has the duties, the
officers and the frequency keys of the one that ended (``states.engine.successions``).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import messages
import regulations
from casework.acts.act_models import ActRequest
from casework.acts.request_context import RequestContext, open_context
from casework.administration.jurisdiction_setup import new_officers
from casework.administration.unit_models import UnitChangeAnswer, UnitChangeRefused, changed_unit
from casework.clock import Clock
from casework.errors import NotPermitted
from messages.errors import HOUSE
from messages.names import fold_name
from regulations import Unit, office_name
from regulations.rosters import unit_code
from states.engine.case import Role
from states.engine.successions import Change, UnitChange
from states.engine.unit_checks import Standing, refusals
from storage.cases import cases
from storage.engine import Session
from storage.journal import account_journal, unit_journal
from storage.messages import notices
from storage.messages.notices import Notice
from storage.people import accounts, successions, units


@dataclass(frozen=True, slots=True)
class WantedChange:
    """A change as it is asked for: codes before, and codes with names after (None: the name it has)."""

    change: Change
    before: tuple[str, ...]
    after: tuple[tuple[str, str | None], ...]
    on: date | None = None
    reason: str = ""
    heir: str | None = None


def change_units(
    session: Session, clock: Clock, asked: ActRequest, wanted: WantedChange, *, dry: bool = False
) -> UnitChangeAnswer:
    """Record a change of units by a coordinator; ``dry`` returns the same answer and changes nothing.

    Raises NotPermitted, and UnitChangeRefused with every unmet condition.
    """
    request = coordinator_at_work(session, clock, asked)
    with session.begin_nested() as savepoint:
        unit_journal.keep(session, request.acting().jurisdiction)
        roster = {unit.code: unit for unit in units.roster(session, request.acting().jurisdiction)}
        done = record_change(request, _change(wanted, roster, request.today), wanted.reason)
        if dry:
            savepoint.rollback()
    return done.model_copy(update={"dry_run": dry})


def record_change(request: RequestContext, change: UnitChange, reason: str) -> UnitChangeAnswer:
    """Check a change and record it with the accounts that follow and the people who are told. Raises as above."""
    session, home = request.session, request.jurisdiction()
    standing = _standing(session, home.code, [unit.code for unit in change.before])
    found = refusals(change, reason, standing, request.today)
    if found:
        pinned = regulations.load(home.regulation).key
        raise UnitChangeRefused(tuple(replace(one, article=HOUSE, regulation=pinned, home=home) for one in found))
    by, at = request.acting().name, request.now
    unit_journal.enter(session, home.code, [change], by, at, reason)
    moved = [
        replace(actor, unit=change.heir)
        for actor in accounts.active(session, home.code)
        if actor.unit in change.ended and change.heir is not None
    ]
    account_journal.enter(session, moved, by, at)
    added = new_officers(session, home.code, change.after, renamed=change.change != "corrected")
    account_journal.enter(session, added, by, at)
    waiting = tuple(dict.fromkeys(case for code in sorted(change.ended) for case in standing.open_cases.get(code, ())))
    if change.change not in ("added", "corrected"):
        notices.add(session, _notice(request, change, reason, waiting))
    return UnitChangeAnswer(
        dry_run=False,
        change=change.change,
        on=change.on,
        before=tuple(map(changed_unit, change.before)),
        after=tuple(map(changed_unit, change.after)),
        heir=change.heir,
        open_cases=waiting,
        accounts_moved=tuple(actor.name for actor in moved),
        accounts_added=tuple(actor.name for actor in added),
    )


def coordinator_at_work(session: Session, clock: Clock, asked: ActRequest) -> RequestContext:
    """The request of a coordinator of the joint office, which keeps the list of units. Raises NotPermitted."""
    request = open_context(session, clock, asked.actor, jurisdiction=asked.jurisdiction)
    actor = request.acting_for(asked.jurisdiction)
    if not actor.holds(Role.COORDINATOR) or actor.automation:
        office = office_name(Role.COORDINATOR, request.jurisdiction())
        raise NotPermitted("units_coordinator_only", name=actor.name, coordinator=office)
    return request


def _change(wanted: WantedChange, roster: dict[str, Unit], today: date) -> UnitChange:
    """The change with its units in full; a new one has category and parent of the first one before it."""
    codes = list(wanted.before)
    if wanted.change == "merged":
        codes += [code for code, _ in wanted.after if code in roster and code not in codes]
    before = tuple(roster.get(code, Unit(code, code, "", "")) for code in codes)
    model = before[0]
    after = tuple(
        replace(roster.get(code, replace(model, code=code, source="")), **({"name": fold_name(name)} if name else {}))
        for code, name in ((unit_code(code) or code, name) for code, name in wanted.after)
    )
    heir = wanted.heir or (
        after[0].code if after and {unit.code for unit in before} - {unit.code for unit in after} else None
    )
    return UnitChange(wanted.change, wanted.on or today, before, after, heir)


def _standing(session: Session, jurisdiction: str, codes: Sequence[str]) -> Standing:
    return Standing(
        units={unit.code: unit for unit in units.roster(session, jurisdiction)},
        became=successions.load(session, jurisdiction),
        open_cases={code: _open_cases(session, jurisdiction, code) for code in codes},
    )


def _open_cases(session: Session, jurisdiction: str, code: str) -> tuple[str, ...]:
    """Open cases about a unit, those whose duties it took over among them, and open inspections of it."""
    theirs = successions.load(session, jurisdiction).answers_for(code)
    about = cases.find(session, jurisdiction=jurisdiction, unit=theirs, open=True)
    inspected = cases.find(session, jurisdiction=jurisdiction, target=theirs, open=True)
    return tuple(case.id for case in (*inspected, *about))


def _notice(request: RequestContext, change: UnitChange, reason: str, waiting: Iterable[str]) -> Notice:
    """What the officer of the unit that goes on, and the joint office, are told."""
    jurisdiction = request.acting().jurisdiction
    params = {
        "before": "、".join(unit.name for unit in change.before),
        "after": "、".join(f"{unit.name}（{unit.code}）" for unit in change.after) or "—",
        "change": messages.text(f"console.unit_is_{change.change}", "zh"),
        "on": change.on,
        "reason": reason,
        "cases": "、".join(waiting) or "—",
    }
    codes = ",".join(unit.code for unit in change.before)
    recipient = change.heir or (change.after[0].code if change.after else None)
    return Notice(
        key=f"units:{jurisdiction}:{codes}:{change.change}:{request.now.isoformat()}",
        jurisdiction=jurisdiction,
        kind="task",
        dated_on=request.today,
        recipient_role=",".join([Role.COORDINATOR, *([Role.TARGET_OFFICER] if recipient else [])]),
        recipient=recipient,
        subject=messages.text("notice.units_subject", "zh", **params),
        text=messages.text("notice.units", "zh", **params),
        created_at=request.now,
        mail_state="queued",
    )
