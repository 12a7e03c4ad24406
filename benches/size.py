#!/usr/bin/env python3
"""What makes up a program: size.py PROGRAM... prints, for each, the bytes of its sections and of the
crates whose functions and constants are in it.

The programs must have their symbols: CARGO_PROFILE_RELEASE_STRIP=none make programs
"""

import collections
import re
import subprocess
import sys

STANDARD = {"std", "core", "alloc", "compiler_builtins", "hashbrown", "gimli", "addr2line", "rustc_demangle",
            "miniz_oxide", "memchr", "object", "std_detect", "adler2", "panic_abort", "panic_unwind"}
C = [("sqlite (C)", re.compile(r"^(sqlite3|fts[35]|rtree|json|vdbe|btree|pager|where|expr|parse|winFunc)")),
     ("ring (C and assembler)", re.compile(r"^(ring_core|x25519|aes_|ChaCha|gcm_|bn_|ecp_|p256|p384|sha)"))]


def crate(name):
    """The crate that a demangled symbol belongs to: of '<a::B as c::D>::e' it is 'a'."""
    found = re.match(r"^[<&*\[\]()\s]*(?:mut |dyn |const |unsafe |extern \"C\" |fn)*([A-Za-z_][A-Za-z0-9_]*)"
                     r"(?:\[[0-9a-f]+\])?::", name)
    if not found:
        for label, pattern in C:
            if pattern.match(name):
                return label
        return "C library and other C"
    return "Rust's std" if found[1] in STANDARD else found[1]


def sizes(program):
    """Bytes by crate."""
    listed = subprocess.run(["nm", "--demangle=rust", "--print-size", "--defined-only", program],
                            capture_output=True, text=True, check=True).stdout
    seen, total = set(), collections.Counter()
    for line in listed.splitlines():
        words = line.split(None, 3)
        if len(words) < 4 or words[2] not in "tTrRdDwWvV" or words[0] in seen:
            continue  # no size, nothing in the file, or another name of the same thing
        seen.add(words[0])
        total[crate(words[3])] += int(words[1], 16)
    return total


for program in sys.argv[1:]:
    sections = {}
    said = subprocess.run(["size", "-A", program], capture_output=True, text=True, check=True).stdout
    for line in said.splitlines():
        words = line.split()
        if len(words) == 3 and words[0].startswith("."):
            sections[words[0]] = int(words[1])
    code = sections.get(".text", 0)
    constants = sections.get(".rodata", 0)
    unwinding = sections.get(".eh_frame", 0) + sections.get(".eh_frame_hdr", 0)
    print(f"{program}: code {code >> 10} KiB, constants {constants >> 10} KiB, unwinding {unwinding >> 10} KiB, "
          f"relocations and their data {sections.get('.rela.dyn', 0) + sections.get('.data.rel.ro', 0) >> 10} KiB")
    by_crate = sizes(program)
    if not by_crate:
        print("  no symbols, so the crates are not known: build it as told at the beginning of this file")
    for name, size in by_crate.most_common(16):
        print(f"  {size / 1024:9.0f} KiB  {name}")
