# ducha: `make run` and `make test` are all a newcomer needs; `make help` lists the rest.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

VENV := .venv
BIN := $(VENV)/bin
# Prefect's server and UI listen here; `make run PORT=4300` to choose another.
PORT ?= 4200
# How many processes share the tests; 0 runs them in this one.
WORKERS ?= auto
PYTEST := $(BIN)/python -m pytest -q

# The locks are complete, so nothing is left to resolve; every file is checked against its hash.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check install --no-deps
INSTALL := $(PIP) --require-hashes -r
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)

.PHONY: setup setup-dev run test quick-test full-test controls flows-test browser-test house lint format types contracts check demo \
	bench deployments diagrams lock clean help

## setup: build .venv with ducha in it
setup: $(VENV)/.ducha

## run: start the service; its data are kept in ./var
run: setup
	@$(BIN)/ducha serve --port $(PORT)

## test: every test but those that need a browser
test: full-test flows-test

## quick-test: a test of every kind in two minutes; without those marked slow, Prefect and a browser
quick-test: setup-dev
	@$(PYTEST) -n $(WORKERS) --ignore=tests/browser --ignore=tests/flows -m 'not slow' $(ARGS)

## full-test: the tests of quick-test and the slow ones
full-test: setup-dev
	@$(PYTEST) -n $(WORKERS) --ignore=tests/browser --ignore=tests/flows $(ARGS)

## controls: the rule of every enforced clause is taken away, and a test fails
controls: setup-dev
	@$(PYTEST) -n 0 -m article tests/controls $(ARGS)

## flows-test: the flows and the service, in two processes: the tests of a module share one Prefect server
flows-test: setup-dev
	@$(PYTEST) -n 2 --dist=loadfile tests/flows $(ARGS)

## browser-test: the pages as a person sees them, in Chromium
browser-test: setup-dev
	@$(PYTEST) tests/browser $(ARGS)

## house: the tests about the repository itself
house: setup-dev
	@$(PYTEST) tests/house $(ARGS)

## lint: ruff, its rules and its format
lint: setup-dev
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check .

## format: let ruff mend what it can
format: setup-dev
	@$(BIN)/ruff check --quiet --fix .
	@$(BIN)/ruff format --quiet .

## types: mypy --strict
types: setup-dev
	@$(BIN)/mypy --no-error-summary .

## contracts: who may import whom
contracts: setup-dev
	@$(BIN)/lint-imports --no-logo

## check: lint, types, contracts and test
check: lint types contracts test

## demo: a whole year of supervision in its own database
demo: setup
	@$(BIN)/ducha demo

## bench: measurements, side by side with peers
bench: $(VENV)/.bench
	@$(BIN)/python -m bench $(ARGS)

## deployments: write prefect.yaml anew from the procedures' tables
deployments: setup
	@$(BIN)/python -m flows.deployments prefect.yaml

## diagrams: draw the procedures anew from their tables
diagrams: setup
	@$(BIN)/python -m states.diagrams docs/procedures

## lock: resolve the dependencies anew, moving as little as it can (UPGRADE=1: all that may move)
lock: setup-dev
	@test -x $(BIN)/uv || $(BIN)/python -m pip -qq install uv
	@$(COMPILE) pyproject.toml --group build -o requirements.lock
	@$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock
	@$(COMPILE) --group bench -c requirements.lock -c requirements-dev.lock \
		-o requirements-bench.lock

## clean: remove what the tools built; ./var stays
clean:
	@rm -rf $(VENV) build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

## help: this list
help:
	@sed -n 's/^## \([a-z-]*\): /\1\t/p' $(MAKEFILE_LIST) | expand -t 16

setup-dev: $(VENV)/.dev

# `python3` may be older than a `python3.12` beside it: the first that will do is taken.
$(BIN)/python:
	@for python in $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11; do \
		if "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
			"$$python" -m venv $(VENV) && exit 0; \
			rm -rf $(VENV); \
			echo '无法创建虚拟环境。Debian/Ubuntu 请先安装 python3-venv。' >&2; \
			echo 'The virtual environment cannot be made. On Debian/Ubuntu install python3-venv first.' >&2; \
			exit 1; \
		fi; \
	done; \
	echo '需要 Python 3.11 或更高版本；请安装后重试，或用 make PYTHON=/路径/python3.11 指定。' >&2; \
	echo 'Python 3.11 or newer is needed: install it, or name it with make PYTHON=/path/to/python3.11.' >&2; \
	exit 1

$(VENV)/.ducha: requirements.lock pyproject.toml | $(BIN)/python
	@echo '正在准备 .venv，约需一分钟 / building .venv, about a minute …' >&2
	@$(INSTALL) requirements.lock
	@$(PIP) --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements-dev.lock $(VENV)/.ducha
	@echo '正在安装测试工具 / installing the test tools …' >&2
	@$(INSTALL) requirements-dev.lock
	@touch $@

$(VENV)/.bench: requirements-bench.lock $(VENV)/.dev
	@$(INSTALL) requirements-bench.lock
	@touch $@
