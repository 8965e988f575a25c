# make run      – the program on http://127.0.0.1:8000 with demonstration data
# make setup    – everything the checks need: program, test environment, browser
# make check    – lint, types and the tests that need no database: under a minute
# make test     – every claim on SQLite, what the database itself does on a real PostgreSQL
# make test-all – every test on both, and the campaigns of minutes
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# Compiled once, not by every process that a check starts anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run program setup browser check test test-all lint test-sqlite test-postgres \
	bench-imports bench-hostile messages screenshots lock clean

# --- Environment: made once, made again only when the pinned lists change ---------------------
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# uv where it is present: a third of the time.
UV := $(shell command -v uv)
INSTALL := $(if $(UV),uv pip install --python $(BIN)/python,$(BIN)/pip install \
	--disable-pip-version-check) --quiet --require-hashes

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(INSTALL) -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(INSTALL) -r requirements-dev.txt
	touch $@

CATALOGUES := $(wildcard ocop/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
%.mo: %.po $(VENV)/.installed
	$(BIN)/python -m ocop.locale.compile $< $@

program: $(VENV)/.installed $(COMPILED)

setup: program $(VENV)/.installed-dev browser

browser: $(VENV)/.installed-dev
	$(BIN)/python -m tests.support.chromium

# --- Running ----------------------------------------------------------------------------------
run: program
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_reference
	$(MANAGE) load_demo --if-empty
	$(MANAGE) demo_accounts http://127.0.0.1:$(PORT)/
	exec $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

# --- Checking ---------------------------------------------------------------------------------
PYTEST := $(BIN)/python -m pytest
ON_SQLITE := env -u DATABASE_URL
ON_POSTGRES := $(BIN)/python -m tests.support.postgresql

# Tests of what knows no database.
UNIT := tests/architecture tests/lib tests/web/test_vendored_files.py \
	$(wildcard tests/products/scoring/test_scoring*.py) tests/targets/progress \
	tests/targets/test_periods.py tests/targets/forecast/test_durations.py

test: test-sqlite test-postgres

check: lint
	$(ON_SQLITE) $(PYTEST) -n 2 $(UNIT)

lint: program $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run

test-sqlite: lint setup
	$(ON_SQLITE) $(PYTEST) -n 2

test-postgres: lint setup
	$(ON_POSTGRES) $(PYTEST) -n 2 -m "database and not slow"

# Campaigns take minutes: load, many people at once, processes that are killed.
COVERAGE := --cov=ocop --cov=products --cov=targets --cov-branch --cov-report=
test-all: export HYPOTHESIS_PROFILE = thorough
test-all: lint setup
	$(ON_SQLITE) $(PYTEST) -n 2 $(COVERAGE) --cov-fail-under=90
	$(ON_POSTGRES) $(PYTEST) -n 2
	$(ON_SQLITE) $(PYTEST) -m slow
	$(ON_POSTGRES) $(PYTEST) -m slow tests/campaigns

bench-imports: $(VENV)/.installed-dev $(COMPILED)
	env -u DATABASE_URL $(BIN)/python -m benchmarks.imports
	$(BIN)/python -m tests.support.postgresql $(BIN)/python -m benchmarks.imports

bench-hostile: $(VENV)/.installed-dev $(COMPILED)
	env -u DATABASE_URL $(BIN)/python -m benchmarks.hostile_uploads

# --- Upkeep -----------------------------------------------------------------------------------
screenshots: setup
	$(BIN)/python -m docs.screenshots

messages: $(VENV)/.installed-dev
	$(MANAGE) makemessages --locale vi --no-location --no-wrap --ignore .venv --ignore tests --ignore var

lock:
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet --disable-pip-version-check uv
	for list in requirements requirements-dev; do \
		$(VENV)/lock/bin/uv pip compile --quiet --universal --python-version 3.11 \
			--generate-hashes --no-header $$list.in --output-file $$list.txt || exit 1; \
	done
	rm -rf $(VENV)/lock

clean:
	rm -rf $(VENV) $(COMPILED)
