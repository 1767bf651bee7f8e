#!/usr/bin/env bash
# Makes the tree ready to run: Debian packages, native/ through CMake, the solution in Release, the program as native code.
#
#   scripts/setup.sh     quiet when all is well; what went wrong is shown, logs are kept in build/
#
# Nothing is rebuilt while no source is newer than the last build (build/setup.stamp). Packages and versions are only looked
# at again when a file that an installation changes has changed (build/setup.witnesses).
# Exit codes: 69 something needed is missing, 70 a build failed.
#
#   CELL3D_SITE_LIBRARIES=1   use the site's own MPI, PETSc and HDF5 instead of Debian's packages
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd -P)
build=$root/build
stamp=$build/setup.stamp
witnesses=$build/setup.witnesses
packages=(petsc-dev libpetsc-real-dev libopenblas0-serial libopenmpi-dev openmpi-bin libhdf5-openmpi-dev
          pkg-config cmake g++ make)

# shellcheck source=scripts/dotnet.sh
source "$root/scripts/dotnet.sh"

fail() {
    local code=$1
    shift
    printf '%s\n' "$@" >&2
    exit "$code"
}

# logged NAME MESSAGE COMMAND...: runs COMMAND into build/NAME.log; on failure shows MESSAGE and what explains it: the
# log's error lines, once each, or its end.
logged() {
    local log=$build/$1.log message=$2
    shift 2
    if ! "$@" >"$log" 2>&1 </dev/null 9>&-; then
        echo "$message From $log:" >&2
        { grep -E '(error|Error)( [A-Z0-9]+)?:|^E:' "$log" || tail -n 30 "$log"; } | awk '!seen[$0]++' | head -n 30 >&2
        return 1
    fi
}

missing_packages() {
    local package
    for package in "${packages[@]}"; do
        [[ $(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null) == installed ]] || echo "$package"
    done
}

install_packages() {
    local as_root=()
    if [[ $EUID -ne 0 ]]; then
        as_root=(sudo -n)
    fi
    local command=(env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120
                   install -y -q --no-install-recommends)
    "${as_root[@]}" apt-get -q update || echo "The package lists could not be refreshed; going on with the present ones."
    "${as_root[@]}" "${command[@]}" "$@"
}

ensure_packages() {
    local missing line
    if [[ -n ${CELL3D_SITE_LIBRARIES:-} ]]; then
        return
    fi
    if ! command -v dpkg-query >/dev/null; then
        fail 69 "This is not a Debian system, so packages cannot be checked or installed." \
            "Provide MPI, PETSc (real scalars), parallel HDF5, pkg-config, CMake, a C++ compiler and make," \
            "then set CELL3D_SITE_LIBRARIES=1 and call this again."
    fi
    mapfile -t missing < <(missing_packages)
    if [[ ${#missing[@]} -eq 0 ]]; then
        return
    fi
    line="sudo apt-get update && sudo apt-get install -y --no-install-recommends ${missing[*]}"
    if [[ $EUID -ne 0 ]] && ! sudo -n true 2>/dev/null; then
        fail 69 "Debian packages are missing and this user may not install them. Ask an administrator to run this line once:" "" \
            "    $line" "" "or set CELL3D_SITE_LIBRARIES=1 to use the site's own MPI, PETSc and HDF5."
    fi
    echo "Installing ${missing[*]} ..." >&2
    logged packages "Installing the Debian packages failed." install_packages "${missing[@]}" ||
        fail 69 "" "This line does the same by hand:" "" "    $line"
}

# What the build depends on besides the sources: where it lies, the SDK, the libraries that native/ was linked to.
toolchain() {
    echo "$root"
    echo "$sdk_version"
    pkg-config --modversion PETSc 2>/dev/null || pkg-config --modversion petsc 2>/dev/null || true
    mpirun --version 2>/dev/null | head -n 1
}

# Changes whenever toolchain or missing_packages may: size and time of the files that an installation replaces, and the
# variables that choose between installations.
installation() {
    echo "$root:$PATH:${DOTNET_ROOT-}:${PETSC_DIR-}:${PETSC_ARCH-}:${PKG_CONFIG_PATH-}:${HDF5_ROOT-}:${CELL3D_SITE_LIBRARIES-}"
    stat -L -c '%n %s %Y' /var/lib/dpkg/status "$(command -v dotnet)" "$(command -v mpirun)" \
        "$(command -v cmake)" ${PETSC_DIR:+"$PETSC_DIR"} 2>/dev/null || true
}

# The program and its library are there and no source is newer than the build.
built() {
    [[ -f $stamp && -f $build/native/libcell3d_native.so && -x $cell3d && -x $cell3d_tests ]] &&
        [[ -z $(find "${sources[@]}" -newer "$stamp" -print -quit) ]]
}

build_native() {
    # CMake refuses the cache of a tree that was moved or copied.
    if ! grep -qsxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root/native" "$build/native/CMakeCache.txt"; then
        rm -rf "$build/native"
    fi
    logged native-configure "Configuring native/ failed." \
        cmake -S "$root/native" -B "$build/native" -DCMAKE_BUILD_TYPE=Release &&
        logged native-build "Building native/ failed." cmake --build "$build/native" --parallel
}

build_solution() {
    logged solution-build "Building the solution failed." \
        dotnet build "$root/Cell3D.sln" --configuration Release -nodeReuse:false -verbosity:minimal -tl:off
}

build_program() {
    logged program-build "Compiling the program to native code failed." \
        dotnet publish "$root/src/Cli" --configuration Release --no-build -nodeReuse:false -verbosity:minimal -tl:off
}

sources=("$root/src" "$root/tests" "$root/native" "$root"/Cell3D.sln "$root"/Directory.*.props "$root"/global.json
         "$root"/.editorconfig)
find_dotnet
seen=$(installation)
if [[ -f $witnesses && $(<"$witnesses") == "$seen" ]] && built; then
    exit 0
fi

if ! mkdir -p "$build" 2>/dev/null || [[ ! -w $build ]]; then
    fail 73 "$build cannot be written."
fi
exec 9>"$build/setup.lock"
flock 9
ensure_packages
seen=$(installation)
ensure_dotnet

now=$(toolchain)
if ! { built && [[ $(<"$stamp") == "$now" ]]; }; then
    echo "Building Cell3D ..." >&2
    rm -f "$stamp"
    printf '%s\n' "$now" >"$stamp.new"
    if ! build_native || ! build_solution || ! build_program; then
        exit 70
    fi
    mv "$stamp.new" "$stamp"
fi
printf '%s\n' "$seen" >"$witnesses"
