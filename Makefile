# Two commands do everything: `make demo` shows the suite at work without any hardware,
# `make test` installs the real parts it needs and runs the tests. The rest is for developers;
# `make lab` runs the scenarios that boot a kernel with devices, `make lab SCENARIO=modem` some.

CARGO ?= cargo
PREFIX ?= /usr/local
DESTDIR ?=
STATUS = xsms xnm xgnss
BIN = $(DESTDIR)$(PREFIX)/bin
MAN = $(DESTDIR)$(PREFIX)/share/man/man1
SHARE = $(DESTDIR)$(PREFIX)/share

# Coverage for libFuzzer through the stable compiler: only the flags that the fuzzer needs.
FUZZ_FLAGS = --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
  -Cdebug-assertions=on -Coverflow-checks=on -Ccodegen-units=1
FUZZ_TARGETS = digest pdu import nmea xlcslsr
FUZZ_SECONDS ?= 20

# A scenario's file in tests/lab, or one of its tests: `gpio`, `modem::messages_go_both_ways`.
SCENARIO ?=

.PHONY: demo test lab check bench fuzz status build install uninstall docs clean

demo:
	tests/setup.sh demo
	$(MAKE) build
	tests/demo.sh

test:
	tests/setup.sh test
	$(MAKE) status
	$(MAKE) fuzz
	tests/lab/kernel.sh >/dev/null
	$(CARGO) nextest run --features lab --no-fail-fast

lab:
	tests/setup.sh lab
	tests/lab/kernel.sh >/dev/null
	$(CARGO) nextest run --features lab --test lab --profile lab --no-fail-fast \
	  $(if $(SCENARIO),-E 'test(/^$(SCENARIO)(::|$$)/)')

# The status programs are built without the popups' features, which would make them grow, and
# linked statically, which saves the loader's half millisecond at each start.
status:
	for program in $(STATUS); do \
	  $(CARGO) rustc --release --no-default-features --bin $$program -- \
	    -C target-feature=+crt-static || exit; \
	done

build: status
	$(CARGO) build --release --no-default-features --bin barpop-sim
	$(CARGO) build --release --bin barpop

check:
	tests/setup.sh check
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	$(CARGO) clippy --no-default-features --features docs,bench,lab --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items
	$(CARGO) deny check bans licenses sources

bench:
	tests/setup.sh bench
	$(MAKE) build
	benches/run.sh

fuzz:
	RUSTFLAGS="$(FUZZ_FLAGS)" $(CARGO) build --target-dir target/fuzz --target $$(rustc -vV | sed -n 's/host: //p') \
	  --no-default-features --features fuzz $(FUZZ_TARGETS:%=--bin fuzz-%)
	tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)

docs:
	$(CARGO) run --quiet --no-default-features --features docs --bin barpop-docs -- target/docs

install: build docs
	for program in $(STATUS) barpop; do \
	  install -Dm755 target/release/$$program $(BIN)/$$program || exit; \
	done
	for page in target/docs/man/*.1; do install -Dm644 $$page $(MAN)/$$(basename $$page); done
	for program in $(STATUS); do \
	  install -Dm644 target/docs/completions/$$program.bash \
	    $(SHARE)/bash-completion/completions/$$program && \
	  install -Dm644 target/docs/completions/_$$program $(SHARE)/zsh/site-functions/_$$program && \
	  install -Dm644 target/docs/completions/$$program.fish \
	    $(SHARE)/fish/vendor_completions.d/$$program.fish || exit; \
	done
	for file in xmobar/*; do install -Dm644 $$file $(SHARE)/doc/barpop/examples/$$(basename $$file); done

uninstall:
	for program in $(STATUS) barpop; do \
	  rm -f $(BIN)/$$program $(MAN)/$$program.1 $(MAN)/$$program-*.1; \
	  rm -f $(SHARE)/bash-completion/completions/$$program $(SHARE)/zsh/site-functions/_$$program; \
	  rm -f $(SHARE)/fish/vendor_completions.d/$$program.fish; \
	done
	rm -rf $(SHARE)/doc/barpop

clean:
	$(CARGO) clean
