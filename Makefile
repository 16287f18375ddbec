# One file for everything that one does with this repository. `make help` lists it.
PYTHON ?= python3
UV := .uv/bin/uv
BIN := .venv/bin
export UV_LINK_MODE ?= copy
export UV_PYTHON_DOWNLOADS ?= never

.DEFAULT_GOAL := help
.PHONY: help env demo run test kill-tests crash check format bench migration lock clean

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

env: .venv/.ready  ## the environment, with the locked dependencies

# uv comes from a small environment of its own, so that the machine needs nothing but Python with venv.
$(UV):
	@echo "Getting uv …"
	@$(PYTHON) -m venv .uv && .uv/bin/pip install --quiet --disable-pip-version-check uv

.venv/.ready: requirements.lock pyproject.toml | $(UV)
	@echo "Setting up the environment …"
	@[ -x $(BIN)/python ] || $(UV) venv --quiet --python $(PYTHON) .venv
	@$(UV) pip sync --quiet --python $(BIN)/python --require-hashes requirements.lock
	@$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: env  ## the whole product on this machine, with made-up branches: open the printed address
	@$(BIN)/sotay demo $(if $(FRESH),--fresh)

run: env  ## the bot, with the settings of this machine (README, Connecting a bot)
	@$(BIN)/sotay run

test: env  ## all tests, on SQLite and on PostgreSQL
	@$(BIN)/python -m pytest -n auto --dist worksteal

kill-tests: env  ## 200 times kill -9 at random moments: nothing lost, nothing doubled (SEED=2 for other moments)
	@$(BIN)/python -m tests.crash --kills $(or $(KILLS),200) --seed $(or $(SEED),1)

crash: env  ## the same 1,000 times
	@$(BIN)/python -m tests.crash --kills 1000 --seed $(or $(SEED),1)

check: env  ## lint, format, strict types, directions of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: env  ## put the code into its form
	@$(BIN)/ruff check --fix --quiet . ; $(BIN)/ruff format --quiet .

bench: env  ## every benchmark; each ends with a RESULT line
	@for each in bench/[a-z]*.py; do $(BIN)/python $$each || exit 1; done

migration: env  ## a new migration out of the tables: make migration MESSAGE="what changes"
	@$(BIN)/python -m storage.migrations.make "$(MESSAGE)"

lock: $(UV)  ## renew requirements.lock from pyproject.toml
	@$(UV) pip compile --quiet --universal --generate-hashes --no-header --python-version 3.11 --group dev --upgrade pyproject.toml -o requirements.lock

clean:  ## remove the environment and what tools left behind (never data)
	@rm -rf .venv .uv build dist .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
