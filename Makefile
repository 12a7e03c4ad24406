# Two commands do everything: `make demo` shows the suite at work without any hardware,
# `make test` installs the real parts it needs and runs the tests. The rest is for developers;
# `make lab` runs the scenarios that boot a kernel with devices, `make lab SCENARIO=modem` some,
# `make lab-stock` those that Debian's own kernels can run, in an emulated machine.

CARGO ?= cargo
PREFIX ?= /usr/local
DESTDIR ?=
STATUS = xsms xnm xgnss xds4 xshutter

# Coverage for libFuzzer through the stable compiler: only the flags that the fuzzer needs.
FUZZ_FLAGS = --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table -Cllvm-args=-sanitizer-coverage-trace-compares \
  -Cdebug-assertions=on -Coverflow-checks=on -Ccodegen-units=1
FUZZ_TARGETS = digest pdu broadcast ussd vcard import nmea xlcslsr
FUZZ_SECONDS ?= 20

# A scenario's file in tests/lab, or one of its tests: `gpio`, `modem::messages_go_both_ways`.
SCENARIO ?=

.PHONY: demo test lab check bench soak fuzz mutants coverage status programs build install uninstall docs clean
.PHONY: install-status install-popups install-shutter deb arch packages cross reproducible semver

demo:
	tests/setup.sh demo
	$(MAKE) build
	tests/demo.sh

test:
	tests/setup.sh test
	$(MAKE) status
	SEED=1 $(MAKE) fuzz
	tests/lab/kernel.sh >/dev/null
	$(CARGO) test --doc --features lab
	$(CARGO) nextest run --features lab --no-fail-fast

# What is asked for runs, also where it is not among those that run by themselves.
CHOICE = $(if $(SCENARIO),--ignore-default-filter -E 'test(/^$(SCENARIO)(::|$$)/)')

lab:
	tests/setup.sh lab
	tests/lab/kernel.sh 6.1 >/dev/null
	tests/lab/kernel.sh 6.12 >/dev/null
	$(CARGO) nextest run --features lab --test lab --profile lab --no-fail-fast $(CHOICE)

# Takes the pictures of docs/gallery.md anew, after a look at what has changed: `git diff --stat`.
.PHONY: gallery
gallery:
	tests/setup.sh gallery
	BARPOP_GALLERY=update $(CARGO) nextest run --test gallery --no-fail-fast

.PHONY: lab-stock
lab-stock:
	tests/setup.sh lab-stock
	tests/lab/stock.sh 6.1 >/dev/null
	tests/lab/stock.sh 6.12 >/dev/null
	BARPOP_LAB_STOCK=1 \
	  $(CARGO) nextest run --features lab --test lab --profile lab-stock --no-fail-fast $(CHOICE)

# What a build of tests would keep for the next one takes time and half of the folder; CI has no next one.
ifdef CI
export CARGO_INCREMENTAL ?= 0
endif

# The status programs are built without the popups' features, which would make them grow, and
# linked statically, which saves the loader's half millisecond at each start. `xshutter` looks names
# up (a camera's, a broker's), which a static program can do only beside the very glibc it was built with.
# A distribution without a static C library says `STATIC=`.
STATIC ?= -C target-feature=+crt-static
# What links them: less for the loader to do, and less of `barpop` in memory. `LINKED=` has it done as ever.
LINKED ?= -C linker=assets/packages/start-cc.sh
status:
	for program in $(STATUS); do \
	  case $$program in \
	    xshutter) $(CARGO) rustc --release --no-default-features --features shutter-server --bin xshutter \
	      -- $(LINKED) ;; \
	    *) $(CARGO) rustc --release --no-default-features --bin $$program -- $(STATIC) $(LINKED) ;; \
	  esac || exit; \
	done

# Released programs shall not know the folder that they were built in, so that two builds are the same.
# Each flag is one, whatever spaces are in a folder's name.
NOTHING :=
NEXT := $(shell printf '\037')
REMAPPED := $(subst $(NOTHING) $(NOTHING),$(NEXT),$(strip $(RUSTFLAGS)))$(if $(RUSTFLAGS),$(NEXT))$(strip \
  )--remap-path-prefix=$(CURDIR)=barpop$(NEXT)--remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo
status programs build: export CARGO_ENCODED_RUSTFLAGS = $(REMAPPED)

# What is installed.
programs: status
	$(CARGO) rustc --release --bin barpop -- $(LINKED)

build: programs
	$(CARGO) build --release --no-default-features --bin barpop-sim

# Which functions of `barpop` are put side by side: to be made anew when much of a popup has changed.
.PHONY: start-order
start-order:
	tests/setup.sh start-order
	CARGO_PROFILE_RELEASE_STRIP=none $(MAKE) build
	benches/start_order.sh "$${CARGO_TARGET_DIR:-target}/release" assets/packages/start-order.txt

check:
	tests/setup.sh check
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	$(CARGO) clippy --no-default-features --features docs,bench,lab --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --no-deps --document-private-items
	$(CARGO) deny check bans licenses sources
	shellcheck .ci/run $$(git ls-files '*.sh' 'assets/packages/deb/*/p*')

bench:
	tests/setup.sh bench
	$(MAKE) build
	benches/run.sh

# The programs that stay, twenty times as long as in `make test`; then the shutter's engine for ten
# minutes, in real time.
SOAK ?= 20
soak:
	tests/setup.sh test
	BARPOP_SOAK=$(SOAK) $(CARGO) nextest run --profile soak --test soak --no-fail-fast
	benches/soak.sh $(SOAK_SECONDS)

fuzz:
	RUSTFLAGS="$(FUZZ_FLAGS)" $(CARGO) build --target-dir target/fuzz --target $$(rustc -vV | sed -n 's/host: //p') \
	  --no-default-features --features fuzz $(FUZZ_TARGETS:%=--bin fuzz-%)
	tests/fuzz/run.sh $(FUZZ_SECONDS) $(FUZZ_TARGETS)

# Keeps what the fuzzers found so far: the fewest inputs that reach all of it.
.PHONY: fuzz-corpus
fuzz-corpus:
	tests/fuzz/keep.sh $(FUZZ_TARGETS)

# Decoders and the like are broken in a copy, one change at a time; what no test of the library notices
# is listed at the end. `FILE=src/at/digest.rs` for some, `SHARD=0/8` for an eighth.
FILE ?=
SHARD ?=
MUTATED = src/at/**/*.rs src/sms/pdu.rs src/sms/pdu/*.rs src/sms/charset/*.rs src/sms/broadcast.rs \
  src/sms/broadcast/*.rs src/sms/ussd.rs src/sms/ussd/*.rs src/gnss/nmea.rs src/gnss/nmea/*.rs src/gnss/gpsd.rs \
  src/gnss/gpsd/*.rs src/gnss/modem.rs src/gnss/modem/*.rs src/ds4/decode.rs src/ds4/decode/*.rs \
  src/shutter/schedule.rs src/shutter/schedule/*.rs
mutants:
	tests/setup.sh mutants
	CARGO_TARGET_DIR="$(CURDIR)/target/mutants" $(CARGO) mutants --output target \
	  $(patsubst %,--file '%',$(or $(FILE),$(MUTATED))) $(SHARD:%=--shard %)

# Which lines the library's own tests run, a line for each room.
coverage:
	tests/setup.sh coverage
	tests/coverage.sh

docs:
	$(CARGO) run --quiet --no-default-features --features docs --bin barpop-docs -- target/docs

# The page is part of the source; a test says when it is stale.
docs/configuration.md: docs
	cmp -s target/docs/$(@F) $@ || cp target/docs/$(@F) $@

# What is installed where is in assets/packages/files.sh, for every kind of package.
PARTS = status popups shutter
export PREFIX DESTDIR

# Building is the person's; for copying, who may not write there is asked for root's rights.
SUDO = $(shell folder='$(DESTDIR)$(PREFIX)'; until [ -e "$$folder" ]; do folder=$$(dirname "$$folder"); done; \
  [ -w "$$folder" ] || echo sudo --preserve-env=DESTDIR,PREFIX,RELEASE,DOCS,PICTURES,CARGO_TARGET_DIR)

install: programs docs
	$(SUDO) assets/packages/files.sh install $(PARTS)
	@[ -n "$(DESTDIR)" ] || { [ -z "$(SUDO)" ] && [ "$$(id -u)" != 0 ]; } || ! command -v systemd-sysusers >/dev/null || \
	  $(SUDO) systemd-sysusers $(PREFIX)/lib/sysusers.d/xshutter.conf

# One part of what is built already; a package is made of each.
$(PARTS:%=install-%): install-%:
	assets/packages/files.sh install $*

uninstall:
	$(SUDO) assets/packages/files.sh uninstall $(PARTS)

# Debian packages in target/packages.
deb: programs docs
	rm -f target/packages/*.deb # of another version
	assets/packages/deb.sh

# What makepkg wants in one folder, of what is committed.
arch:
	mkdir -p target/packages/arch
	cp assets/packages/PKGBUILD target/packages/arch
	version=$$(sed -n 's/^pkgver=//p' assets/packages/PKGBUILD) && \
	  git archive --prefix="barpop-$$version/" -o "target/packages/arch/barpop-$$version.tar.gz" HEAD

# The same, and rpms, with what Debian's and Fedora's own checkers say, and what they do on a clean Debian; not
# part of `make test`, for it takes a release build.
packages:
	tests/setup.sh packages
	$(MAKE) deb
	lintian --allow-root --fail-on error,warning target/packages/*.deb
	tests/packages/rpm.sh
	tests/packages/clean_root.sh

# The programs for a Raspberry Pi and its kind, started in an emulator; `PROGRAMS=xsms` for some.
cross:
	tests/setup.sh cross
	$(MAKE) docs
	tests/packages/cross.sh $(PROGRAMS)

# Whether two builds in two folders give the same bytes.
reproducible: docs
	tests/packages/reproducible.sh $(PROGRAMS)

# Whether a program that uses the library can go on doing so: since the last release, or BASE, any revision.
BASE = $(shell git describe --tags --abbrev=0 2>/dev/null)
semver:
	tests/setup.sh semver
	@[ -n "$(BASE)" ] || { echo "There is no release yet: 'make semver BASE=REVISION'" >&2; exit 2; }
	$(CARGO) semver-checks --baseline-rev $(BASE) --default-features

clean:
	$(CARGO) clean
