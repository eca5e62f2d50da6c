# Two commands matter: `make run` shows the portal, `make test` tests it. The rest is for those who build it.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
BASE_URL ?= http://$(if $(filter 0.0.0.0,$(HOST)),127.0.0.1,$(HOST)):$(PORT)
VENV ?= .venv
BIN = $(VENV)/bin
export BASE_URL

.PHONY: run test lint format lock messages configuration clean-venv check-python

run: $(VENV)/runtime.stamp
	@$(BIN)/python manage.py prepare --demo
	@$(BIN)/python manage.py runserver --noreload $(HOST):$(PORT)

test: $(VENV)/development.stamp
	@$(BIN)/python tests/run.py $(TESTS)

lint: $(VENV)/development.stamp
	$(BIN)/ruff check .
	$(BIN)/mypy portal disclosure search
	$(BIN)/lint-imports
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py makemigrations --check --dry-run
	$(BIN)/python manage.py configuration --check
	$(BIN)/python manage.py messages --check

# The environment is made anew when the Python behind it or the list of packages changes.
$(VENV)/runtime.stamp: requirements.txt | check-python
	@echo "Installing what the portal runs on into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/development.stamp: requirements.txt requirements-dev.txt | check-python
	@echo "Installing what the tests need into $(VENV) …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt -r requirements-dev.txt
	@touch $(VENV)/runtime.stamp $@

check-python:
	@command -v $(PYTHON) >/dev/null || { echo "Missing: $(PYTHON). On Debian 12: apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' || { echo "$(PYTHON) is $$($(PYTHON) -V 2>&1); the portal needs Python 3.11, 3.12 or 3.13."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "Missing: the venv module of $(PYTHON). On Debian 12: apt install python3-venv"; exit 1; }
	@want=$$($(PYTHON) -c 'import sys; print(sys.version_info[:2])'); have=$$($(BIN)/python -c 'import sys; print(sys.version_info[:2])' 2>/dev/null || true); \
	  if [ "$$want" != "$$have" ]; then rm -rf $(VENV); $(PYTHON) -m venv $(VENV); fi

# Locks are compiled with Debian 12's Python 3.11, the oldest one supported: a lock made with a newer one fails there.
lock: $(VENV)/development.stamp
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links requirements.in -o requirements.txt
	$(BIN)/pip-compile --quiet --upgrade --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links requirements-dev.in -o requirements-dev.txt

messages: $(VENV)/development.stamp
	$(BIN)/python manage.py messages --collect

configuration: $(VENV)/runtime.stamp
	$(BIN)/python manage.py configuration --write
