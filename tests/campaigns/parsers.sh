#!/usr/bin/env bash
# Generated inputs over every parser: none crashes, hangs for more than a second, or ends as an error of the program's own.
#
#   tests/campaigns/parsers.sh [--short] [--count N] [--seed N] [--target NAME] [--only N]
#
# Inputs at fault stay in build/campaigns/parsers.
# Exit codes: 0 none at fault, 1 at least one, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ ${1-} == --short ]]; then
    shift
    set -- --count 15000 "$@"
fi
# An input that makes the program ask for more than 1 GiB is at fault.
export DOTNET_GCHeapHardLimit=0x40000000
exec "$campaigns" parsers "$@"
