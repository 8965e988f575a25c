# make run   – the program on http://127.0.0.1:8000 with demonstration data
# make test  – every check, on SQLite and on a real PostgreSQL, browser tests included
# make test-slow – campaigns of minutes, on both
PYTHON ?= python3
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
MANAGE := $(BIN)/python manage.py

# Compiled once, not by every process that a check starts anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: bench-imports bench-hostile run test test-slow lint test-sqlite test-postgres setup browser messages screenshots lock clean

# --- Environment: made once, made again only when the pinned lists change ---------------------
$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.txt | $(VENV)/bin/python
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

CATALOGUES := $(wildcard ocop/locale/*/LC_MESSAGES/django.po)
COMPILED := $(CATALOGUES:.po=.mo)
%.mo: %.po $(VENV)/.installed
	$(BIN)/python -m ocop.locale.compile $< $@

setup: $(VENV)/.installed $(COMPILED)

# --- Running ----------------------------------------------------------------------------------
run: setup
	$(MANAGE) migrate --verbosity 0
	$(MANAGE) load_reference
	$(MANAGE) load_demo --if-empty
	$(MANAGE) demo_accounts http://127.0.0.1:$(PORT)/
	exec $(MANAGE) runserver --noreload 127.0.0.1:$(PORT)

# --- Checking ---------------------------------------------------------------------------------
test: lint test-sqlite test-postgres

lint: $(VENV)/.installed-dev $(COMPILED)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(MANAGE) makemigrations --check --dry-run

test-sqlite: $(VENV)/.installed-dev $(COMPILED) browser
	env -u DATABASE_URL $(BIN)/python -m pytest -n 2

test-postgres: $(VENV)/.installed-dev $(COMPILED) browser
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -n 2

# Campaigns that take minutes: load, many people at once; every case of every test on PostgreSQL.
test-slow: $(VENV)/.installed-dev $(COMPILED)
	env -u DATABASE_URL $(BIN)/python -m pytest -m slow tests/campaigns tests/browser
	$(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -m slow tests/campaigns
	OCOP_EVERY_CASE=1 $(BIN)/python -m tests.postgresql $(BIN)/python -m pytest -n 2

browser: $(VENV)/.installed-dev
	$(BIN)/python -m tests.chromium

bench-imports: $(VENV)/.installed-dev $(COMPILED)
	env -u DATABASE_URL $(BIN)/python -m benchmarks.imports
	$(BIN)/python -m tests.postgresql $(BIN)/python -m benchmarks.imports

bench-hostile: $(VENV)/.installed-dev $(COMPILED)
	env -u DATABASE_URL $(BIN)/python -m benchmarks.hostile_uploads

# --- Upkeep -----------------------------------------------------------------------------------
screenshots: setup $(VENV)/.installed-dev browser
	$(BIN)/python -m docs.screenshots

messages: $(VENV)/.installed-dev
	$(MANAGE) makemessages --locale vi --no-location --no-wrap --ignore .venv --ignore tests --ignore var

lock:
	rm -rf $(VENV)/lock && $(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet -r requirements.in
	$(VENV)/lock/bin/pip freeze > requirements.txt
	$(VENV)/lock/bin/pip install --quiet -r requirements-dev.in
	(echo "-r requirements.txt"; $(VENV)/lock/bin/pip freeze | grep -vxFf requirements.txt) > requirements-dev.txt
	rm -rf $(VENV)/lock

clean:
	rm -rf $(VENV) $(COMPILED)
