# Each target does all the set-up that it needs. PORT=8080 make run changes the port.
PYTHON ?= python3
PORT ?= 5000
BIN = .venv/bin
FLASK = $(BIN)/flask --app caliber_site
PO = $(wildcard translations/*/LC_MESSAGES/messages.po)
MO = $(PO:.po=.mo)
CODE = $(shell find caliber_site -name "*.py")
HERE = http://127.0.0.1:$(PORT)
# The paper's own address, if .env has one: the first make writes this machine's there.
ADDRESS = $(or $(filter-out http://127.0.0.1:%,$(shell sed -n "s/^CALIBER_SITE_URL=//p" .env 2>/dev/null)),$(HERE))
# What `make bench` needs on top: the load, and the yardstick of static files.
BENCHED = wrk nginx-light
DEBIAN = chromium default-jre-headless postgresql
# The same browser without windows: tests take it where it is, and less than half of the time.
WINDOWLESS = chromium-headless-shell
install = { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get -qq update && \
  DEBIAN_FRONTEND=noninteractive apt-get -qq -y install $(1) >/dev/null; }

.PHONY: run serve test lint bench profile screenshots catalogues lock debian benched

run: export CALIBER_SITE_URL = $(HERE)
run: .venv/compiled .env $(MO)
	@$(FLASK) demo run --port $(PORT)

serve: export CALIBER_SITE_URL ?= $(ADDRESS)
serve: .venv/compiled .env $(MO)
	@exec $(FLASK) serve --upgrade --port $(PORT)

test: .venv/dev .venv/compiled debian $(MO) lint
	@$(BIN)/pytest --numprocesses $$(($$(getconf _NPROCESSORS_ONLN) + 1)) --dist worksteal  # some only wait

lint: .venv/dev
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/djlint --quiet --lint templates
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache

# One table on standard output, and build/bench.json. BENCH="--only http --totals 3000" makes it a
# small one.
bench: .venv/dev .venv/compiled debian benched $(MO)
	@$(BIN)/python -m bench $(BENCH)

# Where the time of a cold article, a front page and a search page goes.
profile: .venv/dev $(MO)
	@$(BIN)/python -m bench.profile

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

# A start takes a tenth less where Python finds the site compiled. It keeps what it compiles itself
# too, but not everywhere; where this may not be kept either the site starts all the same.
.venv/compiled: $(CODE) | .venv/site
	@-$(BIN)/python -m compileall -q caliber_site && touch $@

.venv/dev: requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install -q --require-hashes -r requirements-dev.txt
	@touch $@

.env:
	@umask 077 && $(PYTHON) -c "import secrets; print('CALIBER_SECRET_KEY=' + secrets.token_hex(32))" > $@
	@echo "CALIBER_SITE_URL=$(HERE)" >> $@

%.mo: %.po | .venv/site
	@$(BIN)/pybabel -q compile -i $< -o $@

# The browser, the HTML checker's Java and the second database are Debian's.
debian:
	@command -v chromium >/dev/null && command -v java >/dev/null && \
	  { ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null; } || \
	  $(call install,$(DEBIAN)) || \
	  { echo "make: install these Debian packages first: $(DEBIAN)" >&2; exit 1; }
	@command -v $(WINDOWLESS) >/dev/null || $(call install,chromium $(WINDOWLESS)) 2>/dev/null || \
	  echo "make: browser tests take twice as long without Debian's $(WINDOWLESS)" >&2

benched:
	@command -v wrk >/dev/null && { command -v nginx || ls /usr/sbin/nginx; } >/dev/null 2>&1 || \
	  $(call install,$(BENCHED)) || \
	  echo "make: without Debian's wrk aiohttp asks, which is slower than ready answers, and without nginx there are no lines of it" >&2
