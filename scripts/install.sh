#!/usr/bin/env bash
# Installs what scripts/setup.sh builds, so that it runs without this folder and without the .NET SDK.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
# shellcheck source=scripts/dotnet.sh
source "$root/scripts/dotnet.sh"

usage() {
    cat <<'TEXT'
Usage: scripts/install.sh PREFIX [--no-build]
       scripts/install.sh --uninstall PREFIX

Builds what is needed and installs into PREFIX, in place of an earlier version that was installed there:

  bin/cell3d                                  the program
  lib/cell3d/                                 it and its libraries
  share/cell3d/cell3d-case.schema.json        schema of case files, for editors
  share/cell3d/cell3d.modulefile              module file (Environment Modules, Lmod)
  share/bash-completion/completions/cell3d    completion for bash
  share/doc/cell3d/LICENSE

--no-build installs the last build as it is. --uninstall removes exactly what was installed.
Exit codes: 0 done, 64 usage, 66 nothing is installed or built there, 69/70 as scripts/setup.sh, 73 PREFIX cannot be written.
TEXT
}

fail() {
    local code=$1
    shift
    printf '%s\n' "$@" >&2
    exit "$code"
}

action=install
build=yes
prefix=
while (($#)); do
    case $1 in
        -h | --help) usage; exit 0 ;;
        --uninstall) action=uninstall ;;
        --no-build) build= ;;
        -*) usage >&2; fail 64 "" "Unknown option '$1'." ;;
        *) [[ -z $prefix ]] || { usage >&2; fail 64 "" "One PREFIX, please: '$prefix' and '$1'."; }; prefix=$1 ;;
    esac
    shift
done
[[ -n $prefix ]] || { usage >&2; exit 64; }
[[ $prefix != *$'\n'* ]] || fail 64 "A PREFIX of several lines cannot be used."

# Names of the installed files, relative to PREFIX: what an upgrade or --uninstall removes.
list=share/cell3d/installed-files

# remove_listed KEEP: removes the files of the list except those that KEEP names (one a line), then empty folders of theirs.
remove_listed() {
    local file folder
    while IFS= read -r file; do
        if [[ -n $file && $file != /* && $file != *..* ]] && ! grep -qxF -- "$file" <<<"$1"; then
            rm -f -- "$prefix/$file"
            folder=$(dirname "$file")
            while [[ $folder != . ]]; do
                rmdir -- "$prefix/$folder" 2>/dev/null || break
                folder=$(dirname "$folder")
            done
        fi
    done <"$prefix/$list"
}

if [[ $action == uninstall ]]; then
    [[ -f $prefix/$list ]] || fail 66 "$prefix holds no installed Cell3D: $list is missing."
    remove_listed ""
    exit 0
fi

[[ -z $build ]] || "$root/scripts/setup.sh"
published=$(dirname "$cell3d")
[[ -x $cell3d && -f $published/libcell3d_native.so ]] || fail 66 "There is no build to install; leave out --no-build."
mkdir -p -- "$prefix" 2>/dev/null && [[ -w $prefix ]] || fail 73 "$prefix cannot be written."
prefix=$(cd -- "$prefix" && pwd -P)
version=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' "$root/Directory.Build.props")

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
sources=()
names=()
# add MODE SOURCE NAME: one file to install; MODE is 755 or 644.
modes=()
add() {
    modes+=("$1")
    sources+=("$2")
    names+=("$3")
}

for file in "$published"/*; do
    case $file in
        *.pdb | *.dbg) ;;
        *) add 755 "$file" "lib/cell3d/${file##*/}" ;;
    esac
done
# Within braces Tcl takes every character as it is, if braces are balanced; a backslash makes them harmless.
tcl_prefix=${prefix//\\/\\\\}
tcl_prefix=${tcl_prefix//[/\\[}
for character in '$' '"' '{' '}' ']'; do
    tcl_prefix=${tcl_prefix//"$character"/"\\$character"}
done
while IFS= read -r line; do
    line=${line//@VERSION@/$version}
    printf '%s\n' "${line//@PREFIX@/"$tcl_prefix"}"
done <"$root/scripts/install/cell3d.modulefile" >"$work/modulefile"
add 644 "$work/modulefile" share/cell3d/cell3d.modulefile
add 644 "$root/schema/cell3d-case.schema.json" share/cell3d/cell3d-case.schema.json
add 644 "$root/scripts/install/cell3d.bash" share/bash-completion/completions/cell3d
add 644 "$root/LICENSE" share/doc/cell3d/LICENSE
program=bin/cell3d

# The list first: should this stop half-way, all of it can still be removed.
old=$([[ -f $prefix/$list ]] && cat -- "$prefix/$list" || true)
new=$(printf '%s\n' "${names[@]}" "$program" "$list")
mkdir -p -- "$prefix/share/cell3d" "$prefix/bin" || fail 73 "$prefix cannot be written."
printf '%s\n' "$new" "$old" | sort -u | sed '/^$/d' >"$prefix/$list" || fail 73 "$prefix/$list cannot be written."
for i in "${!names[@]}"; do
    install -D -m "${modes[i]}" -- "${sources[i]}" "$prefix/${names[i]}.new" &&
        mv -f -- "$prefix/${names[i]}.new" "$prefix/${names[i]}" || fail 73 "$prefix/${names[i]} cannot be written."
done
ln -sfn ../lib/cell3d/cell3d "$prefix/$program" || fail 73 "$prefix/$program cannot be written."
remove_listed "$new"
printf '%s\n' "$new" >"$prefix/$list"

"$prefix/$program" version >"$work/version" 2>&1 || { cat "$work/version" >&2; fail 69 "" "Installed, but the program does not start."; }
quoted=$(printf '%q' "$prefix")
cat <<TEXT
Installed Cell3D $version into $prefix

  PATH      export PATH=$quoted/bin:\$PATH
  module    module load $quoted/share/cell3d/cell3d.modulefile
  bash      source $quoted/share/bash-completion/completions/cell3d
TEXT
