"""Doing an act: the one door through which cases change (rule 1 of docs/rules.md).

An act is done whole or not at all, and once: the same request key again gets the same answer.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

from pydantic import BaseModel

from casework.acts import act_log, case_resolution
from casework.acts.act_answers import answer_of, cited
from casework.acts.act_models import ActRequest, ActResult
from casework.acts.act_transaction import ActTransaction
from casework.acts.names_in_data import with_codes
from casework.acts.refusals_seen import as_seen
from casework.acts.request_context import RequestContext, case_of, open_context, to_find_account
from casework.clock import Clock
from casework.errors import Conflict
from casework.packs import PARTS, consequences_for
from regulations.jurisdictions import INSPECTION
from states.engine.evaluate import evaluate
from states.engine.forms.base import Form
from states.engine.forms.reading import FormRefused, read_form
from states.engine.refusals import ActRefused
from states.packs import instrument_named, pack_of, procedure_of
from storage import canonical, statements
from storage.cases import cases, idempotency
from storage.engine import Session

Data = Mapping[str, Any] | Sequence[Mapping[str, Any]] | None


def do_act(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    case_id: str,
    name: str,
    data: Data = None,
    *,
    each_target: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> ActResult:
    """Do an act on a case, or on the part of an inspection that is meant, and say what came of it.

    ``data`` is what the act's form asks for; a list does the act once for each entry, all or none, and ``each_target``
    once for each part of the inspection. ``tell`` is called with the number done and the total. Raises ActRefused,
    FormRefused, NotFound, NotPermitted, Conflict.
    """

    def perform(desk: RequestContext) -> ActResult:
        acting = ActTransaction(desk, consequences_for)
        inspection = acting.keep_family(case_id)
        case = inspection if inspection.id == case_id else acting.keep(case_id).case
        act = case_resolution.act_meant(case, name)
        given = [with_codes(session, case.jurisdiction, one, inspection) for one in _entries(data)]
        if each_target:
            given = [each for one in given for each in case_resolution.for_each_part(desk, case, act, one)]
        with as_seen(desk):
            for number, entry in enumerate(given, start=1):
                for errand in case_resolution.resolve(desk, case, act, entry):
                    _run(acting, errand)
                if tell is not None:
                    tell(number, len(given))
        log.performed(acting)
        return answer_of(acting)

    with act_log.recorded(case_id, name) as log:
        statements.fetch_ahead(session, to_find_account(asked.actor), cases.to_lock_inspection(case_id))
        request = {"case": case_id, "act": name, "data": data or {}} | ({"each_target": True} if each_target else {})
        home = replace(asked, jurisdiction=cases.lock_jurisdiction(session, case_id))
        return _once(session, clock, home, request, perform, log)


def open_inspection(session: Session, clock: Clock, asked: ActRequest, data: Mapping[str, Any]) -> ActResult:
    """Open an inspection and say its number, and which others touch its targets or have a topic like its own.

    Raises ActRefused, FormRefused, NotPermitted, Conflict, regulations.UnknownJurisdiction, regulations.NotInForce.
    """
    return _open(session, clock, asked, INSPECTION, data, {"act": "open", "data": data})


def open_root(session: Session, clock: Clock, asked: ActRequest, procedure: str, data: Mapping[str, Any]) -> ActResult:
    """Open a case of a procedure whose cases belong to no other case.

    Raises ActRefused, FormRefused, NotFound for a kind of work that the jurisdiction does not do, NotPermitted,
    Conflict, regulations.UnknownJurisdiction, regulations.NotInForce.
    """
    if instrument_named(procedure) == INSPECTION:
        return open_inspection(session, clock, asked, data)
    request = {"act": "open", "procedure": procedure, "data": data}
    return _open(session, clock, asked, procedure, data, request)


def _open(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    procedure: str,
    data: Mapping[str, Any],
    request: dict[str, Any],
) -> ActResult:
    def perform(desk: RequestContext) -> ActResult:
        desk.acting_for(asked.jurisdiction)
        acting, part = ActTransaction(desk, consequences_for), PARTS[instrument_named(procedure)]
        with as_seen(desk):
            case = part.open_root(
                acting, procedure, with_codes(session, desk.acting().jurisdiction, data, procedure=procedure)
            )
        log.performed(acting)
        seen = {"overlaps": part.overlaps(desk, case), "like_topics": part.like_topics(desk, case)}
        return answer_of(acting).model_copy(update=seen)

    with act_log.recorded("", "open") as log:
        return _once(session, clock, asked, request, perform, log)


def _entries(data: Any) -> Sequence[Mapping[str, Any]]:
    """What is to be done once each. Raises FormRefused for what is neither fields nor a list of them."""
    entries = data if isinstance(data, list | tuple) and data else [{} if data is None else data]
    for entry in entries:
        if not isinstance(entry, Mapping):
            read_form(Form, entry)
    return entries


def _run(acting: ActTransaction, errand: case_resolution.TargetedAct) -> None:
    if errand.opens is None:
        acting.act(errand.case.id, errand.act, _form_of(acting.desk, errand) if _known(errand) else None)
        return
    form = read_form(pack_of(errand.case.regulation).procedures[errand.opens].rows(errand.act)[0].form, errand.data)
    inspection = acting.desk.inspection(errand.case)
    meant = case_resolution.unit_meant(acting.desk.actor, errand.case, acting.desk.facts(errand.case))
    acting.open_child(inspection, errand.opens, form, unit=errand.unit or meant)


def _form_of(desk: RequestContext, errand: case_resolution.TargetedAct) -> BaseModel:
    """The form of an act. Where the form is refused, every refusal of the act by its rules is reported with it."""
    try:
        return read_form(procedure_of(errand.case).rows(errand.act)[0].form, errand.data)
    except FormRefused as refused:
        verdict = evaluate(errand.case, errand.act, desk.context(errand.case))
        case = errand.case
        against = ActRefused(case.id, errand.act, verdict.refusals, case) if verdict.refusals else None
        raise FormRefused(refused.problems, against) from None


def _known(errand: case_resolution.TargetedAct) -> bool:
    return bool(procedure_of(errand.case).rows(errand.act))


def _once(
    session: Session,
    clock: Clock,
    asked: ActRequest,
    request: dict[str, Any],
    perform: Callable[[RequestContext], ActResult],
    log: act_log.ActLog,
) -> ActResult:
    """Perform a request, or answer what came of it when it was performed before. Texts are made anew each time."""
    desk = open_context(session, clock, asked.actor, asked.on, jurisdiction=asked.jurisdiction)
    log.account = desk.actor
    # Two jurisdictions that use one key mean two requests.
    key = None if asked.key is None else f"{desk.acting().jurisdiction}:{asked.key}"
    if key is not None:
        digest = _digest({**request, "actor": desk.acting().name, "on": asked.on})
        try:
            given = idempotency.claim(session, key, digest, desk.now)
        except idempotency.OtherRequest as error:
            raise Conflict("key_reused", key=asked.key) from error
        if given is not None:
            log.answer = ActResult.model_validate({**given, "repeated": True})
            return _cited(session, log.answer)
    log.answer = answer = perform(desk)
    if key is not None:
        idempotency.keep(session, key, answer.model_dump(mode="json"))
    return _cited(session, answer)


def _cited(session: Session, result: ActResult) -> ActResult:
    """The result with its citations. A result kept by an earlier version does not name its regulation."""
    return cited(result, result.regulation or case_of(session, result.case).regulation)


def _digest(request: object) -> str:
    """The fingerprint of what is asked; days and whatever else a YAML file may hold go in as they are written."""
    return sha256(canonical.dumps(_written_out(request)).encode()).hexdigest()


def _written_out(value: object) -> object:
    if isinstance(value, Mapping):
        return {str(name): _written_out(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_written_out(inner) for inner in value]
    return str(value)
