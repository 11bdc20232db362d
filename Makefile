# Everything that a person or the CI does with Faultline. `make run` and `make test` need nothing but Swift:
# they see to the system packages themselves. Tests are built in a place of their own, because they are compiled
# with other flags than the product and the two would keep rebuilding each other.

SWIFT ?= swift
PRODUCT := .build/release/faultline
TESTING := --scratch-path .build/testing -c release -Xswiftc -enable-testing
SWIFT_DIRECTORIES := Package.swift Sources lineage-viz/Sources Tests Benchmarks

.PHONY: deps test-deps build run test lint format guide golden gallery bench compare scale bench-sat mutants clean

## deps: installs what Swift does not bring along (SQLite's header)
deps:
	@.ci/install-packages

## test-deps: installs what tests ask besides: Chromium and an HTML parser; where it cannot, those tests are skipped
test-deps:
	@.ci/install-packages tests

## build: the product, in release
build: deps
	$(SWIFT) build -c release $$(.ci/linking $(SWIFT)) --product faultline

## run: analyses the Kafka 0.8 replication protocol and shows what was found, and where it lies
run: build
	@.ci/show-kafka $(PRODUCT)

## test: every test, in release
test: test-deps
	$(SWIFT) test $(TESTING)

## lint: format, import arrows, what must not stand in the sources, and that each seeded fault has its line
lint:
	$(SWIFT) format lint --strict --parallel --recursive $(SWIFT_DIRECTORIES)
	@.ci/check-sources
	@Tests/Mutants/run --check

## format: rewrites the sources as `make lint` wants them
format:
	$(SWIFT) format --in-place --parallel --recursive $(SWIFT_DIRECTORIES)

## guide: puts into the pages of programs/guide what their commands print today
guide: build
	@Tests/Guide/run --write $(PRODUCT)

## golden: takes what the product prints and writes today as what it shall print and write, after an intended change
golden: build
	@Tests/Golden/run --write $(PRODUCT)

## bench: CPU times of fixed workloads
bench: build
	$(SWIFT) build -c release $$(.ci/linking $(SWIFT)) --product benchmark
	@.build/release/benchmark $(PRODUCT)

## compare: every row of the published tables, with our figures beside the published ones
compare: deps
	$(SWIFT) build -c release --product benchmark
	@.build/release/benchmark compare

## scale: how cost grows with rounds and nodes, far beyond what was published
scale: deps
	$(SWIFT) build -c release --product benchmark
	@.build/release/benchmark scale

## bench-sat: the SAT solver against minisat and cadical on the same files; LIMIT=40 CPU seconds each, FAMILY=… for some
bench-sat: build
	@Benchmarks/Satisfiability/generate.py out/sat $(abspath $(PRODUCT)) programs
	@Benchmarks/Satisfiability/compare.py out/sat $(or $(LIMIT),40) $(PRODUCT) $(FAMILY)

## mutants: breaks each module on purpose, one seeded fault at a time, and sees a test fail
mutants: deps
	@Tests/Mutants/run

## gallery: draws the pictures in lineage-viz/gallery anew
gallery: build
	@lineage-viz/gallery/draw $(PRODUCT)

## clean: removes whatever was built or written
clean:
	rm -rf .build out
