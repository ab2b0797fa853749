# make demo   does the main job on the embedded corpus        make test    runs the tests
# make page   serves the demo's models side by side at http://127.0.0.1:8080/ (after make demo)
# make reproduce   repeats the experiments of evaluation/ and fails where a digit moved
# make bench  runs the benchmarks                             make format  formats the Swift sources
# make check-transformers   compares transformers with PyTorch's on MiniLM: vectors, folders, gradients (installs Python packages)
# make test-page   runs the tests of the pages in Chromium (installs Debian's chromium and chromium-driver)
# make sanitize KIND=address|thread   runs the tests with a sanitizer in a copy of the sources (some 40 minutes on 2 cores)
# make cluster-test   mines on a Spark cluster on this machine and compares the bytes (installs pyspark; Java 17; DATASET=folder)
# make install, make uninstall   program, man pages, completions (PREFIX=/usr/local, DESTDIR=)
# make archive, make deb   dist/: an archive that runs where its libraries are (INSTALL names them), a Debian package
# make test-consumer   builds and runs a package that uses the libraries     make clean-machine SWIFT=folder   all of it in bare Debian folders
# make peers DATA=folder   compares with other programs and writes evaluation/reports/peers.md
# make dependencies   installs missing system packages (Debian, Ubuntu); demo and test call it themselves

DEMO ?= demo
# On Linux Swift's runtime is in the program: it runs where no Swift is.
BUILD = swift build -c release --product decoy $(if $(filter Linux,$(shell uname)),--static-swift-stdlib)
BUILT = "$$(swift build -c release --show-bin-path)/decoy"
PREFIX ?= /usr/local
export DESTDIR MAINTAINER

.PHONY: demo page test test-page test-consumer sanitize reproduce check-transformers cluster-test bench build format lint dependencies clean \
	install uninstall archive deb clean-machine peers

dependencies:
	@.ci/dependencies

build: dependencies
	$(BUILD)

demo: build
	@start=$$(date +%s); \
	$(BUILT) experiment corpora/homonyms -o $(DEMO) --force --no-steps && \
	echo "demo: $$(( $$(date +%s) - start )) s after the build; the report is $(DEMO)/report.html"

page: build
	@test -d $(DEMO)/models || { echo "make demo makes the models first" >&2; exit 1; }
	@bin=$(BUILT); \
	"$$bin" index corpora/homonyms -o $(DEMO)/page.index --force --quiet && \
	for name in before after; do \
		"$$bin" encode $(DEMO)/models/$$name corpora/homonyms -o $(DEMO)/page.$$name --force --quiet || exit 1; \
	done; \
	exec "$$bin" serve $(DEMO)/page.index --before $(DEMO)/page.before --before-model $(DEMO)/models/before \
		--dense $(DEMO)/page.after --model $(DEMO)/models/after

test: dependencies
	swift test

test-consumer: dependencies
	swift run --package-path packaging/consumer Consumer | diff packaging/consumer/expected.txt -

test-page:
	@.ci/dependencies chromium chromium-driver
	DECOY_BROWSER_TESTS=1 swift test --filter BrowserTests

sanitize: dependencies
	Tests/Sanitizers/run "$(KIND)"

reproduce: build
	DATA="$(DATA)" SAVE="$(SAVE)" evaluation/reproduce

check-transformers: dependencies
	DATA="$(DATA)" PYTHON="$(PYTHON)" evaluation/peers/training/check

DATASET ?= corpora/homonyms
cluster-test: build
	@python="$(PYTHON)"; \
	if [ -z "$$python" ]; then \
		python3 -m venv .build/cluster && .build/cluster/bin/pip install -q pyspark pyarrow || exit 1; \
		python=.build/cluster/bin/python; \
	fi; \
	"$$python" evaluation/cluster/cluster_test.py --decoy $(BUILT) \
		--corpus $(DATASET)/corpus.jsonl --queries $(DATASET)/queries.jsonl --qrels $(DATASET)/qrels/train.tsv

bench: dependencies
	swift run -c release --package-path Benchmarks DecoyBenchmarks

install: build
	packaging/install $(BUILT) "$(PREFIX)"

uninstall:
	packaging/uninstall "$(PREFIX)"

archive: build
	@.ci/dependencies dpkg-dev
	packaging/archive $(BUILT)

deb: build
	@.ci/dependencies dpkg-dev
	packaging/deb $(BUILT)

clean-machine:
	packaging/clean-machine --swift "$(SWIFT)" $(OPTIONS)

peers: build
	swift build -c release --package-path Benchmarks
	evaluation/peers/run "$(DATA)" $(OPTIONS)

format:
	swift format -i -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources Fuzzing/Package.swift Fuzzing/Sources packaging/consumer

lint:
	swift format lint --strict -r Package.swift Sources Tests Benchmarks/Package.swift Benchmarks/Sources Fuzzing/Package.swift Fuzzing/Sources packaging/consumer

clean:
	swift package clean
	rm -rf $(DEMO) $(DEMO).steps

# make docs   builds the DocC documentation of every product below .build/plugins/Swift-DocC/outputs; a warning is an error
PRODUCTS = RetrievalData TextAnalysis LexicalSearch DenseRetrieval NegativeMining RetrievalEvaluation SearchServer Decoy
.PHONY: docs
docs: dependencies
	@for product in $(PRODUCTS); do \
		DECOY_DOCUMENTATION=1 swift package generate-documentation --target $$product --warnings-as-errors || exit 1; \
	done
