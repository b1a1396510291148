# Kompetansepilot: building, testing and delivering. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

# Where Go's own archive and Debian's versioned package lie, ahead of an older go on PATH.
export PATH := /usr/local/go/bin:/usr/lib/go-1.26/bin:$(PATH)
export GOTOOLCHAIN ?= auto

NAME := kompetansepilot
PROGRAM := build/$(NAME)
WINDOWS_PROGRAM := dist/$(NAME).exe
RESOURCES := rsrc_windows_amd64.syso

# FTS5 is the workspace's full-text search. The others are Fyne's: this program
# keeps to the threads by itself, and does without two megabytes of emoji.
TAGS := sqlite_fts5
RELEASE_TAGS := $(TAGS),migrated_fynedo,no_emoji

VERSION := $(shell sed -n 's/^Version *= *"\(.*\)"/\1/p' FyneApp.toml)
BUILD := $(shell sed -n 's/^Build *= *\([0-9]*\).*/\1/p' FyneApp.toml)
APP_ID := $(shell sed -n 's/^ID *= *"\(.*\)"/\1/p' FyneApp.toml)
COMMIT := $(shell git describe --always --dirty --abbrev=12 --exclude '*' 2>/dev/null || echo unknown)
comma := ,
VERSION_NUMBERS := $(subst .,$(comma),$(VERSION)),$(BUILD)

LDFLAGS := -s -w -X main.version=$(VERSION) -X main.build=$(BUILD) -X main.commit=$(COMMIT) -X main.appID=$(APP_ID)
GO_RELEASE := go build -trimpath -buildvcs=false -tags $(RELEASE_TAGS)
TOOL := go tool -modfile=.ci/tools.mod

# The tests read Norwegian dates and letters.
TEST_ENV := LANG=nb_NO.UTF-8 LC_ALL=
PACKAGES ?= ./...

say = @printf '%s\n' "$(1)"

##@ Using it

.PHONY: run
run: build ## Install what is missing, build, and open the window (ARGS="…" are given on)
	@exec $(PROGRAM) $(ARGS)

.PHONY: build
build: ## Build build/kompetansepilot
	@scripts/setup.sh build
	$(call say,Building $(PROGRAM) $(VERSION) ($(COMMIT)). The first time takes some minutes.)
	@mkdir -p build
	@$(GO_RELEASE) -ldflags '$(LDFLAGS)' -o $(PROGRAM) .

##@ Checking it

.PHONY: test
test: ## Run every test, the window's on a display of its own
	@scripts/setup.sh build test
	@$(TEST_ENV) scripts/with-display.sh go test -tags $(TAGS) $(TESTFLAGS) $(PACKAGES)

.PHONY: race
race: ## Run the tests of what works in the background with the race detector
	@scripts/setup.sh build test
	@$(TEST_ENV) scripts/with-display.sh go test -race -tags $(TAGS) $(TESTFLAGS) ./data/... ./app ./app/grant/... ./ui/task/...

.PHONY: fuzz
fuzz: ## Run each fuzz test for FUZZTIME (10s)
	@scripts/fuzz.sh $(TAGS) $(or $(FUZZTIME),10s)

.PHONY: lint
lint: ## Check formatting, vet, staticcheck, the shell scripts, the house and the translations
	@scripts/setup.sh build lint
	$(call say,gofmt)
	@unformatted=$$(git ls-files -z --cached --others --exclude-standard '*.go' | xargs -0 ls -d 2>/dev/null | xargs gofmt -l); \
	if [ -n "$$unformatted" ]; then printf 'Not formatted; run gofmt -w on:\n%s\n' "$$unformatted"; exit 1; fi
	$(call say,go vet)
	@go vet -tags $(TAGS) $(PACKAGES)
	$(call say,staticcheck)
	@$(TOOL) staticcheck -tags $(TAGS) $(PACKAGES)
	$(call say,shellcheck)
	@if command -v shellcheck >/dev/null; then shellcheck -x .ci/run $$(find scripts packaging -name '*.sh'); else echo '  not here, left out'; fi
	$(call say,house and translations)
	@go test -tags $(TAGS) ./internal/arch

.PHONY: vuln
vuln: ## Look for known vulnerabilities in what is used (needs the network)
	@$(TOOL) govulncheck -tags $(TAGS) ./...

.PHONY: bench
bench: ## Measure against the peers; the ratios stand last and in build/bench.txt
	@scripts/setup.sh bench
	@scripts/bench.sh $(TAGS)

##@ Delivering it

.PHONY: windows
windows: ## Build dist/kompetansepilot.exe for Windows
	@scripts/setup.sh windows
	$(call say,Building $(WINDOWS_PROGRAM) $(VERSION) ($(COMMIT)). The first time takes up to ten minutes.)
	@mkdir -p dist
	@x86_64-w64-mingw32-windres -O coff -D 'VERSION=\"$(VERSION)\"' -D VERSION_NUMBERS=$(VERSION_NUMBERS) \
		-i packaging/windows/kompetansepilot.rc -o $(RESOURCES)
	@CGO_ENABLED=1 GOOS=windows GOARCH=amd64 CC=x86_64-w64-mingw32-gcc \
		$(GO_RELEASE) -ldflags '$(LDFLAGS) -H windowsgui' -o $(WINDOWS_PROGRAM) .
	@ls -l $(WINDOWS_PROGRAM)

.PHONY: wine-test
wine-test: windows ## Try the Windows program under Wine: commands, the PDF, the window
	@scripts/setup.sh wine
	@scripts/with-display.sh scripts/wine-test.sh $(WINDOWS_PROGRAM)

.PHONY: screenshots
screenshots: build ## Take the pictures of the README anew
	@scripts/setup.sh test
	@LANG=nb_NO.UTF-8 scripts/with-display.sh scripts/screenshots.sh $(PROGRAM)

.PHONY: icons
icons: ## Render the icon from its drawings
	@scripts/icons.sh

##@ Keeping house

.PHONY: fresh
fresh: ## Clone HEAD and try all that a new user and CI would do
	@scripts/fresh.sh

.PHONY: clean
clean: ## Remove what was built
	@rm -rf build dist $(RESOURCES)

.PHONY: help
help: ## Show this list
	@awk 'BEGIN { FS = ":.*## " } \
		/^##@ / { printf "\n%s\n", substr($$0, 5) } \
		/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile
