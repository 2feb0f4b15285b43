# Each target does all the set-up that it needs. PORT=8080 make run changes the port.
PYTHON ?= python3
PORT ?= 5000
BIN = .venv/bin
FLASK = $(BIN)/flask --app caliber_site
PO = $(wildcard translations/*/LC_MESSAGES/messages.po)
MO = $(PO:.po=.mo)
DEBIAN = chromium default-jre-headless postgresql

.PHONY: run serve test lint screenshots catalogues lock debian

run: .venv/site .env $(MO)
	@CALIBER_SITE_URL=http://127.0.0.1:$(PORT) $(FLASK) demo run --port $(PORT)

serve: .venv/site .env $(MO)
	@$(FLASK) db upgrade
	@$(FLASK) search sync
	@$(BIN)/granian --interface wsgi --factory --env-files .env --workers 2 \
	  --host 127.0.0.1 --port $(PORT) caliber_site:create_app

test: .venv/dev debian $(MO) lint
	@$(BIN)/pytest

lint: .venv/dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

screenshots: .venv/dev debian $(MO)
	@$(BIN)/python -m tests.screenshots

# The strings of the code into the catalogues; new ones are then to be translated.
catalogues: .venv/dev
	@mkdir -p build
	@$(BIN)/pybabel -q extract -F translations/babel.cfg -k lazy_gettext -k _l -o build/messages.pot \
	  --project caliber_site --no-location --sort-output .
	@$(BIN)/pybabel -q update -i build/messages.pot -d translations --no-fuzzy-matching \
	  --ignore-obsolete --ignore-pot-creation-date

# Pin every package, with hashes and without the address of a registry.
lock: .venv/dev
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --strip-extras --allow-unsafe -o requirements.txt pyproject.toml
	$(BIN)/pip-compile -q --generate-hashes --no-emit-index-url --no-emit-find-links \
	  --strip-extras --allow-unsafe --extra dev -o requirements-dev.txt pyproject.toml

.venv/site: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test .venv/dev -nt requirements.txt || $(BIN)/pip install -q --require-hashes -r requirements.txt
	@touch $@

.venv/dev: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@

.env:
	@umask 077 && $(PYTHON) -c "import secrets; print('CALIBER_SECRET_KEY=' + secrets.token_hex(32))" > $@
	@echo "CALIBER_SITE_URL=http://127.0.0.1:$(PORT)" >> $@

%.mo: %.po | .venv/site
	@$(BIN)/pybabel -q compile -i $< -o $@

# The browser, the HTML checker's Java and the second database are Debian's.
debian:
	@command -v chromium >/dev/null && command -v java >/dev/null && \
	  { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; } || \
	  { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
	    apt-get -qq update && DEBIAN_FRONTEND=noninteractive apt-get -qq -y install $(DEBIAN) >/dev/null; } || \
	  { echo "make: install these Debian packages first: $(DEBIAN)" >&2; exit 1; }
