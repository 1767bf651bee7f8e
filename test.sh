#!/usr/bin/env bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/dotnet.sh
source "$root/scripts/dotnet.sh"
# shellcheck source=scripts/mpi.sh
source "$root/scripts/mpi.sh"

usage() {
    cat <<'TEXT'
Usage: ./test.sh [--filter EXPRESSION] [--quick]

Builds what is needed and runs all tests on 1 rank, and those of category Mpi on 2, 3 and 4 ranks.
The last line sums up: N passed, N failed (and N skipped, if any).

  --filter EXPRESSION   only these: part of a full test name (Mesh, Parallel.Halo), or a whole expression
                        such as "TestCategory=Mpi&FullyQualifiedName~Vector"
  --quick               leaves out the tests of category Slow and the runs on 3 and 4 ranks

CELL3D_TEST_TIMEOUT (seconds, default 1200) limits each of the runs. Logs: build/test-logs/RANKS/rank-R.log; on
1 rank also 1-cases (whole cases), 1-programs (tests that start programs) and 1-structures (microstructures).
Exit codes: 0 all passed, 1 a test failed or none ran, 64 usage, 69 library or package missing, 70 build failed.
TEXT
}

filter=
without_slow=
rank_counts=(2 3 4)
while (($#)); do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --filter) [[ -n ${2-} ]] || { usage >&2; exit 64; }; filter=$2; shift 2 ;;
        --filter=*) filter=${1#*=}; shift ;;
        --quick) without_slow='TestCategory!=Slow'; rank_counts=(2); shift ;;
        *) echo "Unknown argument '$1'." >&2; usage >&2; exit 64 ;;
    esac
done
if [[ -n $filter && $filter != *[=~]* ]]; then
    filter="FullyQualifiedName~$filter"
fi

# all_of EXPRESSION...: the conjunction of those that are not empty.
all_of() {
    local joined='' term
    for term in "$@"; do
        [[ -z $term ]] || joined+=${joined:+&}"($term)"
    done
    echo "$joined"
}

logs=$root/build/test-logs
limit=${CELL3D_TEST_TIMEOUT:-1200}
passed=0
failed=0
skipped=0

# count WORD LOG: the number behind WORD in the summary that ends a rank's log, empty when the rank did not reach it.
count() {
    sed -n '/^Test run summary:/,$ s/^ *'"$1"': *\([0-9][0-9]*\)$/\1/p' "$2" | tail -n 1
}

# The part of a rank's log that explains a failure: the failed tests, or the last lines when there is no summary.
show_failure() {
    local log=$1
    echo "--- ${log#"$root"/}"
    if [[ -n $(count total "$log") ]]; then
        awk '/^Test run summary:/ || lines == 120 { exit } /^(passed|skipped) / { shown = 0 } /^failed / { shown = 1 } shown { print; lines++ }' "$log"
    else
        tail -n 20 "$log"
    fi
}

# start NAME RANKS EXPRESSION: carries out one run; its logs, exit code and seconds are left in the folder NAME of the logs.
start() {
    local folder=$logs/$1 ranks=$2 expression=$3 started=$SECONDS code=0 pid
    rm -rf "$folder"
    mkdir -p "$folder"
    # A rank that ends with a code of its own (2: failed tests, 8: none) would make mpirun kill the others before they
    # report; their reports tell the same.
    local arguments=(--ignore-exit-code '2;8' --no-ansi --progress off --output Detailed
                     --show-stdout Failed --show-stderr Failed --results-directory "$folder" --settings "$root/tests/nunit.runsettings")
    if [[ -n $expression ]]; then
        arguments+=(--filter "$expression")
    fi
    mpi_environment "$ranks"
    # shellcheck disable=SC2016 # expanded by each rank's own shell
    timeout --kill-after=20 "$limit" \
        mpirun --quiet --oversubscribe --bind-to none -n "$ranks" \
        bash -c 'exec "$@" >"$0/rank-$OMPI_COMM_WORLD_RANK.log" 2>&1' "$folder" "$cell3d_tests" "${arguments[@]}" \
        >"$folder/mpirun.log" 2>&1 </dev/null &
    pid=$!
    echo "$pid" >"$folder/pid"
    wait "$pid" || code=$?
    rm -f "$folder/pid"
    echo "$code $((SECONDS - started))" >"$folder/end"
}

# report NAME RANKS: adds a run to the counts. Every rank must report; a test that fails on any rank has failed.
report() {
    local folder=$logs/$1 ranks=$2 rank log code seconds
    local total=0 bad=0 left_out=0 names='' value
    read -r code seconds <"$folder/end"

    local silent=()
    for ((rank = 0; rank < ranks; rank++)); do
        log=$folder/rank-$rank.log
        [[ -f $log ]] || : >"$log"
        value=$(count total "$log")
        if [[ -z $value ]]; then
            silent+=("$rank")
            continue
        fi
        total=$((value > total ? value : total))
        value=$(count skipped "$log")
        left_out=$((value > left_out ? value : left_out))
        names+=$(sed -n 's/^failed \(.*\) ([0-9hms. ]*)$/\1/p' "$log")$'\n'
        value=$(count failed "$log")
        bad=$((value > bad ? value : bad))
    done
    value=$(sed '/^$/d' <<<"$names" | sort -u | wc -l)
    bad=$((value > bad ? value : bad))

    if ((${#silent[@]})); then
        # The tests that a lost rank did not report cannot be counted: the loss itself is one failure.
        bad=$((bad + 1))
        total=$((total + 1))
        if ((code == 124 || code == 137)); then
            echo "$ranks ranks: stopped after $limit s; no report from rank(s) ${silent[*]}."
        else
            echo "$ranks ranks: no report from rank(s) ${silent[*]} (exit code $code)."
        fi
    elif ((code != 0)); then
        # Every rank has reported, yet the program did not end well.
        bad=$((bad + 1))
        total=$((total + 1))
        echo "$ranks ranks: all ranks reported, but the run ended with exit code $code."
    fi
    if ((bad)); then
        cat "$folder/mpirun.log"
        for ((rank = 0; rank < ranks; rank++)); do
            log=$folder/rank-$rank.log
            [[ $(count failed "$log") == 0 ]] || show_failure "$log"
        done
    fi
    printf '%s rank%s: %d tests, %d not passed, %d s\n' \
        "$ranks" "$([[ $ranks == 1 ]] || echo s)" "$total" "$((bad + left_out))" "$seconds"
    failed=$((failed + bad))
    skipped=$((skipped + left_out))
    passed=$((passed + total - bad - left_out))
}

"$root/scripts/setup.sh"
ensure_dotnet

# A shell that runs programs side by side does not hand Ctrl-C on to them.
interrupted() {
    local file
    for file in "$logs"/*/pid; do
        [[ -f $file ]] && kill "$(<"$file")" 2>/dev/null
        rm -f "$file"
    done
    exit 130
}
rm -f "$logs"/*/pid
trap interrupted INT TERM HUP

# Four chains run side by side: whole cases; tests that start programs and mostly wait for them; microstructures; everything
# else. The runs on several ranks follow.
cases='FullyQualifiedName~Validation.ExpectedValue'
programs='FullyQualifiedName~.Cli.|FullyQualifiedName~.Documentation.|FullyQualifiedName~Parallel.RankFailure'
structures='FullyQualifiedName~.Microstructure.'
others="$cases|$programs|$structures"
others=$(tr '|' '&' <<<"${others//\~/!~}")

on_several_ranks() {
    local ranks
    for ranks in "${rank_counts[@]}"; do
        start "$ranks" "$ranks" "$(all_of TestCategory=Mpi "$filter" "$without_slow")"
    done
}

# Ranks that share cores with other chains must not wait at full speed for each other.
default OMPI_MCA_mpi_yield_when_idle 1
rm -rf "$logs"
if [[ -z $filter ]]; then
    start 1-cases 1 "$(all_of "$cases" "$without_slow")" &
    start 1-programs 1 "$(all_of "$programs" "$without_slow")" &
    start 1-structures 1 "$(all_of "$structures" "$without_slow")" &
    start 1 1 "$(all_of "$others" "$without_slow")"
    wait
    on_several_ranks
    report 1-cases 1
    report 1-programs 1
    report 1-structures 1
else
    start 1 1 "$(all_of "$filter" "$without_slow")"
    on_several_ranks
fi
report 1 1
for ranks in "${rank_counts[@]}"; do
    report "$ranks" "$ranks"
done

echo "$passed passed, $failed failed$( ((skipped == 0)) || echo ", $skipped skipped")"
((failed == 0 && passed > 0))
