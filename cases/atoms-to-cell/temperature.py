#!/usr/bin/python3
"""Draws T(x, t) of a run: over height and time, mean over thickness and width; and over width and height at the end, mean over the thickness.

    cell3d run cases/atoms-to-cell/case.json -o results/warm --set "Output.Field count=60"
    cases/atoms-to-cell/temperature.py results/warm --output temperature.png

Needs Debian's python3-h5py and python3-matplotlib.
"""
import argparse
import json
import os

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

CELSIUS = 273.15


def places(results):
    """Middle of every control volume [m] (thickness, width, height), its volume [m3] and whether it lies in a tab, part after part as in the field files."""
    with h5py.File(os.path.join(results, "mesh.hdf")) as file:
        root = file["VTKHDF"]
        points, connectivity, offsets = root["Points"][:], root["Connectivity"][:], root["Offsets"][:]
        counts = zip(root["NumberOfPoints"][:], root["NumberOfCells"][:], root["NumberOfConnectivityIds"][:])
        middles, point, cell, entry = [], 0, 0, 0
        for of_points, of_cells, of_entries in counts:
            ids, starts = connectivity[entry:entry + of_entries], offsets[cell:cell + of_cells + 1]
            middles += [points[point + ids[starts[i]:starts[i + 1]]].mean(axis=0) for i in range(of_cells)]
            point, cell, entry = point + of_points, cell + of_cells + 1, entry + of_entries
        tabs = [number for number, name in enumerate(root["FieldData/Layer names"][:]) if name.decode().strip("\0 ").endswith("tab")]
        return np.array(middles), root["CellData/Volume"][:], np.isin(root["CellData/Region"][:], tabs)


def means(values, volumes, groups, count):
    """Mean of the values of every group, by volume."""
    return np.bincount(groups, values * volumes, count) / np.bincount(groups, volumes, count)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results")
    parser.add_argument("--output", default="temperature.png")
    options = parser.parse_args()
    middles, volumes, in_tabs = places(options.results)
    with open(os.path.join(options.results, "fields.hdf.series"), encoding="utf-8") as file:
        entries = sorted(json.load(file)["files"], key=lambda entry: entry["time"])
    heights, row = np.unique(np.round(middles[:, 2], 7), return_inverse=True)
    across, place = np.unique(np.round(middles[~in_tabs, 1:], 7), axis=0, return_inverse=True)
    times, history = [], []
    for entry in entries:
        with h5py.File(os.path.join(options.results, entry["name"])) as file:
            values = file["VTKHDF/CellData/Temperature"][:].astype(float) - CELSIUS
        times.append(entry["time"] / 60)
        history.append(means(values, volumes, row.ravel(), len(heights)))
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.2)
    image = left.pcolormesh(times, 1e3 * heights, np.array(history).T, cmap="inferno", shading="nearest")
    left.set(xlabel="Time [min]", ylabel="Height, tabs at the top [mm]", title="Mean over thickness and width")
    figure.colorbar(image, ax=left, label="Temperature [°C]")
    last = means(values[~in_tabs], volumes[~in_tabs], place.ravel(), len(across))
    dots = right.tricontourf(1e3 * across[:, 0], 1e3 * across[:, 1], last, levels=20, cmap="inferno")
    right.set(xlabel="Width [mm]", ylabel="Height [mm]", title=f"Layers after {times[-1]:.1f} min, mean over the thickness")
    figure.colorbar(dots, ax=right, label="Temperature [°C]")
    figure.savefig(options.output, dpi=110)


if __name__ == "__main__":
    main()
