# make demo   builds the example site into example-site/site
# make serve  serves it with live reload
# make test   checks style and types and runs all tests but the largest matrices; make lint only checks
# make matrix runs the largest matrices, and the tests with every Python that is there; make test-all runs both
# make golden renews the golden pages; make schema renews the schema of data files and make words what is noted of translations, after a change of words;
# make bench measures
# Each makes the virtual environment in .venv when there is none and reuses it when there is one.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.installed

# Interpreters that pyenv keeps beside the one in use.
empty  :=
PYTHONS := $(subst $(empty) $(empty),:,$(wildcard $(HOME)/.pyenv/versions/3.1*/bin))

export NO_MKDOCS_2_WARNING := 1

.PHONY: lookup demo serve test matrix test-all lint golden schema words bench clean

$(STAMP): pyproject.toml requirements-dev.txt
	@command -v $(PYTHON) >/dev/null || { echo "Python 3.11 or newer is needed"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

demo: $(STAMP)
	@$(BIN)/mkdocs build --quiet --strict --config-file example-site/mkdocs.yml
	@echo "The example site is in example-site/site: open example-site/site/index.html"

serve: $(STAMP)
	$(BIN)/mkdocs serve --config-file example-site/mkdocs.yml

test: $(STAMP) lint
	$(BIN)/python -m pytest -n auto --dist worksteal -m "not whole"

matrix: $(STAMP)
	$(BIN)/python -m pytest -n auto --dist worksteal -m whole
	PATH="$(PATH):$(PYTHONS)" $(BIN)/nox

test-all: test matrix

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

golden: $(STAMP)
	$(BIN)/python -m pytest tests/test_golden.py --golden-renew

words: $(STAMP)
	$(BIN)/mkdocs-smtpcodes coverage --renew --markdown > example-site/coverage.md

schema: $(STAMP)
	$(BIN)/python -c "from mkdocs_smtpcodes.dataset.datafile.schema import write; write()"

# The script of the box as the site carries it. Needs Node.js; only who changes the script runs this.
lookup:
	npx --yes terser@5 mkdocs_smtpcodes/lookup/lookup.js -c passes=5,unsafe=true,unsafe_arrows=true,unsafe_methods=true,unsafe_regexp=true,pure_getters=true,booleans_as_integers=true,lhs_constants=false,inline=1,hoist_props=false,ecma=2020 -m toplevel=true \
	  --mangle-props 'regex=/^(failing|strong|lead|shape|said|remote|reporting|diagnostic|recipient|html|start|end|basic|enhanced|words|action|rows|ready|base|status)$$/' --format comments=false,ecma=2020 -o mkdocs_smtpcodes/assets/smtplookup.js

bench: $(STAMP)
	$(BIN)/python benchmarks/run.py --json benchmarks/result.json

clean:
	rm -rf $(VENV) example-site/site
