# The plans, from raw text to a guarded data package: `make` builds and validates, `make help` lists the rest.
#
# Needs Python 3.11 or newer (another one: make PYTHON=python3.13), git and make. Everything else goes into .venv.

PYTHON ?= python3

WORKERS ?= auto
QUICK ?= tests/reading tests/test_method.py tests/test_vocabularies_content.py
TEXTS ?= ../shared/corpus/plans
ENVIRONMENT := .venv/requirements.txt
RUN := .venv/bin/python -m

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory
.PHONY: all build validate accuracy test quick lint types format check reach alarms bench mutants fuzz report site metadata databases archive verify release venv lock clean distclean help

all: $(ENVIRONMENT)  ## build and validate the data package, and say what came out (the default)
	@$(RUN) pipelines all

build: $(ENVIRONMENT)  ## seeds/ -> data/, datapackage.json and docs/data-dictionary.md
	@$(RUN) pipelines build

validate: $(ENVIRONMENT)  ## hold the published package against its schemas, checksums and expectations
	@$(RUN) pipelines validate

accuracy: $(ENVIRONMENT)  ## score the tables against the plans annotated by hand in tests/gold
	@$(RUN) pipelines accuracy

test: $(ENVIRONMENT)  ## every test, and every example in a docstring
	@$(RUN) pytest -q -n $(WORKERS) --dist worksteal

quick: $(ENVIRONMENT)  ## the tests of the words and forms: what a changed row of a vocabulary or a form can break
	@$(RUN) pytest -q -n $(WORKERS) $(QUICK)

lint: $(ENVIRONMENT)  ## style and common mistakes (ruff)
	@$(RUN) ruff check
	@$(RUN) ruff format --check

types: $(ENVIRONMENT)  ## type check, strict (mypy)
	@$(RUN) mypy

format: $(ENVIRONMENT)  ## mend what `make lint` can mend by itself
	@$(RUN) ruff check --fix
	@$(RUN) ruff format

check: $(ENVIRONMENT)  ## rebuild elsewhere and prove that no byte of what is published changes
	@$(RUN) pipelines check

reach: $(ENVIRONMENT)  ## how far the reading reaches in a folder of real plans (make reach TEXTS=folder)
	@$(RUN) pipelines reach $(TEXTS) --publish

alarms: $(ENVIRONMENT)  ## how often each guard fails on a folder of real plans (make alarms TEXTS=folder)
	@$(RUN) pipelines alarms $(TEXTS)

bench: $(ENVIRONMENT)  ## time and memory of the extraction, the build and the guards
	@$(RUN) pipelines bench

mutants: $(ENVIRONMENT)  ## plant faults in the data and show which check catches each
	@$(RUN) pipelines mutants

fuzz: $(ENVIRONMENT)  ## 20,000 coverage-guided executions of repair, outline and extraction (x86-64 Linux)
	@mkdir -p build
	@.venv/bin/python tests/fuzz_reading.py -atheris_runs=20000 -max_len=2048 -len_control=0 -seed=1 \
	    -verbosity=0 -artifact_prefix=build/fuzz- && echo "20,000 executions, no failure"

report: $(ENVIRONMENT)  ## dist/report.html: what was validated and found, for people
	@$(RUN) pipelines report

site: $(ENVIRONMENT)  ## dist/site: the pages to read and explore the data
	@$(RUN) pipelines site

metadata: $(ENVIRONMENT)  ## descriptions for catalogues: schema.org, Croissant, DCAT, Zenodo, CITATION.cff
	@$(RUN) pipelines metadata

databases: $(ENVIRONMENT)  ## the DuckDB and SQLite files of these data, for the recipes of docs/using.md, marked as not released
	@$(RUN) pipelines databases

archive: $(ENVIRONMENT)  ## dist/: the archive of these data alone, marked as not released
	@$(RUN) pipelines archive

verify: $(ENVIRONMENT)  ## prove that a package's bytes equal a rebuild from its seeds (make verify PACKAGE=folder-or-zip)
	@$(RUN) pipelines verify $(PACKAGE)

release: $(ENVIRONMENT)  ## dist/: archive, databases, metadata, checksums, pages (PREVIOUS=old.zip or FIRST=1)
	@$(RUN) pipelines release $(if $(PREVIOUS),--previous $(PREVIOUS)) $(if $(FIRST),--first) $(if $(TAG),--tag $(TAG))

venv: $(ENVIRONMENT)  ## only set up .venv from the locked requirements
	@:

lock:  ## rewrite requirements.txt from requirements*.in (make lock UPGRADE=1 takes newer versions)
	@$(PYTHON) -m venv --clear build/lock
	@build/lock/bin/python -m pip install -qq uv
	@build/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" \
	    $(if $(UPGRADE),--upgrade) requirements-dev.in --output-file requirements.txt

clean:  ## remove caches and leftovers; what is published stays
	@rm -rf build *.duckdb *.sqlite .mypy_cache .pytest_cache .ruff_cache .hypothesis
	@find . -path ./.venv -prune -o -path ./.git -prune -o -type d -name __pycache__ -exec rm -rf {} +

distclean: clean  ## remove the environment too
	@rm -rf .venv

help:  ## this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

# The environment is whole when .venv holds a copy of the lock it was made from.
# The copy comes last, so one whose making was interrupted is made anew.
# Debian splits venv: without its package python3-venv the pip of the system fills the environment from outside.
$(ENVIRONMENT): requirements.txt
	@if cmp -s requirements.txt $@ && .venv/bin/python -c '' 2>/dev/null; then touch $@; exit 0; fi; \
	fail() { echo "make: $$1" >&2; exit 1; }; \
	$(PYTHON) -c '' 2>/dev/null || fail "no Python found as '$(PYTHON)': install it (Debian: apt install python3 python3-venv) or name one: make PYTHON=python3.13"; \
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || fail "$$($(PYTHON) --version) is too old: this project needs Python 3.11 or newer; name one: make PYTHON=python3.13"; \
	rm -rf .venv; \
	echo "Setting up .venv from requirements.txt (only once, about a minute) ..." >&2; \
	install="install -qq --no-input --disable-pip-version-check --require-hashes --only-binary :all: --no-binary jsonpath-rw -r requirements.txt"; \
	if $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null; then \
	  $(PYTHON) -m venv .venv && .venv/bin/python -m pip $$install; \
	elif $(PYTHON) -c 'import pip, venv' 2>/dev/null; then \
	  $(PYTHON) -m venv --without-pip .venv && $(PYTHON) -m pip --python .venv/bin/python $$install; \
	else \
	  fail "this Python can make no virtual environment: install the Debian package python3-venv (apt install python3-venv) and run make again"; \
	fi || fail "the environment could not be set up: see the message above, then run make again"; \
	cp requirements.txt $@
