# What a newcomer needs: `make run` and `make test`. Everything lands in .venv, var and .cache; no root, no steps by hand.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
# Each of the many processes would compile everything anew: what is compiled lies apart from the sources.
export PYTHONDONTWRITEBYTECODE =
export PYTHONPYCACHEPREFIX = $(CURDIR)/.cache/bytecode
WORKERS ?= 2

.PHONY: setup setup-test run test test-postgres journeys check bench screenshots lock messages migrations clean

# --- set-up: stamps carry the lock's contents, so a changed lock installs anew and nothing else does
$(BIN)/uv: requirements/uv.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed: make PYTHON=/path/to/python3.11")'
	test -x $(PY) || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	touch $@

$(VENV)/.run: $(BIN)/uv requirements/run.txt pyproject.toml
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/uv pip install --quiet --no-deps -e .
	touch $@

$(VENV)/.test: $(VENV)/.run requirements/test.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/test.txt
	touch $@

$(VENV)/.bench: $(VENV)/.test requirements/bench.txt
	$(BIN)/uv pip install --quiet --require-hashes -r requirements/bench.txt
	touch $@

$(VENV)/.messages: $(VENV)/.run src/xianglin/locale/en/LC_MESSAGES/django.po
	$(PY) tools/translations.py compile
	touch $@

setup: $(VENV)/.run $(VENV)/.messages
setup-test: setup $(VENV)/.test
	$(PY) tools/chromium.py > /dev/null

# --- the two commands
run: setup
	$(BIN)/xianglin run --demo

test: setup-test
	$(BIN)/pytest -n $(WORKERS) --dist loadgroup

# --- for those who work on it
# The engine knows no database: `make test` has tried it.
test-postgres: setup-test
	$(PY) tools/postgres.py run -- $(BIN)/pytest -n $(WORKERS) --dist loadgroup -m "not browser" --ignore=tests/engine

# Every journey at both widths on both databases; `make test` walks them once, each visitor at the width they would use.
journeys: setup-test
	for width in 390 1280; do \
		XIANGLIN_WIDTH=$$width $(BIN)/pytest -n $(WORKERS) --dist loadgroup tests/journeys && \
		XIANGLIN_WIDTH=$$width $(PY) tools/postgres.py run -- $(BIN)/pytest -n $(WORKERS) --dist loadgroup tests/journeys \
		|| exit 1; done

check: setup-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(PY) -m django makemigrations --check --dry-run --settings xianglin.config.settings
	$(PY) tools/translations.py check
	$(PY) tools/templates_check.py

migrations: $(VENV)/.run
	$(PY) -m django makemigrations --settings xianglin.config.settings

messages: $(VENV)/.test
	$(PY) tools/translations.py update

bench: setup-test $(VENV)/.bench
	$(PY) -m benchmarks

screenshots: setup-test
	$(PY) -m tools.screenshots

COMPILE := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url
lock: $(BIN)/uv
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) --extra test -c requirements/run.txt pyproject.toml -o requirements/test.txt
	$(COMPILE) --extra test --extra bench -c requirements/test.txt pyproject.toml -o requirements/bench.txt

# --- var stays: it holds the data, and the keys without which the data cannot be read
clean:
	rm -rf $(VENV) .cache tests/browser/node_modules
