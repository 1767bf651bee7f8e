#!/usr/bin/env python3
"""Do error bars cover errors? The tables of docs/validation.md; needs Debian's python3-h5py. A minute per column, several per pouch.

    benchmarks/error_bars.py [CASE...]     all cases below, or some: comsol-dfn1d comsol-pouch-xz bpx-1d battmo-chen-pouch cc-cv-cycle

`cell3d reference --error-bars` gives every number of a case its bar. The truth of the equations is the same case refined in all directions;
of the physics the published curve, whose own error is added to the bar where it is stated.
"""
import csv
import os
import subprocess
import sys
import tempfile

import h5py
import numpy as np

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
PROGRAM = os.environ.get("CELL3D", os.path.join(ROOT, "artifacts/bin/Cell3D.Cli/release_linux-x64/cell3d"))
TOLERANCES = {"Relative tolerance": 5e-4, "Concentration tolerance [mol.m-3]": 0.5, "Stoichiometry tolerance": 5e-5,
              "Temperature tolerance [K]": 2e-3, "Voltage tolerance [V]": 1e-4}
FINE_COLUMN = (480, 240, {}, 0.01)
PYBAMM_J0 = [f"Layers.{side} electrode.Exchange current regularisation=0.001" for side in ("Negative", "Positive")]
# case file, settings, refined mesh (electrode, separator, plane, tolerances), reference, earliest time [s], lowest voltage, whether COMSOL's steps are sought
CASES = {
    "comsol-dfn1d": [("case.json", [], FINE_COLUMN, "dfn1d_1C_voltage.csv", 0, 3.205, True), ("3c.json", [], FINE_COLUMN, "dfn1d_3C_voltage.csv", 0, 3.205, True)],
    "comsol-pouch-xz": [(file, [], (40, 20, {"Cells along height": 40}, 0.05), reference, 1, 0, False) for file, reference in
                        (("case.json", "pouch_xz_3C_series.csv"), ("sigma-1e7.json", "pouch_xz_1C_collector_sigma_1e7_series.csv"), ("sigma-1e9.json", "pouch_xz_1C_collector_sigma_1e9_series.csv"))],
    "bpx-1d": [(file, PYBAMM_J0, FINE_COLUMN, reference, 60, 0, False) for file, reference in
               (("case.json", "chen2020_1C.csv"), ("chen-2c.json", "chen2020_2C.csv"), ("nmc-1c.json", "nmc_1C.csv"), ("nmc-1c-heat.json", "nmc_1C_thermal_h3.csv"))],
    "battmo-chen-pouch": [("case.json", [], (20, 12, {"Cells along width": 18, "Cells along height": 16, "Cells along tab": 4}, 0.1), "chenpouch1_tvi.csv", 60, 0, False)],
    "cc-cv-cycle": [("case.json", PYBAMM_J0, FINE_COLUMN, "chen2020_cccv.csv", 60, 0, False)],
}


def cell3d(command, case, folder, settings, *more):
    line = [PROGRAM, command, os.path.join(ROOT, "cases", case), "--output", folder, "--overwrite", *more]
    for setting in settings:
        line += ["--set", setting]
    code = subprocess.run(line, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if code.returncode not in (0, 3):
        sys.exit(f"{' '.join(line)}: {code.returncode}\n{code.stderr}")


def refined(electrode, separator, plane, factor):
    mesh = {"Cells through.Negative electrode": electrode, "Cells through.Separator": separator, "Cells through.Positive electrode": electrode, "Particle": 24, **plane}
    return [f"Mesh.{key}={number}" for key, number in mesh.items()] + [f"Solver.{key}={factor * value:g}" for key, value in TOLERANCES.items()]


def parabola(t, v, first, at):
    return sum(v[i] * np.prod([(at - t[j]) / (t[i] - t[j]) for j in range(first, first + 3) if j != i]) for i in range(first, first + 3))


def steps_of(t, v):
    """Where the parabolas meet on which COMSOL's samples lie: the ends of its steps (tests/Validation/ParabolicPieces.cs)."""
    pieces, first, joints = [], 0, []
    while first + 2 < len(t):
        last = first + 2
        while last + 1 < len(t) and abs(parabola(t, v, first, t[last + 1]) - v[last + 1]) < 1.5e-7:
            last += 1
        pieces.append((first, last))
        first = last + 1
    for (left, end), (right, _) in zip(pieces, pieces[1:]):
        gap = lambda at, left=left, right=right: parabola(t, v, left, at) - parabola(t, v, right, at)
        low, high = t[end], t[right]
        if gap(low) * gap(high) > 0:
            continue
        for _ in range(60):
            middle = 0.5 * (low + high)
            low, high = (low, middle) if gap(t[end]) * gap(middle) <= 0 else (middle, high)
        joints.append((low, parabola(t, v, left, low)))
    return np.array(joints).T


def published(path, earliest, lowest, is_comsol):
    """Curves of a reference: quantity -> (time, value, its own error)."""
    with open(path, encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    column = lambda *names: next((np.array([float(row[name]) for row in rows]) for name in names if name in rows[0]), None)
    time, volts, kelvin = column("Time [s]", "time_s"), column("Voltage [V]", "voltage_V"), column("Volume-averaged temperature [K]", "temperature_K", "Tmean_vol_K")
    curves = {"voltage": (time, volts, column("voltage_error_V"))}
    if is_comsol:
        curves["voltage"] = (*steps_of(time, volts), None)
    if kelvin is not None:
        curves["mean_temperature"] = (time, kelvin, column("temperature_error_K"))
    result = {}
    for name, (t, value, error) in curves.items():
        kept = (t >= earliest) & (np.isfinite(value)) & ((value >= lowest) if name == "voltage" else True)
        result[name] = (t[kept], value[kept], (np.zeros_like(t) if error is None else np.nan_to_num(error))[kept])
    return result


def share(inside, known):
    return f"{100 * inside / known:.1f} %" if known else "–"


def against_refined(ours, fine, title):
    """Coverage of every group of datasets; the voltage's bar and error; end time."""
    counts = {}
    for group in ("curves", "means", "sections", "maps"):
        values = known = inside = 0
        for name in (name for name in ours[group] if not name.endswith("_error")):
            value, bar, truth = ours[group][name][()], ours[group][name + "_error"][()], fine[group][name][()]
            if np.nanmax(value) == np.nanmin(value):
                continue  # an isothermal temperature is right without any merit
            told = np.isfinite(value) & np.isfinite(bar) & np.isfinite(truth)
            values += np.isfinite(value).sum()
            known += told.sum()
            inside += (np.abs(value - truth)[told] <= bar[told]).sum()
        counts[group] = (values, known, inside)
    bar, error = ours["curves/voltage_error"][()], np.abs(ours["curves/voltage"][()] - fine["curves/voltage"][()])
    told = np.isfinite(bar) & np.isfinite(error)
    end, end_bar, end_true = (float(file[f"figures/{name}"][0]) for file, name in ((ours, "end_time"), (ours, "end_time_error"), (fine, "end_time")))
    cells = " | ".join(f"{share(inside, known)} ({share(known, values)})" for values, known, inside in counts.values())
    print(f"| {title} | {1e3 * np.max(bar[told], initial=0):.3f} | {1e3 * np.max(error[told], initial=0):.3f} | {abs(end - end_true):.3f} ± {end_bar:.3f} | {cells} |", flush=True)
    return counts


def against_published(case, file, settings, ours, curves, folder, title):
    times = ",".join(f"{time:.9g}" for time in sorted(set(np.concatenate([t for t, _, _ in curves.values()]))))
    cell3d("run", f"{case}/{file}", folder, [*settings, f"Output.Row times [s]=[{times}]"], "--no-fields", "--quiet")
    with open(os.path.join(folder, "timeseries.csv"), encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    at = np.array([float(row["Test Time / s"]) for row in rows])
    grid = ours["axes/curve"][()]
    for name, heading, unit, scale in (("voltage", "Voltage / V", "mV", 1e3), ("mean_temperature", "Mean temperature / K", "mK", 1e3)):
        if name not in curves:
            continue
        t, value, own = curves[name]
        kept = t <= at[-1]
        t, value, own = t[kept], value[kept], own[kept]
        computed = np.interp(t, at, [float(row[heading]) for row in rows])
        bars = ours[f"curves/{name}_error"][()]
        told = np.isfinite(bars) & np.isfinite(grid)
        bar = np.interp(t, grid[told], bars[told]) + own
        error = np.abs(computed - value)
        print(f"| {title} | {'V' if name == 'voltage' else 'mean T'} | {len(t)} | {scale * error.max():.3f} {unit} | {scale * np.median(error):.3f} {unit} | {scale * bar.max():.3f} {unit} | {share((error <= bar).sum(), len(t))} |", flush=True)


def main():
    names = sys.argv[1:] or list(CASES)
    if any(name not in CASES for name in names):
        sys.exit(__doc__)
    total = {}
    with tempfile.TemporaryDirectory() as folder:
        for case in names:
            for file, settings, fine_mesh, reference, earliest, lowest, is_comsol in CASES[case]:
                title = case if file == "case.json" else f"{case}/{file[:-len('.json')]}"
                own, fine = os.path.join(folder, "own"), os.path.join(folder, "fine")
                cell3d("reference", f"{case}/{file}", own, settings, "--error-bars", "--models", "none")
                cell3d("reference", f"{case}/{file}", fine, [*settings, *refined(*fine_mesh)], "--models", "none")
                with h5py.File(os.path.join(own, "reference.h5")) as ours, h5py.File(os.path.join(fine, "reference.h5")) as truth:
                    for group, counts in against_refined(ours, truth, title).items():
                        total[group] = np.add(total.get(group, 0), counts)
                    path = os.path.join(ROOT, "cases", case, "reference", reference)
                    against_published(case, file, settings, ours, published(path, earliest, lowest, is_comsol), os.path.join(folder, "run"), title)
    values, known, inside = sum(total.values())
    print(f"all: {share(inside, known)} of {known} known bars cover, {share(known, values)} of {values} values have one; "
          + ", ".join(f"{group} {share(counts[2], counts[1])}" for group, counts in total.items()))


if __name__ == "__main__":
    main()
