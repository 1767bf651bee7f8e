#!/usr/bin/env bash
# SIGKILL at random moments to mpirun, to one rank or to all of them, on 1, 2 and 3 ranks: nothing goes on running, and what is left
# can be read.
#
#   tests/campaigns/kills.sh [--short] [--count N] [--seed N]
#
# Exit codes: 0 all as they should be, 1 not, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=fault.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault.sh"

number=100
seed=1
while (($#)); do
    case $1 in
        --short) number=3; shift ;;
        --count) number=$2; shift 2 ;;
        --seed) seed=$2; shift 2 ;;
        *) echo "Unknown argument '$1'." >&2; exit 64 ;;
    esac
done

RANDOM=$seed
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

started=$(date +%s%N)
launch 2 "$work/whole" "$work/log" || { echo "The run itself failed:"; cat "$work/log"; exit 1; }
whole=$((($(date +%s%N) - started) / 1000000))
echo "seed $seed; a whole run takes $whole ms"

printf '%5s  %6s  %-7s  %4s  %s\n' ranks ms killed code 'what is left'
for ((i = 0; i < number; i++)); do
    ranks=$((1 + RANDOM % 3))
    moment=$((RANDOM * whole / 32768))
    victim=$(((RANDOM % 3)))
    folder=$work/$i
    code=0
    launch "$ranks" "$folder" "$work/log" &
    launched=$!
    sleep "$((moment / 1000)).$(printf %03d $((moment % 1000)))"
    victims=$(victims_of "$folder" "$ranks" "$victim")
    # shellcheck disable=SC2086 # one word per process
    [[ -z $victims ]] || kill -KILL $victims 2>/dev/null || true
    wait "$launched" || code=$?
    remain=0
    ! survivors || remain=1
    left=$(what_is_left "$folder") && sound=1 || sound=0
    verdict=ok
    if ((!sound || remain)); then
        verdict=FAULT
        cp -r "$folder" "$kept/kill-$i" 2>/dev/null || true
    fi
    count "$verdict"
    printf '%5d  %6d  %-7s  %4d  %s %s\n' "$ranks" "$moment" "$(victim_name "$ranks" "$victim")" "$code" "$left" "$([[ $verdict == ok ]] || echo "<- $verdict")"
    rm -rf "$folder"
done
conclude
