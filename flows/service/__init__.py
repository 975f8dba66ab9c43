"""The embedded service: Prefect's server, its deployments, a worker and the clock, started and ended as one."""
