#!/usr/bin/python3
"""Draws T(x, t) of a run: over height and time, mean over thickness and width; and over width and height at the end, mean over the thickness.

    cell3d run cases/atoms-to-cell/case.json -o results/warm --set "Output.Field count=60"
    cases/atoms-to-cell/temperature.py results/warm --output temperature.png

Needs Debian's python3-h5py and python3-matplotlib.
"""
import argparse
import os
import sys

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tools"))
from result_cells import Cells, history

CELSIUS = 273.15


def means(values, volumes, groups, count):
    """Mean of the values of every group, by volume."""
    return np.bincount(groups, values * volumes, count) / np.bincount(groups, volumes, count)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results")
    parser.add_argument("--output", default="temperature.png")
    options = parser.parse_args()
    cells = Cells(options.results)
    middles, volumes, in_tabs = cells.middles, cells.volumes, np.char.endswith(cells.layers, "tab")
    heights, row = np.unique(np.round(middles[:, 2], 7), return_inverse=True)
    across, place = np.unique(np.round(middles[~in_tabs, 1:], 7), axis=0, return_inverse=True)
    seconds, temperatures = history(options.results, "Temperature")
    times, temperatures = seconds / 60, temperatures - CELSIUS
    rows = np.array([means(values, volumes, row.ravel(), len(heights)) for values in temperatures])
    figure, (left, right) = plt.subplots(1, 2, figsize=(12, 4.4), layout="constrained")
    figure.get_layout_engine().set(w_pad=0.2)
    image = left.pcolormesh(times, 1e3 * heights, rows.T, cmap="inferno", shading="nearest")
    left.set(xlabel="Time [min]", ylabel="Height, tabs at the top [mm]", title="Mean over thickness and width")
    figure.colorbar(image, ax=left, label="Temperature [°C]")
    last = means(temperatures[-1][~in_tabs], volumes[~in_tabs], place.ravel(), len(across))
    dots = right.tricontourf(1e3 * across[:, 0], 1e3 * across[:, 1], last, levels=20, cmap="inferno")
    right.set(xlabel="Width [mm]", ylabel="Height [mm]", title=f"Layers after {times[-1]:.1f} min, mean over the thickness")
    figure.colorbar(dots, ax=right, label="Temperature [°C]")
    figure.savefig(options.output, dpi=110)


if __name__ == "__main__":
    main()
