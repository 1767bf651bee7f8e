# shellcheck shell=bash
# shellcheck disable=SC2034 # the variables are for the scripts that source this one
# Sourced: where the programs are built, and the .NET SDK that global.json asks for. Needs $root.

cell3d=${root:?}/artifacts/publish/Cell3D.Cli/release_linux-x64/cell3d
cell3d_tests=$root/artifacts/bin/Cell3D.Tests/release_linux-x64/Cell3D.Tests

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export DOTNET_GENERATE_ASPNET_CERTIFICATE=false

# Puts `dotnet` on the PATH where it lies in one of the usual places.
find_dotnet() {
    local place
    if command -v dotnet >/dev/null; then
        return
    fi
    for place in "${DOTNET_ROOT:-}" "$HOME/.dotnet" /usr/share/dotnet /usr/lib/dotnet; do
        if [[ -n $place && -x $place/dotnet ]]; then
            PATH=$place:$PATH
            break
        fi
    done
}

# Leaves `dotnet` on the PATH and DOTNET_ROOT set for the built tests, or explains and exits 69.
ensure_dotnet() {
    local wanted
    wanted=$(sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$root/global.json")
    find_dotnet
    if ! command -v dotnet >/dev/null; then
        {
            echo "The .NET SDK is not installed (no \`dotnet\` on the PATH); Cell3D needs version $wanted or a later 10.0."
            echo "Install it as described at https://learn.microsoft.com/dotnet/core/install/linux-debian"
        } >&2
        exit 69
    fi
    if ! sdk_version=$(cd "$root" && dotnet --version 2>/dev/null); then
        {
            echo "No installed .NET SDK satisfies global.json: version $wanted or a later 10.0 is needed. Installed:"
            (cd / && dotnet --list-sdks) 2>/dev/null | sed 's/^/    /'
            echo "Install it as described at https://learn.microsoft.com/dotnet/core/install/linux-debian"
        } >&2
        exit 69
    fi
    if [[ -z ${DOTNET_ROOT:-} ]]; then
        DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
    fi
    export PATH DOTNET_ROOT
}
