"""Topics in use that read like those of an inspection: two wordings may be one problem (Tongliang art. 12)."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Final

from access.policy import Read
from access.visible_cases import open_reader
from casework.acts.act_models import LikeTopic
from casework.acts.request_context import RequestContext
from states.engine.case import Case
from states.packs import pack_of
from storage.cases import frequency

LIKE: Final = 0.6
"""From which share of common characters on two topics are shown as alike."""


def like_topics(request: RequestContext, case: Case) -> tuple[LikeTopic, ...]:
    """The topics of other inspections, held or taken on the day of the act, that read like those of this one."""
    pack = pack_of(case.regulation)
    own = {key.value for key in pack.keys_of(case) if key.kind in pack.frequency.topic_keys}
    reader = open_reader(request.session, request.acting())
    if not own or not reader.sees_jurisdiction(Read.FREQUENCY, case.jurisdiction):
        return ()
    uses = frequency.uses_of_kinds(request.session, case.jurisdiction, pack.frequency.topic_keys, request.on)
    found = (
        LikeTopic(case=use.case, key_kind=use.key.kind, topic=use.key.value, until=use.until)
        for use in uses
        if use.case != case.id and any(_alike(use.key.value, topic) for topic in own)
    )
    return tuple(found)


def _alike(one: str, other: str) -> bool:
    return one in other or other in one or SequenceMatcher(None, one, other, autojunk=False).ratio() >= LIKE
