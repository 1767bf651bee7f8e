"""Control volumes of a results folder and their fields, for programs that draw them. Needs Debian's python3-h5py."""
import json
import os

import h5py
import numpy as np


class Cells:
    """Middles [m] (thickness, width, height), volumes [m3] and names of layers of all control volumes, part after part as in the field files."""

    def __init__(self, results):
        with h5py.File(os.path.join(results, "mesh.hdf")) as file:
            root = file["VTKHDF"]
            points, connectivity, offsets = root["Points"][:], root["Connectivity"][:], root["Offsets"][:]
            counts = zip(root["NumberOfPoints"][:], root["NumberOfCells"][:], root["NumberOfConnectivityIds"][:])
            middles, point, cell, entry = [], 0, 0, 0
            for of_points, of_cells, of_entries in counts:
                ids, starts = connectivity[entry:entry + of_entries], offsets[cell:cell + of_cells + 1]
                middles += [points[point + ids[starts[i]:starts[i + 1]]].mean(axis=0) for i in range(of_cells)]
                point, cell, entry = point + of_points, cell + of_cells + 1, entry + of_entries
            names = np.array([name.decode().strip("\0 ") for name in root["FieldData/Layer names"][:]])
            self.middles, self.volumes, self.layers = np.array(middles), root["CellData/Volume"][:], names[root["CellData/Region"][:].astype(int)]


def history(results, *fields):
    """Times [s] in order, and the values of each field of all control volumes at them."""
    with open(os.path.join(results, "fields.hdf.series"), encoding="utf-8") as file:
        entries = sorted(json.load(file)["files"], key=lambda entry: entry["time"])
    found = [[] for _ in fields]
    for entry in entries:
        with h5py.File(os.path.join(results, entry["name"])) as file:
            for values, field in zip(found, fields):
                values.append(file[f"VTKHDF/CellData/{field}"][:].astype(float))
    return np.array([entry["time"] for entry in entries]), *[np.array(values) for values in found]
