# Everything one does with Parvis from a terminal. `make` alone lists it.
PYTHON_HERE := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help setup run test check explore bench messages pictures lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: ## Start Parvis with its demonstration town (PORT and DATABASE_URL are honoured); Ctrl-C stops it
	@sh scripts/python -m scripts.setup run
	@exec $(PYTHON_HERE) -m scripts.run

setup: ## Install what development needs into .venv
	@sh scripts/python -m scripts.setup dev
	@$(PYTHON_HERE) -m scripts.translations

test: check-code ## Everything: lint, types, imports, all tests on SQLite and PostgreSQL, and in a browser
	@$(PYTHON_HERE) -m tests.browser.chrome
	$(PYTHON_HERE) -m pytest -n 2 --dist worksteal -q

check: check-code ## The quick part: lint, types, imports and the tests that need no database
	$(PYTHON_HERE) -m pytest -n 2 --dist worksteal -q -m "not database and not browser" --ignore tests/scripts/test_run.py

explore: setup ## Run the tests of properties on examples that nobody saw before; a failure is written down as a test
	$(PYTHON_HERE) -m pytest -n 2 -q -m hypothesis --hypothesis-profile explore

.PHONY: check-code
check-code: setup
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy .
	.venv/bin/lint-imports --no-logo

bench: setup ## Measure, on this machine; the figures go to var/bench.md
	$(PYTHON_HERE) -m bench.run

messages: setup ## Bring the translation catalogues to the messages of the code
	$(PYTHON_HERE) -m scripts.messages

pictures: setup ## Take the pictures of docs/pictures again
	$(PYTHON_HERE) -m scripts.pictures

lock: ## Resolve pyproject.toml into requirements/*.txt again (needs uv)
	uv pip compile pyproject.toml $(LOCKING) --output-file requirements/run.txt
	uv pip compile pyproject.toml --group dev $(LOCKING) --output-file requirements/dev.txt
LOCKING := --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate --quiet

clean: ## Remove the environment and what tools left behind; var/, with its database, stays
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
