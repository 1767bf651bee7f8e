#!/usr/bin/env bash
# Builds native/ with the address and undefined-behaviour sanitizers beside the normal build, and runs the tests that reach it.
#
#   scripts/sanitize.sh [EXPRESSION]     default: all tests of Parallel and Output but slow ones, on 1, 2 and 3 ranks
#
# Any report of a sanitizer ends the script with code 1. Leaks are not looked for: the search at the end of the process and
# .NET's threads wait for each other. Logs: build/sanitize/RANKS.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=scripts/dotnet.sh
source "$root/scripts/dotnet.sh"
# shellcheck source=scripts/mpi.sh
source "$root/scripts/mpi.sh"

filter=${1:-"(FullyQualifiedName~Tests.Parallel|FullyQualifiedName~Tests.Output)&TestCategory!=Slow"}
native=$root/build/native-sanitized
logs=$root/build/sanitize
flags="-fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer"

"$root/scripts/setup.sh"
ensure_dotnet
mkdir -p "$logs"
cmake -S "$root/native" -B "$native" -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_FLAGS="$flags" >"$logs/build.log"
cmake --build "$native" --parallel >>"$logs/build.log"

compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' "$native/CMakeCache.txt")
preload=$("$compiler" -print-file-name=libasan.so):$("$compiler" -print-file-name=libubsan.so)
# .NET turns a null reference into an exception through its own signal handler, and keeps its own guard pages.
address=handle_segv=0:handle_sigfpe=0:use_sigaltstack=0:detect_leaks=0:exitcode=99:log_path=
status=0
# The sanitizers take a blank in a path for the end of an option: their reports are named relative to this folder.
cd "$logs"
for ranks in 1 2 3; do
    mpi_environment "$ranks"
    log=$logs/$ranks
    rm -rf "$log"
    mkdir "$log"
    code=0
    timeout 600 mpirun --quiet -n "$ranks" env LD_PRELOAD="$preload" CELL3D_NATIVE="$native/libcell3d_native.so" \
        ASAN_OPTIONS="$address$ranks/report" UBSAN_OPTIONS="print_stacktrace=1:log_path=$ranks/report" \
        "$cell3d_tests" --filter "$filter" >"$log/tests.log" 2>&1 || code=$?
    reports=$(find "$log" -name 'report.*' | wc -l)
    tests=$(sed -n 's/^ *total: *//p' "$log/tests.log" | head -n 1)
    echo "$ranks rank(s): ${tests:-no} tests, $reports reports, exit code $code"
    if ((code != 0 || reports != 0)) || [[ -z $tests ]]; then
        status=1
        find "$log" -name 'report.*' -exec head -n 40 {} +
        ((reports)) || grep -A 15 -E '^failed ' "$log/tests.log" || tail -n 20 "$log/tests.log"
    fi
done
exit "$status"
