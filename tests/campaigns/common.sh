# shellcheck shell=bash
# Sourced by the campaigns: builds what is needed and sets the environment of one machine. Leaves $root, $campaigns (the
# program of the campaigns that run in one process) and $cell3d.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
# shellcheck source=../../scripts/dotnet.sh
source "$root/scripts/dotnet.sh"
# shellcheck source=../../scripts/mpi.sh
source "$root/scripts/mpi.sh"

"$root/scripts/setup.sh"
ensure_dotnet
campaigns=$root/artifacts/bin/Cell3D.Campaigns/release_linux-x64/Cell3D.Campaigns
