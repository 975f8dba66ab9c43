"""The model of each command's ``--json`` answer; its JSON Schema is made from that model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from types import GenericAlias
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class AnswerEntry:
    """A command and the ``module:model`` of its answer; ``many`` if the answer is a list of models."""

    command: str
    target: str
    many: bool = False

    @property
    def name(self) -> str:
        """The name of the model, followed by ``[]`` for a list."""
        return self.target.partition(":")[2] + ("[]" if self.many else "")

    def adapter(self) -> TypeAdapter[Any]:
        """A type adapter that validates the answer or generates its schema."""
        from pydantic import TypeAdapter

        module, _, name = self.target.partition(":")
        model = getattr(import_module(module), name)
        answer: Any = GenericAlias(list, (model,)) if self.many else model
        return TypeAdapter(answer)


ANY_ACT: Final = "PROCEDURE ACT"
_ACT = "casework.acts.act_models:ActResult"
_CASES = "casework.views.case_models"
_CAMPAIGN = "casework.campaign.campaign_models"
_RECORDS = "casework.views.case_records"
_ACCOUNTS = "casework.administration.account_administration"
_GRANTS = "casework.administration.reading_grants"
_CALENDAR = "casework.views.calendar_models"
_ANCHORS = "operations.anchors.anchor_models"
_BACKUPS = "operations.backup_models"
_BUNDLES = "operations.bundles.bundle_models"
_UNITS = "casework.administration.unit_models"
UNIT_CHANGES: Final = ("rename", "recode", "merge", "split", "abolish")
_JURISDICTIONS = "casework.administration.jurisdiction_models"
_TEXTS = "casework.administration.own_text_models"
_CLI = "cli.output.answer_models"

ANSWERS: Final = (
    AnswerEntry(ANY_ACT, _ACT),
    AnswerEntry("act", _ACT),
    AnswerEntry("template", f"{_CLI}:TemplateNames", many=True),
    AnswerEntry("template NAME", f"{_CLI}:TemplateAnswer"),
    AnswerEntry("todo", "casework.views.todo_models:TodoList"),
    AnswerEntry("case list", f"{_CASES}:CaseRow", many=True),
    AnswerEntry("case show", f"{_CASES}:CaseView"),
    AnswerEntry("case why", f"{_CASES}:ActAnswer"),
    AnswerEntry("overdue", "casework.views.overdue_deadlines:OverdueTable"),
    AnswerEntry("frequency", "casework.views.frequency_board:FrequencyBoard"),
    AnswerEntry("board", f"{_CAMPAIGN}:CampaignBoard"),
    AnswerEntry("indicator list", f"{_CAMPAIGN}:IndicatorRow", many=True),
    AnswerEntry("indicator show", f"{_CAMPAIGN}:IndicatorView"),
    AnswerEntry("reading import", f"{_CAMPAIGN}:ReadingsImport"),
    AnswerEntry("notice list", "casework.views.message_models:MessageView", many=True),
    AnswerEntry("notice send", "casework.nightly.mail_models:MailAnswer"),
    AnswerEntry("document show", f"{_RECORDS}:DocumentView"),
    AnswerEntry("journal show", f"{_RECORDS}:JournalEntryView", many=True),
    AnswerEntry("journal verify", f"{_ANCHORS}:JournalVerification"),
    AnswerEntry("journal anchor", f"{_ANCHORS}:AnchorView"),
    AnswerEntry("bundle make", f"{_BUNDLES}:BundleView"),
    AnswerEntry("bundle verify", f"{_BUNDLES}:BundleVerification"),
    AnswerEntry("access list", "casework.views.access_list:AccessView", many=True),
    AnswerEntry("regulation list", "casework.views.regulation_views:RegulationRow", many=True),
    AnswerEntry("regulation show", "casework.views.regulation_views:RegulationView"),
    AnswerEntry("regulation article", "casework.views.regulation_views:ArticleView"),
    AnswerEntry("regulation search", "casework.views.regulation_views:ClauseFound", many=True),
    AnswerEntry("regulation import", f"{_TEXTS}:ImportedText"),
    AnswerEntry("regulation confirm", f"{_TEXTS}:DecidedProposals"),
    AnswerEntry("regulation check", f"{_TEXTS}:TextCheck"),
    AnswerEntry("regulation diff", "casework.views.regulation_differences:RegulationDifference"),
    AnswerEntry("regulation migrate", "casework.administration.version_models:VersionMigration"),
    AnswerEntry("regulation add", f"{_TEXTS}:AddedText"),
    AnswerEntry("coverage", "casework.views.regulation_views:CoverageRow", many=True),
    AnswerEntry("schema", f"{_CLI}:SchemaRow", many=True),
    AnswerEntry("calendar due", f"{_CALENDAR}:DueView"),
    AnswerEntry("calendar days", f"{_CALENDAR}:DayView", many=True),
    AnswerEntry("calendar show", f"{_CALENDAR}:YearView"),
    AnswerEntry("calendar import", f"{_CALENDAR}:HolidayNoticeProposal"),
    AnswerEntry("calendar withdraw", f"{_CALENDAR}:NoticeWithdrawal"),
    AnswerEntry("calendar check", f"{_CALENDAR}:NoticeCheck"),
    AnswerEntry("calendar versions", f"{_CALENDAR}:CalendarVersions"),
    AnswerEntry("init", f"{_CLI}:InitAnswer"),
    AnswerEntry("practice now", "casework.administration.practice:PracticeDay"),
    AnswerEntry("migrate", f"{_CLI}:MigrateAnswer"),
    AnswerEntry("jurisdiction new", f"{_JURISDICTIONS}:JurisdictionEntry"),
    AnswerEntry("jurisdiction add", f"{_JURISDICTIONS}:JurisdictionEntry"),
    AnswerEntry("jurisdiction list", f"{_JURISDICTIONS}:JurisdictionRow", many=True),
    AnswerEntry("jurisdiction show", f"{_JURISDICTIONS}:JurisdictionView"),
    AnswerEntry("unit list", "casework.views.unit_lists:UnitView", many=True),
    *(AnswerEntry(f"unit {change}", f"{_UNITS}:UnitChangeAnswer") for change in UNIT_CHANGES),
    AnswerEntry("unit import", f"{_UNITS}:RosterAnswer"),
    AnswerEntry("unit history", f"{_UNITS}:UnitChangeRow", many=True),
    AnswerEntry("account list", f"{_ACCOUNTS}:AccountView", many=True),
    AnswerEntry("account add", f"{_ACCOUNTS}:AccountView"),
    AnswerEntry("account remove", f"{_ACCOUNTS}:ClosedAccount"),
    AnswerEntry("account history", f"{_ACCOUNTS}:AccountChangeView", many=True),
    AnswerEntry("account grants", f"{_GRANTS}:ReadingGrantView", many=True),
    AnswerEntry("account grant", f"{_GRANTS}:ReadingGrantView"),
    AnswerEntry("account revoke", f"{_GRANTS}:ReadingGrantView"),
    AnswerEntry("demo", "demo.summary_models:DemoSummary"),
    AnswerEntry("simulate", "simulation.result_models:SimulationResult"),
    AnswerEntry("sweep", "cli.operations.sweep_models:SweepAnswer"),
    AnswerEntry("follow-up", "casework.nightly.follow_up_models:FollowUpResult", many=True),
    AnswerEntry("backup", f"{_BACKUPS}:BackupResult"),
    AnswerEntry("restore", f"{_BACKUPS}:RestoreResult"),
    AnswerEntry("quarantine show", f"{_BACKUPS}:HeldBackView"),
    AnswerEntry("quarantine release", f"{_BACKUPS}:HeldBackView"),
    AnswerEntry("doctor", "operations.health_checks.health_models:HealthReport"),
    AnswerEntry("version", f"{_CLI}:VersionAnswer"),
    AnswerEntry("error", "messages.answers:ErrorView"),
    AnswerEntry("refusals", "messages.answers:RefusalList"),
)
"""In the order of the help page; any command may answer ``error`` or ``refusals`` when it fails."""
_BY_COMMAND: Final = {entry.command: entry for entry in ANSWERS}


def answer_of(words: Sequence[str]) -> AnswerEntry | None:
    """The answer entry of a command, given as its words; None if the command has no JSON answer."""
    from states.packs import newest_packs

    entry = _BY_COMMAND.get(" ".join(words))
    if entry is None and len(words) == 2:
        procedure = words[0].replace("-", "_")
        return _BY_COMMAND[ANY_ACT] if any(procedure in pack.procedures for pack in newest_packs()) else None
    return entry
