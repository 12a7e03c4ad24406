# Two commands do everything: `make demo` shows the suite at work without any hardware,
# `make test` installs the real parts it needs and runs all tests. The rest is for developers.

CARGO ?= cargo
PREFIX ?= /usr/local
DESTDIR ?=
BIN = $(DESTDIR)$(PREFIX)/bin
MAN = $(DESTDIR)$(PREFIX)/share/man/man1
SHARE = $(DESTDIR)$(PREFIX)/share

# Coverage for libFuzzer through the stable compiler: only the flags that the fuzzer needs.
FUZZ_FLAGS = --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
  -Cdebug-assertions=on -Coverflow-checks=on -Ccodegen-units=1
FUZZ_TARGETS = digest pdu import
FUZZ_SECONDS ?= 20

.PHONY: demo test check bench fuzz status build install uninstall docs clean

demo:
	tests/setup.sh demo
	$(MAKE) build
	tests/demo.sh

test:
	tests/setup.sh test
	$(MAKE) status
	$(MAKE) fuzz
	$(CARGO) nextest run --no-fail-fast

# The status programs are built without the popups' features, which would make them grow, and
# linked statically, which saves the loader's half millisecond at each start.
status:
	$(CARGO) rustc --release --no-default-features --bin xsms -- -C target-feature=+crt-static

build: status
	$(CARGO) build --release --no-default-features --bin barpop-sim
	$(CARGO) build --release --bin barpop

check:
	tests/setup.sh check
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	$(CARGO) clippy --no-default-features --features docs,bench --all-targets -- -D warnings
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
	install -Dm755 target/release/xsms $(BIN)/xsms
	install -Dm755 target/release/barpop $(BIN)/barpop
	for page in target/docs/man/*.1; do install -Dm644 $$page $(MAN)/$$(basename $$page); done
	install -Dm644 target/docs/completions/xsms.bash $(SHARE)/bash-completion/completions/xsms
	install -Dm644 target/docs/completions/_xsms $(SHARE)/zsh/site-functions/_xsms
	install -Dm644 target/docs/completions/xsms.fish $(SHARE)/fish/vendor_completions.d/xsms.fish
	for file in xmobar/*; do install -Dm644 $$file $(SHARE)/doc/barpop/examples/$$(basename $$file); done

uninstall:
	rm -f $(BIN)/xsms $(BIN)/barpop $(MAN)/xsms.1 $(MAN)/xsms-*.1 $(MAN)/barpop.1 $(MAN)/barpop-*.1
	rm -f $(SHARE)/bash-completion/completions/xsms $(SHARE)/zsh/site-functions/_xsms
	rm -f $(SHARE)/fish/vendor_completions.d/xsms.fish
	rm -rf $(SHARE)/doc/barpop

clean:
	$(CARGO) clean
