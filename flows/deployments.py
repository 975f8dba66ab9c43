"""``prefect.yaml``, written from the packs: ``python -m flows.deployments prefect.yaml``.

There is a deployment for opening each kind of root case, one for each stage, one for the nightly sweep and one for the
backlog. With ``--check`` nothing is written, and the exit code is 1 if the file is out of date.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Final

import messages
from flows import acts
from flows.forms import said
from flows.root_opening import ROOT_FLOWS
from flows.stage_names import INSTRUMENT_OF_STAGE, STAGES, STAGES_BY_INSTRUMENT, flow_name
from messages.errors import HOUSE
from regulations.jurisdictions import INSPECTION
from states.packs import instrument_named, newest_packs

HEAD: Final = """\
# 部署清单：由各项工作的程序表生成（make deployments），不要手改。每个环节一个流程，另有开启、夜间巡查和跟进积压。
# The service deploys what its jurisdictions need at its first start and whenever it has changed; by hand, all of it:
#   prefect work-pool create ducha --type process && DUCHA_HOME=$PWD prefect --no-prompt deploy --all
name: ducha

pull:
  - prefect.deployments.steps.set_working_directory:
      directory: "{{ $DUCHA_HOME }}"

definitions:
  common: &common
    enforce_parameter_schema: true
    work_pool:
      name: ducha

deployments:
"""

SWEEP: Final = """\
    schedules:
      - cron: "30 0 * * *"
        timezone: Asia/Shanghai
        slug: nightly
        active: true
      - cron: "30 1-23 * * *"
        timezone: Asia/Shanghai
        slug: hourly
        active: true
    concurrency_limit:
      limit: 1
      collision_strategy: CANCEL_NEW
"""

BACKLOG: Final = """\
    schedules:
      - interval: 60
        timezone: Asia/Shanghai
        slug: every-minute
        active: true
    # A run whose machine died holds its place until it is found out; the others go on meanwhile.
    concurrency_limit:
      limit: 3
      collision_strategy: CANCEL_NEW
"""


def prefect_yaml(instruments: Collection[str] = tuple(STAGES_BY_INSTRUMENT)) -> str:
    """The text of ``prefect.yaml`` with the deployments of these instruments, by default of all."""
    return HEAD + "".join(_deployments(instruments))


def _deployments(instruments: Collection[str]) -> Iterator[str]:
    if INSPECTION in instruments:
        about = said("about_open_deployment", stage=flow_name("application"))
        yield _deployment(said("open"), "flows.opening.open_inspection", INSPECTION, about)
    for stage in STAGES:
        if INSTRUMENT_OF_STAGE[stage] in instruments:
            yield _deployment(flow_name(stage), f"flows.stages.{stage}", INSTRUMENT_OF_STAGE[stage], _about(stage))
    for procedure, flow in ROOT_FLOWS.items():
        if (instrument := instrument_named(procedure)) in instruments:
            about = said("about_open_root", procedure=messages.text(f"procedure.{procedure}", "zh"))
            yield _deployment(flow.name, f"flows.root_opening.{procedure}", instrument, about)
    yield _deployment(said("sweep"), "flows.sweeping.sweep", "sweep", said("about_sweep_deployment"), SWEEP)
    yield _deployment(said("backlog"), "flows.backlog.work", "backlog", said("about_backlog_deployment"), BACKLOG)


def _deployment(name: str, entrypoint: str, tag: str, about: str, more: str = "") -> str:
    lines = (
        f"  - name: {name}",
        "    <<: *common",
        f"    entrypoint: {entrypoint}",
        f"    tags: [{messages.text(f'instrument.{tag}', 'zh')}]",
        f"    description: {json.dumps(about, ensure_ascii=False)}",
    )
    return "\n".join(lines) + "\n" + more


def _about(stage: str) -> str:
    """A stage with its articles in the newest text that has it, and which acts are done here and which in person."""
    in_person = acts.elsewhere(stage)
    here = [name for name in acts.names(stage) if name not in in_person]
    return (
        said("about_deployment", stage=messages.text(f"stage.{stage}", "zh"), articles=_articles(stage))
        + (said("about_done_here", acts="、".join(here)) if here else "")
        + (said("about_done_in_person", acts="、".join(in_person)) if in_person else "")
    )


def _articles(stage: str) -> str:
    """The articles that the acts of a stage rest on, in the newest text that has it; house rules are left out."""
    for pack in newest_packs():
        if stage in pack.stages:
            steps = [(found, step) for found in pack.procedures.values() for step in found.steps if step.stage == stage]
            refs = dict.fromkeys(pack.article_of(found, step) for found, step in steps)
            return pack.regulation.short_list((ref for ref in refs if ref != HOUSE), "zh") or pack.regulation.title
    raise KeyError(stage)


def main() -> int:
    """Write the file, or check that it is up to date."""
    parser = argparse.ArgumentParser(prog="python -m flows.deployments", description=said("deployments_usage"))
    parser.add_argument("file", type=Path)
    parser.add_argument("--check", action="store_true", help=said("deployments_check"))
    asked = parser.parse_args()
    text = prefect_yaml()
    if asked.check:
        return 0 if asked.file.read_text(encoding="utf-8") == text else 1
    asked.file.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
