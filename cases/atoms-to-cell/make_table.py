#!/usr/bin/env python3
"""Stands in for the atomistic end of the chain: writes omega.csv, the grand potential Omega(mu, T) of a host as a grand-canonical Monte Carlo run would tabulate it.

The host is a lattice gas with a repulsion between lithium (mean field, f = x (1 - x) A + R T [x ln x + (1 - x) ln(1 - x)], A = -50 kJ/mol) and a site energy that
falls by 10 J/mol/K; every value carries normally distributed noise of 1 J/mol, drawn from a seed. Replace omega.csv by your own table.
"""
import csv
import math
import os
import random

GAS, INTERACTION, SLOPE, NOISE, SEED = 8.314462618, -5e4, -10.0, 1.0, 1
TEMPERATURES = [288.15, 298.15, 308.15, 318.15]


def potential(x, t):
    return SLOPE * (t - 298.15) + GAS * t * math.log(x / (1 - x)) + INTERACTION * (1 - 2 * x)


def filling(mu, t):
    low, high = 1e-12, 1 - 1e-12
    for _ in range(200):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if potential(middle, t) < mu else (low, middle)
    return 0.5 * (low + high)


def grand_potential(mu, t):
    x = filling(mu, t)
    free = SLOPE * (t - 298.15) * x + INTERACTION * x * (1 - x) + GAS * t * (x * math.log(x) + (1 - x) * math.log(1 - x))
    return free - mu * x


def main():
    draw = random.Random(SEED)
    folder = os.path.dirname(os.path.abspath(__file__))
    with open(os.path.join(folder, "omega.csv"), "w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["mu [J/mol]", "T [K]", "Omega [J/mol]"])
        for t in TEMPERATURES:
            for k in range(119):
                mu = -62e3 + k * 1e3
                rows.writerow([f"{mu:.1f}", t, f"{grand_potential(mu, t) + draw.gauss(0, NOISE):.2f}"])


if __name__ == "__main__":
    main()
