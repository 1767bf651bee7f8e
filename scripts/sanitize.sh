#!/usr/bin/env bash
# Builds native/ with the address and undefined-behaviour sanitizers beside the normal build, and runs the tests that reach it.
#
#   scripts/sanitize.sh [EXPRESSION]     default: all tests of Parallel and Output but slow ones, on 1, 2 and 3 ranks
#
# Any report of a sanitizer, and every leak of memory that native/ itself allocated, ends the script with code 1. What MPI,
# PETSc and HDF5 keep for themselves (scripts/sanitize.suppressions) and what .NET never frees is left out.
# Logs: build/sanitize/RANKS.
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
address=handle_segv=0:handle_sigfpe=0:use_sigaltstack=0:detect_leaks=1:exitcode=99:log_path=
status=0
for ranks in 1 2 3; do
    mpi_environment "$ranks"
    log=$logs/$ranks
    rm -rf "$log"
    mkdir "$log"
    code=0
    mpirun --quiet -n "$ranks" env LD_PRELOAD="$preload" CELL3D_NATIVE="$native/libcell3d_native.so" \
        ASAN_OPTIONS="$address$log/report" UBSAN_OPTIONS="print_stacktrace=1:log_path=$log/report" \
        LSAN_OPTIONS="suppressions=$root/scripts/sanitize.suppressions:print_suppressions=0:exitcode=0" \
        "$cell3d_tests" --filter "$filter" >"$log/tests.log" 2>&1 || code=$?
    # Paragraphs of the reports: errors, and leaks with a frame of native/ in their stack.
    find "$log" -name 'report.*' -exec cat {} + |
        awk 'BEGIN { RS = ""; ORS = "\n\n" } /ERROR: AddressSanitizer|runtime error:/ || (/leak of/ && /libcell3d_native/)' >"$log/findings"
    reports=$(grep -cE 'ERROR: AddressSanitizer|runtime error:|leak of' "$log/findings" || true)
    tests=$(sed -n 's/^ *total: *//p' "$log/tests.log" | head -n 1)
    echo "$ranks rank(s): ${tests:-no} tests, $reports reports, exit code $code"
    if ((code != 0 || reports != 0)) || [[ -z $tests ]]; then
        status=1
        head -n 80 "$log/findings"
        ((reports)) || grep -A 15 -E '^failed ' "$log/tests.log" || tail -n 20 "$log/tests.log"
    fi
done
exit "$status"
