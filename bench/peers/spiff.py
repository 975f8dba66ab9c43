"""SpiffWorkflow: 13 user tasks in sequence, a row for each task; the case is read back before every act.

The specification is kept in memory and not saved with the case, and only tasks that changed are written: lighter than
the SQLite serialiser of its example application. User tasks have no guard, so the application asks it.
"""

from __future__ import annotations

import json
from itertools import pairwise
from typing import Any, Final

from SpiffWorkflow import TaskState
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.serializer.config import DEFAULT_CONFIG
from SpiffWorkflow.bpmn.serializer.default.workflow import BpmnWorkflowConverter, WorkflowConverter
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow

from bench.peers.bare import BareStore
from bench.peers.work import DESTINATIONS, EVENTS, Store, Timings, permit, run_cases

_TABLES: Final = (
    "CREATE TABLE peer_workflow (case_id INTEGER PRIMARY KEY, body TEXT NOT NULL)",
    "CREATE TABLE peer_task (id TEXT PRIMARY KEY, case_id INTEGER NOT NULL, body TEXT NOT NULL)",
    "CREATE INDEX peer_task_case ON peer_task (case_id)",
)


def _specification() -> Any:
    nodes = ["begin", *EVENTS, "end"]
    flows = "".join(
        f'<sequenceFlow id="f{at}" sourceRef="{source}" targetRef="{target}"/>'
        for at, (source, target) in enumerate(pairwise(nodes))
    )
    tasks = "".join(
        f'<userTask id="{name}" name="{name}"><incoming>f{at}</incoming><outgoing>f{at + 1}</outgoing></userTask>'
        for at, name in enumerate(EVENTS)
    )
    parser = BpmnParser()
    parser.add_bpmn_str(
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d" targetNamespace="peers">'
        '<process id="approval" isExecutable="true"><startEvent id="begin"><outgoing>f0</outgoing></startEvent>'
        f'{tasks}<endEvent id="end"><incoming>f{len(EVENTS)}</incoming></endEvent>{flows}'
        "</process></definitions>".encode()
    )
    return parser.get_spec("approval")


SPECIFICATION: Final = _specification()


class _WithoutSpecification(BpmnWorkflowConverter):  # type: ignore[misc]
    def to_dict(self, workflow: Any) -> dict[str, Any]:
        saved: dict[str, Any] = WorkflowConverter.to_dict(self, workflow)
        return saved | {"subprocesses": {}, "bpmn_events": []}

    def from_dict(self, saved: dict[str, Any]) -> Any:
        return super().from_dict(saved | {"spec": SPECIFICATION, "subprocess_specs": {}})


class _Workflows:
    """Workflows as rows; ``_read`` is what the tasks of the case in hand were when they were read."""

    def __init__(self, bare: BareStore) -> None:
        registry = BpmnWorkflowSerializer.configure({**DEFAULT_CONFIG, BpmnWorkflow: _WithoutSpecification})
        self._bare, self._serializer = bare, BpmnWorkflowSerializer(registry)
        self._read: dict[str, str] = {}

    def save(self, case: int, workflow: Any) -> None:
        body = self._serializer.to_dict(workflow)
        tasks = {key: json.dumps(task) for key, task in body.pop("tasks").items()}
        self._bare.execute("INSERT OR REPLACE INTO peer_workflow VALUES (?, ?)", (case, json.dumps(body)))
        for key, task in tasks.items():
            if task != self._read.get(key):
                self._bare.execute("INSERT OR REPLACE INTO peer_task VALUES (?, ?, ?)", (key, case, task))

    def load(self, case: int) -> Any:
        body = json.loads(self._bare.execute("SELECT body FROM peer_workflow WHERE case_id = ?", (case,)).fetchone()[0])
        self._read = dict(self._bare.execute("SELECT id, body FROM peer_task WHERE case_id = ?", (case,)).fetchall())
        return self._serializer.from_dict(body | {"tasks": {key: json.loads(task) for key, task in self._read.items()}})


def run(store: Store, cases: int) -> Timings:
    """Do the work."""
    bare = BareStore(store)
    for statement in _TABLES:
        bare.execute(statement, ())
    workflows = _Workflows(bare)

    def start(case: int) -> None:
        workflow = BpmnWorkflow(SPECIFICATION)
        workflow.do_engine_steps()
        workflows.save(case, workflow)
        bare.start(case)

    def act(case: int, event: str) -> None:
        source, workflow = bare.state(case), workflows.load(case)
        task = workflow.get_next_task(state=TaskState.READY, manual=True)
        if task.task_spec.bpmn_id != event or not permit(task):
            raise PermissionError(event)
        task.run()
        workflow.do_engine_steps()
        if workflow.is_completed() != (event == EVENTS[-1]):
            raise RuntimeError(f"case {case} is not where it should be after {event}")
        workflows.save(case, workflow)
        bare.move(case, event, source, DESTINATIONS[event, source])
        bare.connection.commit()

    return run_cases(cases, start, act)
