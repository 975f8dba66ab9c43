"""The metrics of the service, collected anew at each request: from the database, and from the log of every process."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from itertools import accumulate

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from casework import gauges
from casework.clock import SHANGHAI
from casework.gauges import Gauges, Queue
from flows.runtime import clock, database
from flows.service.health import is_answering
from storage.errors import DatabaseError
from telemetry.totals import BOUNDS, LogReader, Totals


class ServiceMetrics(Collector):
    """Everything that is measured. ``log`` is None where no log is kept: what is counted from it is then left out."""

    def __init__(self, log: LogReader | None) -> None:
        self._log = log

    def collect(self) -> Iterator[Metric]:
        """Read the database and what is new in the log."""
        found = _gauges()
        yield _gauge("ducha_database_reachable", "Whether the database of cases can be read.", found is not None)
        yield _gauge("ducha_prefect_reachable", "Whether Prefect's server answers.", is_answering())
        if found is not None:
            yield from _of_the_database(found)
        if self._log is not None:
            yield from _of_the_log(self._log.read())


def exposition(collector: Collector) -> bytes:
    """The metrics in Prometheus' text format."""
    registry = CollectorRegistry()
    registry.register(collector)
    return generate_latest(registry)


def _gauges() -> Gauges | None:
    try:
        with database().reading() as session:
            return gauges.read(session, clock())
    except DatabaseError:
        return None


def _of_the_database(found: Gauges) -> Iterator[Metric]:
    yield from _queue("outbox", "acts to be followed up", found.outbox)
    yield from _queue("mail", "notices to be mailed", found.mail)
    swept = GaugeMetricFamily(
        "ducha_last_night_swept_timestamp_seconds",
        "Midnight at the beginning of the last night that was swept.",
        labels=["jurisdiction"],
    )
    for code, night in found.last_nights.items():
        swept.add_metric([code], datetime.combine(night, time(), SHANGHAI).timestamp())
    yield swept


def _queue(name: str, what: str, queue: Queue) -> Iterator[Metric]:
    yield _gauge(f"ducha_{name}_waiting", f"How many {what}.", queue.waiting)
    yield _gauge(f"ducha_{name}_oldest_seconds", f"How long the oldest of the {what} has waited.", queue.oldest_seconds)


def _of_the_log(totals: Totals) -> Iterator[Metric]:
    yield _counter("ducha_acts", "Acts by result.", "result", totals.acts)
    yield _counter("ducha_refusals", "Refusals by code; one refused act may have several.", "code", totals.refusals)
    yield _counter("ducha_follow_ups", "Followed-up acts by result.", "result", totals.follow_ups)
    yield _counter("ducha_failures", "Failures by code.", "code", totals.failures)
    bounds = [*map(str, BOUNDS), "+Inf"]
    yield HistogramMetricFamily(
        "ducha_act_seconds",
        "How long acts took that were done, commit included.",
        buckets=list(zip(bounds, map(float, accumulate(totals.buckets)), strict=True)),
        sum_value=totals.seconds,
    )


def _gauge(name: str, about: str, value: float) -> Metric:
    return GaugeMetricFamily(name, about, value=float(value))


def _counter(name: str, about: str, label: str, counts: Mapping[str, int]) -> Metric:
    family = CounterMetricFamily(name, about, labels=[label])
    for value, count in sorted(counts.items()):
        family.add_metric([value], count)
    return family
