#!/usr/bin/python3
"""Draws which patches of the positive electrode are full, at some times of a first run, and how many fill at once in all runs; prints how the times of filling differ in the plane and through the electrode.

    cases/lfp-mosaic-pouch/mosaic.py RESULTS [RESULTS ...] --output mosaic.png

A control volume fills while its mean stoichiometry is between 0.15 and 0.8. Needs Debian's python3-h5py and python3-matplotlib.
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

EMPTY, FULL = 0.15, 0.8


class Electrode:
    """Filling and temperature of the positive electrode, times in order; planes from the separator on."""

    def __init__(self, results):
        cells = Cells(results)
        at = cells.layers == "Positive electrode"
        self.volumes = cells.volumes[at]
        middles = np.round(cells.middles[at], 9)
        (self.depths, self.plane), (self.widths, self.column), (self.heights, self.row) = (np.unique(middles[:, axis], return_inverse=True) for axis in range(3))
        self.times, filling, temperature = history(results, "Mean stoichiometry", "Temperature")
        self.filling, self.temperature = filling[:, at], temperature[:, at]

    @property
    def active(self):
        """Share of the volume that fills, over time."""
        return ((self.filling > EMPTY) & (self.filling < FULL)) @ self.volumes / self.volumes.sum()

    @property
    def mean(self):
        """Mean filling over time."""
        return self.filling @ self.volumes / self.volumes.sum()

    @property
    def filled(self):
        """Charge passed, as mean filling, when a control volume is half full."""
        return np.array([np.interp(0.5, np.maximum.accumulate(values), self.mean) for values in self.filling.T])

    def share_in_plane(self):
        """Of the variance of when control volumes fill, the share between those of one plane."""
        filled = self.filled
        return np.mean([np.var(filled[self.plane == plane]) for plane in range(len(self.depths))]) / np.var(filled)

    def follows_depth(self):
        """Rank correlation of when control volumes fill and their depth: 1 for one plane after the other from the separator on."""
        order, depth = np.argsort(np.argsort(self.filled)), self.plane + 0.0
        return np.corrcoef(order, depth)[0, 1]

    def section(self, values, width):
        """Values at one place along the width, over height and depth."""
        grid = np.full((len(self.heights), len(self.depths)), np.nan)
        here = self.column == width
        grid[self.row[here], self.plane[here]] = values[here]
        return grid


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+")
    parser.add_argument("--output", default="mosaic.png")
    options = parser.parse_args()
    runs = {os.path.basename(os.path.normpath(results)): Electrode(results) for results in options.results}
    first = next(iter(runs.values()))
    warmest = int(np.argmax(first.temperature.max(axis=1) - first.temperature.min(axis=1)))
    moments = sorted([warmest, *(int(np.argmin(np.abs(first.mean - mean))) for mean in (0.26, 0.45, 0.62))])
    figure = plt.figure(figsize=(13, 1.2 * len(first.widths) + 1.7), layout="constrained")
    left, right = figure.subfigures(1, 2, width_ratios=(1.6, 1))
    axes = left.subplots(len(first.widths), len(moments) + 1, squeeze=False)
    for width, place in enumerate(first.widths):
        for column, moment in enumerate(moments):
            image = axes[width, column].imshow(first.section(first.filling[moment], width), origin="lower", vmin=0, vmax=1, cmap="viridis")
            axes[0, column].set_title(f"{first.times[moment] / 3600:.1f} h", fontsize=9)
        difference = 1e3 * (first.temperature[warmest] - first.temperature[warmest].min())
        warm = axes[width, -1].imshow(first.section(difference, width), origin="lower", vmin=0, vmax=difference.max(), cmap="inferno")
        axes[width, 0].set_ylabel(f"height (y = {1e3 * place:.0f} mm)", fontsize=9)
    axes[0, -1].set_title(f"T − least, {first.times[warmest] / 3600:.1f} h", fontsize=9)
    for axis in axes.flat:
        axis.set(xticks=[], yticks=[])
    for axis in axes[-1]:
        axis.set_xlabel("depth", fontsize=9)
    left.colorbar(image, ax=axes[:, :-1], label="Mean stoichiometry, separator on the left", location="bottom", aspect=40)
    left.colorbar(warm, ax=axes[:, -1], label="mK", location="bottom", aspect=10)
    share = right.subplots()
    for name, run in runs.items():
        share.plot(run.mean, run.active, drawstyle="steps-mid", label=name)
        within = (run.mean > 0.2) & (run.mean < 0.7)
        print(f"{name}: {100 * run.active[within].mean():.1f} % of the electrode fill at once; order of filling against depth: {run.follows_depth():.2f}; {100 * run.share_in_plane():.0f} % of the variance of filling times lie in the plane")
    share.set(xlabel="Mean stoichiometry of the electrode", ylabel="Share of control volumes that fill", ylim=(0, None))
    share.grid(alpha=0.3)
    share.legend(fontsize=8)
    figure.savefig(options.output, dpi=110)


if __name__ == "__main__":
    main()
