"""The environment in which Prefect runs here: private, offline, and tamed for SQLite.

What each setting buys was measured; see ``docs/decisions/0140-prefect-on-sqlite.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from flows.service.paths import ServicePaths, home
from settings import Settings

HOST: Final = "127.0.0.1"
WORK_POOL: Final = "ducha"
"""The pool that ``prefect.yaml`` names and the worker works for."""

EMPTY_CA: Final = Path(__file__).with_name("nobody.pem")
"""An authority whose key was never kept. Prefect reads its authorities anew for each client, two or three times a run,
which takes longer than the run's work when it is all the world's; the server here is asked without TLS, by loopback."""

PRIVACY: Final = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_SERVER_API_HOST": HOST,
    # The newer pages ask a service that measures audiences for its settings, whatever is set here.
    "PREFECT_SERVER_UI_V2_ENABLED": "false",
}
"""Nothing is sent anywhere, nothing is advertised, and only this machine is answered."""

SQLITE_TUNING: Final = {
    # Task states and events are written in batches, not each in a transaction of its own.
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL": "2",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "500",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_FLUSH_INTERVAL": "10",
    # No automations and no paused runs here.
    "PREFECT_SERVER_SERVICES_TRIGGERS_ENABLED": "false",
    "PREFECT_SERVER_SERVICES_PAUSE_EXPIRATIONS_ENABLED": "false",
    # One worker and a handful of scheduled runs are looked after well enough once a minute.
    "PREFECT_SERVER_SERVICES_FOREMAN_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_LATE_RUNS_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_CANCELLATION_CLEANUP_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_CLEANUP_RECONCILER_LOOP_SECONDS": "60",
    "PREFECT_SERVER_SERVICES_REPOSSESSOR_LOOP_SECONDS": "60",
}
"""Fewer background writers on one SQLite file."""


def environment(inherited: Mapping[str, str], places: ServicePaths, port: int, database_url: str) -> dict[str, str]:
    """What the service and its children see: of Prefect's settings only ours, of the rest everything."""
    auth = places.auth_string()
    base = f"http://{HOST}:{port}"
    kept = {name: value for name, value in inherited.items() if not name.startswith("PREFECT_")}
    no_proxy = ",".join(filter(None, [inherited.get("NO_PROXY") or inherited.get("no_proxy"), HOST, "localhost"]))
    history = Settings(inherited).run_days * 24 * 3600
    return {
        **kept,
        **PRIVACY,
        **SQLITE_TUNING,
        "NO_PROXY": no_proxy,
        "no_proxy": no_proxy,
        "PREFECT_API_SSL_CERT_FILE": str(EMPTY_CA),
        "PREFECT_HOME": str(places.prefect_home),
        "PREFECT_UI_STATIC_DIRECTORY": str(places.prefect_home / "pages"),
        "PREFECT_API_URL": f"{base}/api",
        "PREFECT_UI_URL": base,
        "PREFECT_UI_API_URL": f"{base}/api",
        "PREFECT_SERVER_API_PORT": str(port),
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{base},http://localhost:{port}",
        "PREFECT_SERVER_API_AUTH_STRING": auth,
        "PREFECT_API_AUTH_STRING": auth,
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        # Runs are a view: the journal of the cases is kept for good.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(history),
        "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
        "PREFECT_WORKER_QUERY_SECONDS": "5",
        Settings.home.name: str(home()),
        Settings.database_url.name: database_url,
        Settings.regulations_dir.name: str(Settings(inherited).regulations_dir.absolute()),
    }
