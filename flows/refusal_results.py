"""What a refusal comes to in a run: a result that says every reason, never a crash."""

from __future__ import annotations

import asyncio
from typing import Any

from prefect import task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State

import messages
import regulations
from casework.errors import CaseworkError
from flows.artifacts import artifact_key
from flows.results import result
from flows.run_tags import tag
from flows.runtime import database
from regulations import HOUSE, Regulation, RegulationsError
from states.engine.forms.reading import FormRefused
from states.engine.refusals import ActRefused
from storage.cases import cases
from storage.people import jurisdictions


def reasons(error: Exception) -> list[dict[str, Any]]:
    """Every reason in the shape of a refusal: code, article, fact, cure, who, earliest."""
    if isinstance(error, ActRefused):
        return [refusal.as_json() for refusal in error.refusals]
    if isinstance(error, FormRefused):
        found: list[dict[str, Any]] = error.as_json()["refusals"]
        return found
    fact, cure = (error.what, error.cure) if isinstance(error, CaseworkError) else (str(error), "")
    code = getattr(error, "code", type(error).__name__)
    return [{"code": code, "article": HOUSE, "fact": fact, "cure": cure, "who": [], "earliest": None}]


async def refused(case: str, stage: str, what: str, error: Exception, jurisdiction: str | None = None) -> State[Any]:
    """The final state of a run whose act was refused: completed as ``Refused``, with every reason as data and table.

    ``jurisdiction`` is where a case was to be opened.
    """
    found = reasons(error)
    await asyncio.gather(tabulate(case, what, found, jurisdiction), tag(case, messages.text(f"stage.{stage}")))
    facts = "；".join(reason["fact"].rstrip("。.") for reason in found)
    more = [f"{number}. {reason['fact']} {reason['cure']}" for number, reason in enumerate(found, 1)]
    message = messages.text("flows.refused", count=len(found), facts=facts)
    return result(message, {"case": case, "refusals": found}, name="Refused", more=more)


@task(name="refusals", task_run_name="{case} · {what}", cache_policy=NO_CACHE)
async def tabulate(case: str, what: str, found: list[dict[str, Any]], jurisdiction: str | None = None) -> None:
    """The reasons as a table in the run."""
    regulation = await asyncio.to_thread(_judged_by, case, jurisdiction)
    table = [
        {
            messages.text("flows.column_fact"): reason["fact"],
            messages.text("flows.column_cure"): reason["cure"],
            messages.text("flows.column_article"): _cited(regulation, reason["article"]),
            messages.text("flows.column_who"): "、".join(reason.get("who_names", ())),
            messages.text("flows.column_earliest"): reason["earliest"] or "",
        }
        for reason in found
    ]
    about = messages.text("flows.refusals_about", case=case, act=what)
    await acreate_table_artifact(table, key=artifact_key("refused", case), description=about)


def _judged_by(case: str, jurisdiction: str | None) -> Regulation:
    """The regulation an act was refused by: the one the case pins, otherwise that of the jurisdiction it would open in.

    Where neither is known, the first jurisdiction stands in: nothing of its regulation is cited.
    """
    with database().reading() as session:
        known = cases.load(session, case)
        if known is not None:
            return regulations.by_key(known.regulation)
        return regulations.load(jurisdictions.asked_about(session, jurisdiction)[0].regulation)


def _cited(regulation: Regulation, article: str) -> str:
    try:
        return regulation.short(article)
    except RegulationsError:
        return article
