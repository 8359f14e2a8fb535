# Everything a contributor runs. Needs Python >= 3.11 and make (GNU make 3.81, macOS's own, is enough).

VENV ?= .venv
BIN := $(VENV)/bin
PYTEST := $(BIN)/python -m pytest
CORPUS ?= $(wildcard ../shared/corpus)
export PYTHON

.DEFAULT_GOAL := help
.PHONY: help setup browser demo serve test test-long test-lowest mutation check format bench conformance interop pictures lock clean distclean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/  make \1	\2/p' Makefile | expand -t 22

setup: ## make the environment (.venv) or bring it up to date
	@.ci/setup $(VENV)

browser: setup
	@$(BIN)/slidebuild doctor --install

demo: browser ## build the demo deck: HTML and PDF
	$(BIN)/slidebuild html decks/cycle2.md
	$(BIN)/slidebuild pdf decks/cycle2.md
	@echo
	@ls dist/cycle2/index.html dist/cycle2/cycle2.pdf

serve: setup ## live preview of all decks
	$(BIN)/slidebuild serve

test: browser ## every test, those in a browser too
	$(PYTEST) -n auto -m 'not long'

test-long: browser ## tests that run for minutes: fuzzing at length, soaks
	$(PYTEST) -n auto -m long

mutation: setup ## mistakes put into lexer, parser and resolver: which of them no test notices (ARGS=--again: of the last)
	@$(BIN)/python -m pip install -qq --disable-pip-version-check --constraint .ci/constraints.txt --group mutation
	nice $(BIN)/python tests/mutation/run.py $(ARGS)

test-lowest: ## the tests with the oldest versions that pyproject.toml allows
	@$(MAKE) setup
	@mkdir -p $(VENV)-lowest
	@$(BIN)/python .ci/lowest.py > .ci/lowest.tmp
	@.ci/setup $(VENV)-lowest .ci/lowest.tmp; status=$$?; rm -f .ci/lowest.tmp; exit $$status
	@$(VENV)-lowest/bin/slidebuild doctor --install
	$(VENV)-lowest/bin/python -m pytest -n auto -m 'not long'

check: setup ## style, types and layers
	sh -n .ci/setup
	bash -n .ci/run
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## put the code into shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

bench: browser ## measure: HTML, PDF and preview
	$(BIN)/python tests/bench/run.py

conformance: browser ## compare with what remark.js makes (CORPUS=folder of decks and goldens)
	$(BIN)/python tests/conformance/run.py $(CORPUS)
	$(BIN)/python tests/conformance/import_corpus.py $(CORPUS)
	$(BIN)/python tests/conformance/pixels.py $(CORPUS)

interop: browser ## npm tools that read remark.js pages read ours (needs Node.js)
	$(BIN)/python tests/interop/run.py

pictures: browser ## take the README's pictures anew, with the tool itself
	$(BIN)/python img/readme/shots.py

lock: ## resolve the newest versions anew into .ci/constraints.txt
	@.ci/lock

clean: ## remove what builds and tests leave behind
	rm -rf dist build mutants .slidebuild .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	find src tests -name __pycache__ -prune -exec rm -rf {} +

distclean: clean ## remove the environment as well
	rm -rf $(VENV) $(VENV)-lowest
