#!/usr/bin/python3
"""Draws the voltage of runs over the stoichiometry of the electrode, with common tangents and spinodals of the free energy.

    cases/graphite-staging/staircase.py RESULTS [RESULTS ...] --output staircase.png

Needs Debian's python3-matplotlib.
"""
import argparse
import csv
import os

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# What `cell3d ocp` says of the free energy: x of both phases and their voltage; x and voltage of the spinodals.
PLATEAUS = [(0.024095, 0.483164, 0.119611), (0.516836, 0.975905, 0.084428)]
SPINODALS = [(0.069795, 0.101589), (0.411388, 0.137019), (0.588612, 0.067020), (0.930205, 0.102450)]

# Capacity of all sites [A h]: c_max F ε_s V, and the stoichiometry at the start.
SITES, START = 2.27788, 0.005


def voltage(results):
    """Stoichiometry and voltage [mV] of every row."""
    with open(os.path.join(results, "timeseries.csv"), encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    charge = [float(row["Discharging Capacity / Ah"]) - float(row["Charging Capacity / Ah"]) for row in rows]
    return [START + value / SITES for value in charge], [1e3 * float(row["Voltage / V"]) for row in rows]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("results", nargs="+")
    parser.add_argument("--output", default="staircase.png")
    options = parser.parse_args()
    figure, axes = plt.subplots(1, len(options.results), figsize=(5.5 * len(options.results), 3.6), sharey=True, squeeze=False, layout="constrained")
    for axis, results in zip(axes[0], options.results):
        axis.plot(*voltage(results), linewidth=1, label="voltage")
        for number, (lower, upper, level) in enumerate(PLATEAUS):
            axis.plot([lower, upper], [1e3 * level] * 2, "k--", linewidth=1, label="common tangent" if number == 0 else None)
        axis.plot([x for x, _ in SPINODALS], [1e3 * value for _, value in SPINODALS], "ko", markersize=4, label="spinodal")
        axis.set(xlabel="Mean stoichiometry", ylabel="Voltage [mV]", ylim=(20, 180), title=os.path.basename(os.path.normpath(results)))
        axis.grid(alpha=0.3)
        axis.legend()
    figure.savefig(options.output, dpi=110)


if __name__ == "__main__":
    main()
