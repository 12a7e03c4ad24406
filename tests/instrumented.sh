#!/bin/sh
# A compiler for `make coverage`, of our own code alone.
exec "$@" -C instrument-coverage
