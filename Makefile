# What a person types. `make run` and `make test` set up everything they need by themselves.
SHELL := /bin/bash
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8000
DATA ?= data
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help run test check fix bench corpus conformance fuzz setup templates translations lock pictures clean

help:
	@echo "make run       the product, embedded: http://127.0.0.1:$(PORT) (PORT=…, DATA=…)"
	@echo "make test      everything: style, types, imports, all tests, browser tests included"
	@echo "make check     style, types and imports only"
	@echo "make fix       formats the code and mends what can be mended"
	@echo "make templates draws the templates in pdf_templates/ again"
	@echo "make translations extracts the texts of the interface and compiles its languages"
	@echo "make bench     speed and size beside the peers, written to docs/performance.md"
	@echo "make corpus    fills and judges the real forms of ../shared/corpus, if it is there"
	@echo "make conformance judges the official forms with veraPDF (needs Java and Maven)"
	@echo "make fuzz      reads and serves mutated forms for ten minutes; what breaks is kept in build/fuzz"
	@echo "make pictures  takes the pictures in docs/ again"
	@echo "make lock      compiles requirements/*.txt from pyproject.toml"

run: $(VENV)/.run
	$(BIN)/formpress serve --data $(DATA) --port $(PORT)

test: setup check
	@tools/check_system_packages test
	$(BIN)/pytest -n 2 --dist loadfile

check: $(VENV)/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

fix: $(VENV)/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

setup: $(VENV)/.dev

templates: $(VENV)/.dev
	$(BIN)/python -m pdf_templates.authoring

# `make test` fails on a text that is untranslated after it.
translations: $(VENV)/.dev
	$(BIN)/pybabel -q extract -F web/translations/babel.cfg --no-location --sort-output --omit-header -o web/translations/messages.pot web
	$(BIN)/pybabel -q update -i web/translations/messages.pot -d web/translations --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
	$(BIN)/pybabel -q compile -d web/translations

pictures: $(VENV)/.dev
	@tools/check_system_packages test
	$(BIN)/python -m tests.e2e.pictures

lock:
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements/run.txt
	uv pip compile -q --universal --generate-hashes --no-emit-index-url --no-header --extra dev pyproject.toml -o requirements/dev.txt
	uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header benchmarks/requirements.in -o requirements/bench.txt

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks --scale

corpus: $(VENV)/.dev
	$(BIN)/python -m benchmarks.corpus

conformance: $(VENV)/.dev
	$(BIN)/python -m tests.conformance

fuzz: $(VENV)/.dev
	$(BIN)/python -m tests.fuzz
	$(BIN)/python -m tests.fuzz --target tests.fuzz.serving:serve

$(VENV)/.bench: $(VENV)/.run requirements/bench.txt
	$(BIN)/pip install -q --require-hashes -r requirements/bench.txt
	@touch $@

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Formpress needs Python 3.11 or newer (PYTHON=…)")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python requirements/run.txt pyproject.toml
	$(BIN)/pip install -q --require-hashes -r requirements/run.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: $(VENV)/bin/python requirements/dev.txt pyproject.toml
	$(BIN)/pip install -q --require-hashes -r requirements/dev.txt
	@$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@ $(VENV)/.run

clean:
	rm -rf $(VENV) build *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
