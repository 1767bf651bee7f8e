#!/usr/bin/env bash
# mpirun for runs that may be stopped.
#
#   scripts/mpirun.sh [OPTIONS of mpirun] PROGRAM [ARGUMENTS]
#
# Open MPI's mpirun answers SIGINT, SIGTERM and SIGHUP by killing its ranks within two seconds, and ends with code 1. Here
# they become SIGUSR2, which mpirun passes on to the ranks: cell3d ends after its present step with a checkpoint, writes its
# results, and its exit code 75 is mpirun's. The same signal again, more than five seconds later, ends the job at once.
# SIGUSR1 asks for a checkpoint and lets the run go on.
set -uo pipefail

asked=
child=

# Again and again: a rank that is only starting may miss it.
ask() {
    while kill -USR2 "$child" 2>/dev/null; do sleep 1; done
}

stop() {
    local signal=$1
    if [[ -z $asked ]]; then
        asked=$SECONDS
        [[ -z $child ]] || ask &
    elif ((SECONDS - asked > 5)); then
        kill -"$signal" "$child" 2>/dev/null
    fi
    interrupted=1
}
trap 'stop INT' INT
trap 'stop TERM' TERM
trap 'stop HUP' HUP
trap 'stop USR2' USR2
trap 'interrupted=1; [[ -z $child ]] || kill -USR1 "$child" 2>/dev/null' USR1

# A session of its own, so that Ctrl-C and the end of a terminal reach mpirun through this script alone; should the script be
# killed, mpirun gets SIGTERM.
tied=()
if command -v setpriv >/dev/null; then
    tied=(setpriv --pdeathsig TERM)
fi
setsid "${tied[@]}" mpirun "$@" </dev/null &
child=$!
if [[ -n $asked ]]; then
    ask &
fi
interrupted=1
while ((interrupted)); do
    interrupted=0
    wait "$child"
    code=$?
done
# SIGUSR2 met a process that did not know it yet: it was only starting.
if [[ -n $asked && $code -eq $((128 + 12)) ]]; then
    echo "Stopped before the first step; nothing was written." >&2
    code=75
fi
exit "$code"
