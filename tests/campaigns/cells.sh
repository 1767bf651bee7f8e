#!/usr/bin/env bash
# Random plausible cells and protocols: each ends done with every audit passed, or at a physical limit that is named.
#
#   tests/campaigns/cells.sh [--short] [--count N] [--first N] [--seed N] [--only N] [--form column|pouch] [--all] [--keep]
#
# Files of runs that ended otherwise, and the table of all runs (cells.csv), stay in build/campaigns/cells.
# Exit codes: 0 at least 99 % as they should be, 1 fewer, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

if [[ ${1-} == --short ]]; then
    shift
    set -- --count 40 --form column "$@"
fi
mpi_environment 1
exec "$campaigns" cells "$@"
