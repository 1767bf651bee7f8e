#!/usr/bin/env bash
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source=scripts/dotnet.sh
source "$root/scripts/dotnet.sh"
# shellcheck source=scripts/mpi.sh
source "$root/scripts/mpi.sh"
# shellcheck source=scripts/run_options.sh
source "$root/scripts/run_options.sh"

usage() {
    cat <<'TEXT'
Usage: ./run.sh [CASE] [-n RANKS] [OPTIONS of cell3d run] [-- PETSc OPTIONS]

Builds what is needed, then runs a case under MPI. Results go to results/NAME.

  CASE       cases/NAME, NAME, or the path of a case file (default: nmc-pouch-34-pairs)
  -n RANKS   number of MPI ranks (default: 2)
  OPTIONS    passed on, for example --set "Key.Path=value" or --output FOLDER
  -- ...     passed on to PETSc, for example -- -ksp_monitor

Ctrl-C, SIGTERM and SIGHUP end the run after its present step with complete results and a checkpoint (exit code 75);
--resume auto goes on from there.

Exit codes: 0 done, 2 the solver gave up, 3 protocol ended early by a voltage limit, 4 an audit failed, 64 usage, 65 bad input, 66 file missing,
69 library or package missing, 70 internal error, 71 too little memory, 73/74 cannot write, 75 stopped with a checkpoint.
TEXT
}

usage_error() {
    echo "$1" >&2
    usage >&2
    exit 64
}

case=
ranks=2
options=()
petsc=()
while (($#)); do
    case $1 in
        -h | --help) usage; exit 0 ;;
        -n) ranks=${2-}; shift $(($# > 1 ? 2 : 1)) ;;
        -n[0-9]*) ranks=${1#-n}; shift ;;
        --) shift; petsc=(-- "$@"); break ;;
        *)
            # The first word is the case; after an option, words may be values of options.
            if [[ -z $case && ${#options[@]} -eq 0 && $1 != -* ]]; then
                case=$1
            else
                options+=("$1")
            fi
            shift ;;
    esac
done
[[ $ranks =~ ^[1-9][0-9]*$ ]] || usage_error "-n takes a number of ranks of at least 1, not '$ranks'."

# Prints the case file that a word names: a file, a folder with a case.json, or the name of a folder in cases/.
case_file() {
    local candidate
    for candidate in "$1" "$1/case.json" "$root/cases/$1/case.json" "$root/$1/case.json"; do
        if [[ -f $candidate ]]; then
            echo "$candidate"
            return
        fi
    done
    echo "There is no case '$1': neither a file, nor a folder with a case.json, nor a name in cases/. Available:" >&2
    find "$root/cases" -mindepth 2 -maxdepth 2 -name case.json -printf '    %P\n' 2>/dev/null |
        sed 's|/case.json||' | sort >&2
    exit 66
}

file=$(case_file "${case:-nmc-pouch-34-pairs}")
# Results are named after the folder; a variant beside its case.json adds its own name.
name=$(basename "$file" .json)
folder=$(cd "$(dirname "$file")" && pwd)
if [[ $name == case ]]; then
    name=${folder##*/}
elif [[ -f $folder/case.json ]]; then
    name=${folder##*/}-$name
fi
# This folder is the script's own: running a case again replaces its results.
chooses_folder ${options[@]+"${options[@]}"} || options+=(--output "$root/results/$name" --overwrite)

"$root/scripts/setup.sh"
mpi_environment "$ranks"
if ((ranks == 1)); then
    # MPI starts without its launcher, and sooner.
    exec "$cell3d" run "$file" "${options[@]}" ${petsc[@]+"${petsc[@]}"}
fi
exec "$root/scripts/mpirun.sh" --quiet -n "$ranks" "$cell3d" run "$file" "${options[@]}" ${petsc[@]+"${petsc[@]}"}
