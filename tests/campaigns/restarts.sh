#!/usr/bin/env bash
# SIGKILL at random moments – between and inside the writes of checkpoints, which follow each other without a pause – to mpirun, to one
# rank or to all; then the run goes on with --resume auto, is killed again, until it is done: it has the rows of a run that nobody
# disturbed. The number of ranks may change on the way.
#
#   tests/campaigns/restarts.sh [--short] [--count N] [--seed N] [--ranks "1 2 3"]
#
# Exit codes: 0 all as they should be, 1 not, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=fault.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault.sh"

number=200
seed=1
ranks_tried=(1 2 3)
while (($#)); do
    case $1 in
        --short) number=6; shift ;;
        --count) number=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        --ranks) read -ra ranks_tried <<<"$2"; shift 2 ;;
        *) echo "Unknown argument '$1'." >&2; exit 64 ;;
    esac
done

RANDOM=$seed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_options+=(--set 'Protocol.Steps=["Discharge at 1C for 4 s", "Rest for 2 s"]')
launch 1 "$work/whole" "$work/log" || { echo "The run itself failed:"; cat "$work/log"; exit 1; }
case_options+=(--resume auto --checkpoint-every 0.000001)
started=$(date +%s%N)
launch 1 "$work/warm" "$work/log" || { echo "The run itself failed:"; cat "$work/log"; exit 1; }
whole=$((($(date +%s%N) - started) / 1000000))
echo "seed $seed; a whole run takes $whole ms"

# One life of a run: launched on some ranks, killed at a moment, or done before it.
killed=0
runs=0
lives=0
while ((killed < number)); do
    folder=$work/run-$runs
    runs=$((runs + 1))
    ranks_now=${ranks_tried[RANDOM % ${#ranks_tried[@]}]}
    history=
    while true; do
        # Most go on with the ranks they had.
        ((RANDOM % 4)) || ranks_now=${ranks_tried[RANDOM % ${#ranks_tried[@]}]}
        moment=$((RANDOM * whole / 32768))
        victim=$((RANDOM % 3))
        code=0
        lives=$((lives + 1))
        launch "$ranks_now" "$folder" "$work/log" &
        launched=$!
        victims=
        if ((killed < number)); then
            sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
            victims=$(victims_of "$folder" "$ranks_now" "$victim")
            # shellcheck disable=SC2086 # one word per process
            [[ -z $victims ]] || kill -KILL $victims 2>/dev/null || true
        fi
        wait "$launched" || code=$?
        remain=0
        ! survivors || remain=1
        history+=" $ranks_now:$code"
        if ((code == 0)); then
            break
        fi
        [[ -z $victims ]] || killed=$((killed + 1))
        left=$(what_is_left "$folder") && sound=1 || sound=0
        # Killed ranks end with 137, mpirun with that or 1; whatever ends by itself for another reason is at fault.
        if ((!sound || remain)) || [[ -z $victims ]] || ((code != 137 && code != 1)); then
            count FAULT
            echo "run $((runs - 1)),$history: $left, code $code <- FAULT"
            tail -n 3 "$work/log"
            cp "$work/log" "$kept/restart-$runs-$lives.log"
            cp -r "$folder" "$kept/restart-$runs-$lives" 2>/dev/null || true
            break
        fi
    done
    if ((code == 0)); then
        verdict=ok
        left=$(what_is_left "$folder" --like "$work/whole" --status Done --pictures) || verdict=FAULT
        count "$verdict"
        [[ $verdict == ok ]] || cp -r "$folder" "$kept/restart-$runs" 2>/dev/null || true
        echo "run $((runs - 1)),$history: $left $([[ $verdict == ok ]] || echo "<- $verdict"), $killed kills so far"
    fi
    rm -rf "$folder"
done
echo "$killed kills in $lives lives of $runs runs"
conclude
