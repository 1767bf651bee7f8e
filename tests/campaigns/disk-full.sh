#!/usr/bin/env bash
# A disk that fills up at every twentieth of what a run writes, on 1, 2 and 3 ranks: the run ends by itself with 73 or 74 (0 when
# all fits), and what is left can be read.
#
#   tests/campaigns/disk-full.sh [--short] [--ranks "1 2 3"] [--parts N] [--resume]
#
# With --resume the run writes checkpoints without a pause, the disk grows afterwards, and the run has to go on from the last one to the rows of
# a whole run.
#
# The disk is a file system in memory of that size; it claims to have room (roomy.c), so that the forecast lets the run start.
# Needs the right to mount (root). Exit codes: 0 all as they should be, 1 not, 64 usage, 69 no right to mount.
set -euo pipefail
# shellcheck source=common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
# shellcheck source=fault.sh
source "$(dirname "${BASH_SOURCE[0]}")/fault.sh"

ranks_tried='1 2 3'
parts=20
resume=
while (($#)); do
    case $1 in
        --short) ranks_tried=2; parts=4; shift ;;
        --ranks) ranks_tried=$2; shift 2 ;;
        --parts) parts=$2; shift 2 ;;
        --resume) resume=1; shift ;;
        *) echo "Unknown argument '$1'." >&2; exit 64 ;;
    esac
done

[[ -z $resume ]] || case_options+=(--resume auto --checkpoint-every 0.000001)
work=$(mktemp -d)
disk=$work/disk
mkdir "$disk"
trap 'umount "$disk" 2>/dev/null || true; rm -rf "$work"' EXIT
mount -t tmpfs -o size=64m tmpfs "$disk" 2>/dev/null || { echo "Mounting a file system is not permitted here." >&2; exit 69; }
umount "$disk"
gcc -shared -fPIC -O1 -o "$work/roomy.so" "$root/tests/campaigns/roomy.c" -ldl

# full RANKS BYTES: one run onto a disk of that size; leaves code, seconds and whether a process remained.
full() {
    local started=$SECONDS
    mount -t tmpfs -o "size=$2" tmpfs "$disk"
    code=0
    launch "$1" "$disk/results" "$work/log" LD_PRELOAD="$work/roomy.so" || code=$?
    seconds=$((SECONDS - started))
    remain=0
    ! survivors || remain=1
}

printf '%5s  %6s  %4s  %4s  %s\n' ranks share code s 'what is left'
for ranks in $ranks_tried; do
    full "$ranks" 64m
    ((code == 0)) || { echo "The run itself ended with $code:"; cat "$work/log"; exit 1; }
    size=$(du -s --block-size=1 "$disk" | cut -f 1)
    # What stays while checkpoints come and go is more than what is left.
    [[ -z $resume ]] || size=$((size + 3 * $(stat -c %s "$disk"/results/mesh.hdf)))
    cp -r "$disk/results" "$work/whole-$ranks"
    umount "$disk"
    for ((part = 0; part < parts; part++)); do
        full "$ranks" $((size * part / parts / 4096 * 4096 + 4096))
        left=$(what_is_left "$disk/results") && sound=1 || sound=0
        ended=$code
        if [[ -n $resume ]]; then
            mount -o remount,size=64m "$disk"
            launch "$ranks" "$disk/results" "$work/log" LD_PRELOAD="$work/roomy.so" || code=$?
            left+="; then $(what_is_left "$disk/results" --like "$work/whole-$ranks" --status Done)" || sound=0
            code=$ended
        fi
        umount "$disk"
        # The disk itself takes some of the last pages; a run that fits must say so.
        verdict=ok
        if ((code != 73 && code != 74)) || ((!sound)) || ((remain)); then
            verdict=FAULT
            cp "$work/log" "$kept/disk-full-$ranks-$part.log"
        fi
        count "$verdict"
        printf '%5d  %3d/%-2d  %4d  %4d  %s %s\n' "$ranks" "$part" "$parts" "$code" "$seconds" "$left" "$([[ $verdict == ok ]] || echo "<- $verdict")"
    done
done
conclude
