#!/usr/bin/env bash
# Every signal that ends a process or may, to mpirun and to a rank. Those that ask to stop (TERM, INT, HUP, USR2) leave a summary
# and pictures and the code 75; after any other nothing goes on running and what is left can be read.
#
#   tests/campaigns/signals.sh [--short] [--signals "TERM INT ..."]
#
# Exit codes: 0 all as they should be, 1 not, 64 usage.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=fault.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault.sh"

asking='TERM INT HUP USR2'
signals="$asking USR1 QUIT ALRM PIPE ABRT SEGV BUS FPE ILL TRAP SYS XCPU XFSZ VTALRM PROF IO PWR STKFLT CHLD CONT WINCH URG TTIN TTOU TSTP STOP"
ranks_tried='1 2'
while (($#)); do
    case $1 in
        --short) signals='TERM HUP'; ranks_tried=2; shift ;;
        --signals) signals=$2; shift 2 ;;
        *) echo "Unknown argument '$1'." >&2; exit 64 ;;
    esac
done

# Open MPI's own mpirun kills its ranks two seconds after such a signal and ends with 1.
mpirun=$root/scripts/mpirun.sh
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case_options+=(--set 'Protocol.Steps=["Discharge at 1C for 20 minutes"]' --set 'Solver.Maximum step=0.5')

# stopped SIGNAL RANKS VICTIM: one run, signalled once it takes time steps, continued if that only halts it.
stopped() {
    local signal=$1 ranks=$2 victim=$3 folder=$work/results launched victims waited code=0 remain=0 sound=0 verdict=ok left
    local wanted=()
    rm -rf "$folder"
    launch "$ranks" "$folder" "$work/log" &
    launched=$!
    for waited in $(seq 600); do
        [[ -s $folder/timeseries.csv && $(wc -l <"$folder/timeseries.csv") -gt 5 ]] && break
        sleep 0.1
    done
    victims=$(victims_of "$folder" "$ranks" "$victim")
    # shellcheck disable=SC2086 # one word per process
    kill "-$signal" $victims 2>/dev/null || true
    sleep 1
    # A signal that is ignored or halts must not keep the run from being stopped afterwards.
    case " $asking " in
        *" $signal "*) wanted=(--status Stopped --pictures) ;;
        *)
            # shellcheck disable=SC2086
            kill -CONT $victims 2>/dev/null || true
            # shellcheck disable=SC2086
            kill -TERM $victims 2>/dev/null || true ;;
    esac
    wait "$launched" || code=$?
    ! survivors || remain=1
    left=$(what_is_left "$folder" "${wanted[@]}") && sound=1
    if ((!sound || remain || code == 137)) || { ((${#wanted[@]})) && ((code != 75)); }; then
        verdict=FAULT
        cp "$work/log" "$kept/signal-$signal-$ranks-$victim.log"
    fi
    count "$verdict"
    printf '%-7s  %5d  %-7s  %4d  %s %s\n' "$signal" "$ranks" "$(victim_name "$ranks" "$victim")" "$code" "$left" "$([[ $verdict == ok ]] || echo "<- $verdict")"
}

printf '%-7s  %5s  %-7s  %4s  %s\n' signal ranks to code 'what is left'
for signal in $signals; do
    for ranks in $ranks_tried; do
        for victim in 0 1; do
            ((ranks > 1 || victim > 0)) || continue
            stopped "$signal" "$ranks" "$victim"
        done
    done
done
conclude
