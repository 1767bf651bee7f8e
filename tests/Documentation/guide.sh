#!/usr/bin/env bash
# Runs the commands of docs/guide.md as a reader would type them; stops at the first that fails and shows it.
#
#   guide.sh FOLDER          blocks marked <!-- run -->, with the program in FOLDER, in a new folder with a blank in its name
#   guide.sh --pictures      after those: blocks marked <!-- run: pictures -->, which need python3-vtk9 and a screen or xvfb
#   guide.sh --repository    blocks marked <!-- run: repository -->, in this repository
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1

# blocks MARK: the lines of the sh blocks below a comment with the mark.
blocks() {
    awk -v mark="<!-- $1 -->" '
        $0 == mark { wanted = 1; next }
        wanted && $0 == "```sh" { inside = 1; next }
        inside && $0 == "```" { inside = wanted = 0; next }
        inside { print }' "$root/docs/guide.md"
}

# carry_out MARK: runs them in one shell, which prints what it reads.
carry_out() {
    local commands
    commands=$(blocks "$1")
    [[ -n $commands ]] || { echo "docs/guide.md has no block marked <!-- $1 -->." >&2; exit 1; }
    bash -euo pipefail -v -c "$commands"
}

case ${1-} in
    --repository)
        cd "$root"
        carry_out "run: repository" ;;
    --pictures | /*)
        folder=$(mktemp -d)
        trap 'rm -rf "$folder"' EXIT
        mkdir "$folder/new user"
        cd "$folder/new user"
        cp -r "$root/cases" .
        ln -s "$root/tools" tools
        program=$1
        if [[ $1 == --pictures ]]; then
            # shellcheck source=scripts/dotnet.sh
            source "$root/scripts/dotnet.sh"
            program=$(dirname "$cell3d")
        fi
        export PATH="$program:$PATH"
        carry_out run
        [[ $1 != --pictures ]] || carry_out "run: pictures" ;;
    *)
        sed -n '2,7s/^# \{0,1\}//p' "${BASH_SOURCE[0]}" >&2
        exit 64 ;;
esac
