#!/usr/bin/env python3
"""Error and cost of meshes and tolerances: the tables of docs/guide.md.

    benchmarks/accuracy.py column        bpx-1d, seconds
    benchmarks/accuracy.py pouch         nmc-pouch-1c/coarse.json, minutes

Every run is compared with one that is refined in space, time and particles; voltages at the refined run's times. The cost is
processor time on one rank without what a run of a single step takes (start of the program, pictures).
"""
import json
import os
import resource
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.path.join(ROOT, "artifacts/bin/Cell3D.Cli/release_linux-x64/cell3d")
TOLERANCES = {"Relative tolerance": 5e-4, "Concentration tolerance [mol.m-3]": 0.5, "Stoichiometry tolerance": 5e-5,
              "Temperature tolerance [K]": 2e-3, "Voltage tolerance [V]": 1e-4}


def mesh(electrode, separator, width=None, height=None, modes=None):
    numbers = {"Cells through.Negative electrode": electrode, "Cells through.Separator": separator, "Cells through.Positive electrode": electrode,
               "Cells along width": width, "Cells along height": height, "Particle": modes}
    return [f"Mesh.{key}={number}" for key, number in numbers.items() if number]


def tolerance(factor):
    return [f"Solver.{key}={value * factor:g}" for key, value in TOLERANCES.items()]


def run(case, folder, settings, *more):
    command = [PROGRAM, "run", os.path.join(ROOT, "cases", case), "--output", folder, "--overwrite", "--no-fields", "--quiet", *more]
    for setting in settings:
        command += ["--set", setting]
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check="--steps" not in more, env=dict(os.environ, OMP_NUM_THREADS="1"))
    with open(os.path.join(folder, "summary.json"), encoding="utf-8") as text:
        return json.load(text), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before


def table(case, reference, rows):
    with tempfile.TemporaryDirectory() as folder:
        refined = os.path.join(folder, "refined")
        run(case, refined, reference)
        print("| mesh, tolerance | control volumes | steps | rms error of V | end | largest temperature difference | processor time |")
        for label, settings in rows:
            _, start = run(case, os.path.join(folder, "start"), settings, "--steps", "1")
            summary, cost = run(case, os.path.join(folder, "run"), settings, "--overlay", os.path.join(refined, "timeseries.csv"))
            overlay, size, work = summary["Overlay"], summary["Size"], summary["Work"]
            print(f"| {label} | {size['Cells']} | {work['Steps']} | {1e3 * overlay['RMS difference [V]']:.3f} mV | {overlay['End time difference [s]']:+.2f} s"
                  f" | {summary['Extremes']['Largest temperature difference [K]']:.3f} K | {cost - start:.1f} s |", flush=True)


def main():
    if sys.argv[1:] == ["column"]:
        table("bpx-1d", mesh(320, 160, modes=20) + tolerance(0.001) + ["Solver.Maximum order=5"],
              [(f"{n} / {s} / {n}", mesh(n, s)) for n, s in ((5, 3), (10, 5), (20, 10), (40, 20), (160, 80))]
              + [(f"160 / 80 / 160, tolerances × {factor:g}", mesh(160, 80) + tolerance(factor)) for factor in (10, 0.1, 0.01)]
              + [("160 / 80 / 160, 20 modes, tolerances × 0.1", mesh(160, 80, modes=20) + tolerance(0.1))])
    elif sys.argv[1:] == ["pouch"]:
        table("nmc-pouch-1c/coarse.json", mesh(20, 10, 16, 20, 20) + tolerance(0.1),
              [(f"{n} / {s} / {n}, {w} × {h}", mesh(n, s, w, h)) for n, s, w, h in ((3, 2, 4, 4), (5, 3, 6, 8), (10, 5, 6, 8), (10, 5, 12, 16))]
              + [(f"5 / 3 / 5, 6 × 8, tolerances × {factor:g}", mesh(5, 3, 6, 8) + tolerance(factor)) for factor in (10, 0.1)])
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
