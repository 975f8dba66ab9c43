"""Opening a campaign: its number, its regulation, and the units it is about."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from casework.acts.act_transaction import ActTransaction
from casework.acts.request_context import RequestContext
from casework.acts.root_case import Application, blank_root, regulation_for
from regulations import Regulation
from states.campaign.forms.campaign import OpenCampaign
from states.engine.case import Case
from states.engine.forms.reading import read_form
from states.packs import pack_of
from storage.people import successions

CAMPAIGN: Final = "campaign"
"""The instrument, and the procedure of its roots."""


def open_campaign(transaction: ActTransaction, procedure: str, data: Mapping[str, Any]) -> Case:
    """Open a campaign; where its draft names no units, it is about all that the text means.

    Raises FormRefused, ActRefused, NotFound, regulations.NotInForce.
    """
    form = read_form(OpenCampaign, data)
    jurisdiction, regulation = regulation_for(transaction.desk, CAMPAIGN)
    targets = form.targets or _units_of_the_text(transaction.desk, jurisdiction.code, regulation)
    form = form.model_copy(update={"targets": targets})
    letter = pack_of(regulation.key).procedures[procedure].letter
    application = Application(procedure, letter, form.year, form.title, targets=targets)
    return transaction.open(blank_root(transaction.desk, jurisdiction, regulation, application), form).after


def _units_of_the_text(request: RequestContext, jurisdiction: str, regulation: Regulation) -> tuple[str, ...]:
    labels = {category.label for category in regulation.target_categories}
    standing = successions.standing(request.session, jurisdiction)
    return tuple(unit.code for unit in standing if unit.category in labels)
