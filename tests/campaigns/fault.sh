# shellcheck shell=bash
# Sourced after common.sh by the campaigns that disturb a run: a short run on a small pouch, and what it leaves.

limit=${CELL3D_FAULT_LIMIT:-300}
kept=$root/build/campaigns/faults
tried=0
faults=0
mkdir -p "$kept"

# A run of some 30 steps and 8 field outputs. Its folder's name marks its processes.
case_options=(--overwrite --set 'Protocol.Steps=["Discharge at 1C for 30 s"]' --set 'Output.Field count=7'
              --set 'Mesh.Cells along width=2' --set 'Mesh.Cells along height=2' --set 'Solver.Linear solver=LU')
case_file=$root/cases/nmc-pouch-1c/coarse.json

# launch RANKS FOLDER LOG [NAME=VALUE...] [-- OPTIONS OF run]: runs to the end, or kills it after the limit (code 137: a hang).
# On one rank without mpirun.
launch() {
    local ranks=$1 folder=$2 log=$3 environment=() more=()
    shift 3
    while (($#)) && [[ $1 != -- ]]; do environment+=("$1"); shift; done
    (($#)) && shift && more=("$@")
    mpi_environment "$ranks"
    local launcher=()
    ((ranks == 1)) || launcher=("${mpirun:-mpirun}" --quiet --oversubscribe --bind-to none -n "$ranks")
    # The shell's own words about a killed process are not wanted.
    { timeout --foreground --signal=KILL "$limit" "${launcher[@]}" env "${environment[@]}" \
        "$cell3d" run "$case_file" --output "$folder" "${case_options[@]}" "${more[@]}" >"$log" 2>&1 </dev/null; } 2>/dev/null
}

# victims_of FOLDER RANKS WHICH: process numbers of mpirun (0), of one rank (1) or of all ranks (2) of the run that writes there.
victims_of() {
    local pattern="cell3d run $case_file --output $1 "
    case $2$3 in
        ?2 | 1?) pgrep -f "^$cell3d run .*--output $1 " || true ;;
        ?0) pgrep -f "^(bash )?${mpirun:-mpirun} .*$pattern" || true ;;
        *) pgrep -f "^$cell3d run .*--output $1 " | shuf -n 1 --random-source=<(yes "$RANDOM") || true ;;
    esac
}

# victim_name RANKS WHICH
victim_name() {
    case $1$2 in
        1?) echo program ;;
        ?0) echo mpirun ;;
        ?1) echo 'a rank' ;;
        *) echo 'all' ;;
    esac
}

# what_is_left FOLDER [OPTIONS]: a line about the results; fails when something cannot be read.
what_is_left() {
    "$campaigns" results --folder "$@"
}

# Whether a process of this program still runs, ten seconds after the launcher, for a folder that this campaign used; such are ended.
survivors() {
    local pids='' waited
    for waited in $(seq 50); do
        pids=$(pgrep -f "cell3d run $case_file --output $work" || true)
        [[ -n $pids ]] || return 1
        sleep 0.2
    done
    echo "Still running after $((waited / 5)) s: $(tr '\n' ' ' <<<"$pids")" >&2
    # shellcheck disable=SC2086 # one word per process
    kill -KILL $pids 2>/dev/null || true
    sleep 1
}

# count VERDICT
count() {
    tried=$((tried + 1))
    [[ $1 == ok ]] || faults=$((faults + 1))
}

conclude() {
    echo "$tried runs, $faults at fault$( ((faults == 0)) || echo "; logs in ${kept#"$root"/}")"
    ((faults == 0))
}
