#!/usr/bin/env bash
# What is taken from a run that writes checkpoints: a rank by SIGKILL or SIGSTOP, the folder of its results by removing or renaming it or by taking
# the right to write there. The job ends by itself within a minute with a documented code, and goes on with --resume auto once it has back what was taken.
#
#   tests/campaigns/outages.sh [--short] [--ranks "1 2 3"] [--outages "kill stop remove rename read-only"]
#
# For a read-only folder root gives up its right to write everywhere (setpriv).
# Exit codes: 0 all as they should be, 1 not, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=fault.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault.sh"

outages='kill stop remove rename read-only'
ranks_tried='1 2 3'
while (($#)); do
    case $1 in
        --short) outages='kill remove read-only'; ranks_tried=2; shift ;;
        --ranks) ranks_tried=$2; shift 2 ;;
        --outages) outages=$2; shift 2 ;;
        *) echo "Unknown argument '$1'." >&2; exit 64 ;;
    esac
done

patience=60
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_options+=(--set 'Protocol.Steps=["Discharge at 1C for 60 s"]' --set 'Solver.Maximum step=0.5')
launch 1 "$work/whole" "$work/log" || { echo "The run itself failed:"; cat "$work/log"; exit 1; }
case_options+=(--resume auto --checkpoint-every 0.000001)

# expected OUTAGE RANKS: codes that docs/guide.md gives.
expected() {
    case $1 in
        kill) echo '1 137' ;;      # mpirun's own
        stop) echo 75 ;;
        *) echo 74 ;;
    esac
}

# take OUTAGE FOLDER RANKS
take() {
    local victims
    case $1 in
        kill | stop)
            victims=$(victims_of "$2" "$3" 1)
            # shellcheck disable=SC2086 # one word per process
            kill "-${1^^}" $victims ;;
        remove) until rm -rf "$2" 2>/dev/null; do :; done ;;      # the run may put a file there meanwhile
        rename) mv "$2" "$2-elsewhere" ;;
        read-only) chmod a-w "$2" ;;
    esac
}

printf '%-9s  %5s  %4s  %4s  %s\n' outage ranks code s 'what is left; then'
for outage in $outages; do
    for ranks in $ranks_tried; do
        [[ $ranks != 1 || $outage != kill && $outage != stop ]] || continue
        folder=$work/results
        as=()
        [[ $outage != read-only || $EUID != 0 ]] || as=(setpriv --bounding-set -dac_override)
        code=0
        launch "$ranks" "$folder" "$work/log" "${as[@]}" &
        launched=$!
        for waited in $(seq 600); do
            [[ -s $folder/checkpoint.json && $(wc -l <"$folder/timeseries.csv" 2>/dev/null || echo 0) -gt 20 ]] && break
            sleep 0.1
        done
        started=$SECONDS
        take "$outage" "$folder" "$ranks"
        wait "$launched" || code=$?
        seconds=$((SECONDS - started))
        remain=0
        ! survivors || remain=1
        case $outage in
            rename) rm -rf "$folder"; mv "$folder-elsewhere" "$folder" ;;
            read-only) chmod u+w "$folder" ;;
        esac
        sound=1 left=nothing
        [[ $outage == remove ]] || left=$(what_is_left "$folder") || sound=0
        launch "$ranks" "$folder" "$work/resumed" || sound=0
        left+="; $(what_is_left "$folder" --like "$work/whole" --status Done)" || sound=0
        verdict=ok
        if ((!sound || remain || seconds >= patience)) || [[ " $(expected "$outage" "$ranks") " != *" $code "* ]]; then
            verdict=FAULT
            cp "$work/log" "$kept/outage-$outage-$ranks.log"
            cp "$work/resumed" "$kept/outage-$outage-$ranks-resumed.log"
        fi
        count "$verdict"
        printf '%-9s  %5d  %4d  %4d  %s %s\n' "$outage" "$ranks" "$code" "$seconds" "$left" "$([[ $verdict == ok ]] || echo "<- $verdict")"
        rm -rf "$folder" "$folder-elsewhere"
    done
done
conclude
