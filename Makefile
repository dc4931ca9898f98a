# Two commands are enough: `make run` and `make test`. Everything else is a part of one of them.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
ifneq ($(MAKECMDGOALS),lint types)  # these two may run beside each other
.NOTPARALLEL:
endif

PY := .venv/bin/python
FLASK := $(PY) -m flask
BABEL := $(PY) -m babel.messages.frontend
TYPED := app.py gunicorn.conf.py tracker imports reports bench tools/keep_running.py tools/messages.py
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

.PHONY: help run test lint types unit integration browser soak bench pins translations clean installed installed-dev system

help: ## list what can be made
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: installed $(CATALOGUES) ## serve the application on 127.0.0.1:8000, with everything it needs done first
	@$(FLASK) db upgrade
	@$(FLASK) demo load --if-empty
	@exec $(PY) -m gunicorn "app:create_app()"

test: installed-dev system $(CATALOGUES) ## linters, types, import rules and all tests (under 15 minutes)
	@$(MAKE) --jobs=2 --output-sync=target lint types
	@$(PY) -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: installed-dev ## style, dead ends and import rules
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check --quiet . || { echo "Not formatted: run $(PY) -m ruff format ."; exit 1; }
	@$(PY) -m vulture
	@$(PY) -m djlint templates --lint --quiet
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'

types: installed-dev ## static types, strictly
	@$(PY) -m mypy $(TYPED)

unit: installed-dev ## unit and architecture tests only (seconds)
	@$(PY) -m pytest tests/unit tests/architecture

integration: installed-dev system $(CATALOGUES) ## tests on SQLite and PostgreSQL
	@$(PY) -m pytest tests/integration

browser: installed-dev system $(CATALOGUES) ## tests in a real browser
	@$(PY) -m pytest tests/browser

soak: installed-dev system $(CATALOGUES) ## kill servers 1,000 times (KILLS=…) on each database while people work
	@LUOSHI_KILLS=$${KILLS:-1000} $(PY) -m pytest tests/integration/{progress,reminders}/test_survival.py -k killed -s -o faulthandler_timeout=0

bench: installed-dev $(CATALOGUES) ## measure everything against its floor, into bench/results.json
	@$(PY) -m bench

pins: installed-dev ## compile requirements*.in to exact pins, both together
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --upgrade --no-emit-index-url \
	    --annotation-style line --custom-compile-command "make pins" requirements-dev.in --output-file requirements-dev.txt
	@$(PY) -m uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url --no-header \
	    --no-annotate --constraint requirements-dev.txt requirements.in --output-file requirements.txt

translations: installed-dev ## collect messages into translations/ and say what still needs English
	@$(PY) tools/messages.py update

%.mo: %.po
	@$(BABEL) -q compile -i $< -o $@

clean: ## take away what was made here, the environment and data apart
	@rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache htmlcov .coverage test-results \
	    translations/*/LC_MESSAGES/*.mo
	@find . -path ./.venv -prune -o -name __pycache__ -type d -print0 | xargs -0r rm -rf

installed:
	@tools/install_pins.sh requirements.txt

installed-dev:
	@tools/install_pins.sh requirements-dev.txt

system:
	@tools/system_packages.sh
