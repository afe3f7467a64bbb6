# Readiness Gate: everything a newcomer needs, one word each. Try: make help
PORT ?= 8000
SIZE ?= 0.01
PYTHON := .venv/bin/python
UV := .venv/bin/uv

.DEFAULT_GOAL := help
.PHONY: help install demo test test-fast test-full test-browser test-postgresql authorisation planted-leaks record-attacks lint bench messages screenshots lock secrets

help:  ## Say what there is
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install:  ## Install what the product needs (again: under a second)
	@.ci/install product

demo: install  ## Serve the demo on http://localhost:8000 (PORT=8010 for another port)
	@exec $(PYTHON) .ci/demo.py --port '$(PORT)'

test: install-tests  ## Check everything: style, types, layers, schema, and every test
	@exec $(PYTHON) -m tests.steps all

test-fast: install-tests  ## Run the tests that take under a minute together
	@exec $(PYTHON) -m tests.steps fast

test-full: install-tests  ## Check everything, with the long generated tests
	@exec $(PYTHON) -m tests.steps full

test-browser: install-tests  ## Walk the journeys and look closely at every page in a real Chromium
	@exec $(PYTHON) -m tests.steps browser

test-postgresql: install-tests  ## Run tests on a private PostgreSQL (ARGS="tests/uat -k …")
	@exec $(PYTHON) -m tests.steps postgresql $(ARGS)

authorisation: install-tests  ## Try every address as everybody, on everybody's rows (some 4 minutes)
	@exec $(PYTHON) -m tests.authorisation

planted-leaks: install-tests  ## Plant leaks one by one, and see that make authorisation finds each
	@exec $(PYTHON) -m tests.authorisation.planted

record-attacks: install-tests  ## Attack the record and both its verifiers with packs made for it (some 3 minutes)
	@exec $(PYTHON) -m tests.record_packs

lint: install-tests  ## Check style, types and layers only
	@exec $(PYTHON) -m tests.steps lint

bench: install-tests  ## Measure speed (SIZE=1.0 for the full size, JSON=file for the figures)
	@exec $(PYTHON) -m tests.benchmarks --size '$(SIZE)' $(if $(JSON),--json '$(JSON)')

screenshots: install-tests  ## Take the pictures that the README shows, from a demo of its own
	@exec $(PYTHON) -m tests.browser.screenshots

messages: install-tests  ## Renew the catalogues of the languages (readiness/locale)
	@exec $(PYTHON) -m tests.catalogue

lock: install-tests  ## Renew the lock files (UPGRADE=1 takes newer versions)
	@$(eval COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header $(if $(UPGRADE),--upgrade))
	@$(COMPILE) --group install -o requirements-uv.lock
	@$(COMPILE) pyproject.toml -o requirements.lock
	@$(COMPILE) pyproject.toml --group dev -o requirements-dev.lock

secrets:  ## Write the random secrets that docker-compose.yml reads, once
	@mkdir -p -m 700 secrets
	@for name in secret_key database_password redis_password; do \
	  [ -e secrets/$$name ] || python3 -c 'import secrets; print(secrets.token_urlsafe(50), end="")' >secrets/$$name; \
	  chmod 444 secrets/$$name; done

.PHONY: install-tests
install-tests:
	@.ci/install tests
