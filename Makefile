# Bellhop's commands. `make` alone lists them.

SWIFT_FLAGS := --explicit-target-dependency-import-check error
SOURCES := Package.swift Sources Plugins Tests Benchmarks

.DEFAULT_GOAL := help
.PHONY: help setup build release demo test fuzz fuzz-smoke lint format bench torture

help: ## show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

setup:
	@scripts/setup

build: setup ## build everything, tests included
	swift build --build-tests $(SWIFT_FLAGS)

release: setup ## build the release binary
	swift build -c release --product bellhop $(SWIFT_FLAGS) $$(scripts/release-flags)

demo: setup ## start everything on loopback and run all samples
	@swift build --product bellhop $(SWIFT_FLAGS)
	@"$$(swift build --show-bin-path)/bellhop" demo

test: build ## run all tests, and say what this machine could not run
	@scripts/test

# libFuzzer's build is one of its own and takes minutes, so the short run goes without it.
fuzz-smoke: build ## fuzz for a minute, without libFuzzer, another way each day (FUZZ_RUNS, FUZZ_SEED)
	FUZZ_RUNS=$(or $(FUZZ_RUNS),3000) FUZZ_SEED=$(or $(FUZZ_SEED),$(shell date -u +%Y%m%d)) \
	    swift test --skip-build --filter whatChangesMakeOfThemHolds

fuzz: setup ## fuzz with libFuzzer (FUZZ_SECONDS, FUZZ_RUNS, TARGETS), and write Benchmarks/FUZZ.md
	@Tests/Fuzz/run $(TARGETS)

lint: ## check the formatting
	swift format lint --strict --recursive --parallel $(SOURCES)

format: ## mend the formatting
	swift format --in-place --recursive --parallel $(SOURCES)

bench: ## measure, and write Benchmarks/RESULTS.md
	@scripts/setup bench
	@Benchmarks/run

# A build of its own: a trait changes how every target is compiled, so that it and the tests would undo each other's work.
TORTURE_SECONDS ?= 120
TORTURE_REPORT ?= Benchmarks/TORTURE.md
TORTURE_FLAGS := $(SWIFT_FLAGS) --traits CrashPoints --scratch-path .build-torture

torture: setup ## kill a server under load for TORTURE_SECONDS, judge what it left, and write Benchmarks/TORTURE.md
	swift build --product bellhop $(TORTURE_FLAGS)
	swift build --product Torture $(TORTURE_FLAGS)
	@bin="$$(swift build --show-bin-path $(TORTURE_FLAGS))" && "$$bin/Torture" --bellhop "$$bin/bellhop" \
		--seconds $(TORTURE_SECONDS) $(if $(TORTURE_SEED),--seed $(TORTURE_SEED)) $(if $(TORTURE_REPORT),--output $(TORTURE_REPORT))
