#!/usr/bin/python3
"""Draws the voltage over the charge and, over time and depth, the mean stoichiometry of every control volume of the electrode.

    cases/lfp-half-cell-phase-field/mosaic.py RESULTS [RESULTS ...] --output mosaic.png

Needs Debian's python3-h5py and python3-matplotlib.
"""
import argparse
import csv
import json
import os

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np


def voltage(results):
    """Net charge [A h] and voltage [V] of every row."""
    with open(os.path.join(results, "timeseries.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    charge = [float(row["Discharging Capacity / Ah"]) - float(row["Charging Capacity / Ah"]) for row in rows]
    return charge, [float(row["Voltage / V"]) for row in rows]


def filling(results):
    """Times [h] and, per time, the mean stoichiometry of the control volumes of the electrode, separator first."""
    with open(os.path.join(results, "fields.hdf.series"), encoding="utf-8") as file:
        entries = json.load(file)["files"]
    columns = []
    for entry in entries:
        with h5py.File(os.path.join(results, entry["name"])) as file:
            values = file["VTKHDF/CellData/Mean stoichiometry"][:]
        columns.append(values[np.isfinite(values)])
    return np.array([entry["time"] for entry in entries]) / 3600, np.array(columns).T


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+")
    parser.add_argument("--output", default="mosaic.png")
    options = parser.parse_args()
    count = len(options.results)
    figure, axes = plt.subplots(2, count, figsize=(5.5 * count, 6.4), squeeze=False, layout="constrained")
    for column, results in enumerate(options.results):
        charge, volts = voltage(results)
        top, bottom = axes[0, column], axes[1, column]
        top.plot(charge, volts, linewidth=1)
        top.set(xlabel="Discharged charge [A h]", ylabel="Voltage [V]", ylim=(3.15, 3.65), title=os.path.basename(os.path.normpath(results)))
        top.grid(alpha=0.3)
        times, values = filling(results)
        order = np.argsort(times, kind="stable")
        image = bottom.pcolormesh(times[order], np.arange(values.shape[0]) + 1, values[:, order], vmin=0, vmax=1, cmap="viridis", shading="nearest")
        bottom.set(xlabel="Time [h]", ylabel="Control volume, separator first")
        figure.colorbar(image, ax=bottom, label="Mean stoichiometry")
    figure.savefig(options.output, dpi=110)


if __name__ == "__main__":
    main()
