#!/usr/bin/env bash
# Krylov iterations to 1e-8 of the Schur complement on the collectors and of the field split, over steps, currents, temperatures, meshes and ranks: a table in Markdown.
# Usage: benchmarks/robustness.sh [WORD...]: only lines that hold one of the words.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root/cases"
cell3d=$root/artifacts/bin/Cell3D.Cli/release_linux-x64/cell3d
export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 DOTNET_TieredCompilation=0
pouch=nmc-pouch-1c/case.json coarse=nmc-pouch-1c/coarse.json
words=("$@")

# line DESCRIPTION RANKS CASE [bench option]... [Key=value]...
line() {
    local name=$1 ranks=$2 case=$3 word command=()
    shift 3
    if ((${#words[@]})); then
        for word in "${words[@]}"; do [[ $name == *"$word"* ]] && break; done
        [[ $name == *"$word"* ]] || return 0
    fi
    ((ranks == 1)) || command=(mpirun --oversubscribe -n "$ranks")
    command+=("$cell3d" bench solver "$case" --repeats 1)
    for word in "$@"; do
        case $word in
            [A-Z]*=*) command+=(--set "$word") ;;
            *) command+=("$word") ;;
        esac
    done
    local out
    if ! out=$(timeout 1200 "${command[@]}" 2>&1 </dev/null); then
        printf '| %s | failed: %s |\n' "$name" "$(tail -1 <<<"$out")"
        return 0
    fi
    awk -v name="$name" -F'|' '
        / unknowns, / { split($0, size, /[ ,]+/); unknowns = size[4] }
        /^\| collector Schur/ { gsub(/ /, "", $3); gsub(/ /, "", $6); schur = $3; ratio = $6 }
        /^\| field split/ { gsub(/ /, "", $3); split_ = $3 }
        END { printf "| %s | %s | %s | %s | %s |\n", name, unknowns, schur, split_, ratio }' <<<"$out"
}

echo "| case | unknowns | Schur | field split | ratio |"
echo "|---|---|---|---|---|"
for step in 1e-3 0.1 10 60 600; do line "step of $step s at 1C" 1 $pouch --step $step; done
for step in 1e-3 10 60; do line "step of $step s at 3C" 1 $pouch --step $step 'Protocol.Steps=["Discharge at 3C for 1 h"]'; done
for rate in 0.1 1 3 10; do line "discharge at ${rate}C" 1 $pouch "Protocol.Steps=[\"Discharge at ${rate}C for 1 h\"]"; done
for rate in 0.1 1 3 10; do line "charge at ${rate}C" 1 $pouch "Protocol.Steps=[\"Charge at ${rate}C for 1 h\"]" 'Initial state.SOC=0.3'; done
for kelvin in 253.15 273.15 298.15 333.15; do
    line "at $kelvin K" 1 $pouch Thermal.Initial\ temperature=$kelvin Thermal.Ambient\ temperature=$kelvin
done
for step in 1e-3 600; do line "at 253.15 K, step of $step s" 1 $pouch --step $step Thermal.Initial\ temperature=253.15 Thermal.Ambient\ temperature=253.15; done
for time in 600 1200 1237; do line "3C after $time s of 1238" 1 $coarse --at $time 'Protocol.Steps=["Discharge at 3C until 2.7 V"]'; done
for step in 1 60; do line "3C after 1237 s, step of $step s" 1 $coarse --at 1237 --step $step 'Protocol.Steps=["Discharge at 3C until 2.7 V"]'; done
for pairs in 1 2 8 34; do line "$pairs pairs" 1 nmc-pouch-34-pairs/case.json "Geometry.Electrode pairs=$pairs"; done
line "3 × 3 columns" 1 $pouch 'Mesh.Cells along width=3' 'Mesh.Cells along height=3' 'Mesh.Refinement towards tabs=1'
for refinement in 1 10 50; do line "refinement towards tabs $refinement" 1 $pouch "Mesh.Refinement towards tabs=$refinement"; done
line "refinement towards tabs 100 on a coarse mesh" 1 $coarse 'Mesh.Refinement towards tabs=100'
for count in 12 30; do line "triangles, $count along the width" 1 $pouch Mesh.In-plane=triangular "Mesh.Cells along width=$count"; done
line "rounded corners" 1 $pouch 'Geometry.Corner radius=0.01'
line "outline from a file" 1 imported-pouch/case.json
for roll in m50-21700-two-tabs m50-4680-tabless nmc-prismatic-50ah; do line "roll: $roll" 1 $roll/coarse.json; done
line "diffusivities of x and T" 1 $pouch 'Layers.Positive electrode.Diffusivity=1e-14*(1 + x)*exp(3 - 900/T)' 'Layers.Negative electrode.Diffusivity=3e-14*(1.5 - x)*exp(3 - 900/T)'
line "transference number of c" 1 $pouch 'Electrolyte.Cation transference number=0.26 + 5e-5*(x - 1000)'
film='{"Exchange current density [A.m-2]": 1.5e-3, "Solvent diffusivity [m2.s-1]": 2.5e-20, "Narrows pores": true}'
for step in 10 1e-3; do
    line "film that narrows pores, double layer, step of $step s" 1 $pouch --step $step "Layers.Negative electrode.SEI=$film" 'Layers.Negative electrode.Double layer capacitance=0.2'
done
strip=(Probes.Points='{}' Geometry.Width=0.02 Tabs.Negative.Centre=0.006 Tabs.Negative.Width=0.006 Tabs.Positive.Centre=0.014 Tabs.Positive.Width=0.006 'Mesh.Cells along width=4')
for size in '0.1 20' '1 100' '2 200'; do line "strip of 20 mm × ${size% *} m" 1 $pouch "${strip[@]}" Geometry.Height="${size% *}" Mesh.Cells\ along\ height="${size#* }"; done
# square EDGE [m], CELLS: both tabs on top
square() {
    awk -v e="$1" 'BEGIN { printf "Geometry.Width=%g\nGeometry.Height=%g\n", e, e
        for (i = 0; i < 2; i++) { name = i ? "Positive" : "Negative"; printf "Tabs.%s.Edge=top\nTabs.%s.Centre=%g\nTabs.%s.Width=%g\nTabs.%s.Length=%g\n", name, name, (i ? 0.7 : 0.3) * e, name, 0.3 * e, name, 0.2 * e } }'
    printf 'Probes.Points={}\nMesh.Refinement towards tabs=1\nMesh.Cells along width=%s\nMesh.Cells along height=%s\n' "$2" "$2"
}
for size in '0.02 40' '0.01 40' '0.005 40' '0.0025 40' '0.002 40' '0.0025 20'; do
    mapfile -t keys < <(square ${size})
    line "square of ${size% *} m, ${size#* }² columns" 1 $pouch "${keys[@]}"
done
mapfile -t keys < <(square 0.0025 20)
line "square of 0.0025 m, 20² columns, step of 0.01 s" 1 $pouch --step 0.01 "${keys[@]}"
line "square of 0.0025 m, 20² columns, isothermal" 1 $pouch "${keys[@]}" Thermal.Model=isothermal
for ranks in 1 2 4 8 16; do line "pouch on $ranks ranks" $ranks $pouch; done
for ranks in 1 2 4 8; do line "20 layers on $ranks ranks" $ranks pouch-20-layers/case.json; done
for ranks in 1 2 4; do line "triangles on $ranks ranks" $ranks $pouch Mesh.In-plane=triangular 'Mesh.Cells along width=12'; done
for ranks in 1 2 4 8; do line "roll on $ranks ranks" $ranks m50-21700-two-tabs/coarse.json; done
