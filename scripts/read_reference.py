#!/usr/bin/env python3
"""Reads the file of cell3d reference: read_reference.py reference.h5 [DATASET]; see docs/reference-pack.md."""
import sys

import h5py
import numpy as np


def read(file, name):
    """Values, error bars (NaN where unknown or not estimated) and unit of a dataset, e.g. maps/temperature."""
    data = file[name]
    bars = file[name + "_error"][()] if name + "_error" in file else np.full(data.shape, np.nan)
    return data[()], bars, data.attrs["units"].decode()


with h5py.File(sys.argv[1]) as file:
    if len(sys.argv) < 3:
        for name in (f"{group}/{dataset}" for group in file for dataset in file[group] if not dataset.endswith("_error")):
            print(f"{name:45} {str(file[name].shape):20} {file[name].attrs.get('units', b'texts').decode()}")
        sys.exit()
    values, bars, unit = read(file, sys.argv[2])
    axes = file[sys.argv[2]].attrs.get("axes", b"").decode()
    known = np.isfinite(bars) & np.isfinite(values)
    print(f"{sys.argv[2]} [{unit}] over ({axes}) {values.shape}: {np.nanmin(values):.6g} to {np.nanmax(values):.6g}")
    print(f"error bars: {known.sum()} of {np.isfinite(values).sum()} known, largest {bars[known].max() if known.any() else np.nan:.2g}")
