#!/usr/bin/env bash
# step.sh SENTENCE COMMAND…: for the Makefile; see `step`.
source "$(dirname "$0")/common.sh"
step "$@"
