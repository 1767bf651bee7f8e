# shellcheck shell=bash
# Sourced by run.sh.

# chooses_folder OPTION...: whether options of cell3d run name a folder of results: -o F, -oF, -o=F, --output F,
# --output=F, --output:F, or the checkpoint to go on from, --resume F. A value of another option may look alike.
chooses_folder() {
    while (($#)); do
        case $1 in
            -o* | --output | --output[=:]*) return 0 ;;
            --resume) [[ ${2-} == auto || ${2-} == never ]] || return 0; shift ;;
            --set | --overlay | --steps | --checkpoint-every | --wall-clock-limit) shift ;;
        esac
        shift $(($# > 0 ? 1 : 0))
    done
    return 1
}
