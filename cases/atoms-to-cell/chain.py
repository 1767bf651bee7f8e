#!/usr/bin/env python3
"""From atoms to a cell: an Omega(mu, T) table and an image in, V(t) and T(x, t) of a 3D cell out, with the error of every hand-over as a band on V(t).

    cases/atoms-to-cell/chain.py [FOLDER] [--ranks N] [--write]

FOLDER is results/atoms-to-cell by default; --ranks runs homogenize under mpirun; --write replaces case.json by the nominal case. CELL3D names the program.
Needs nothing but Python's own library. README.md tells the steps.
"""
import argparse
import csv
import json
import os
import random
import shutil
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("CELL3D", os.path.join(ROOT, "artifacts/bin/Cell3D.Cli/release_linux-x64/cell3d"))
NOISE, REFERENCE = 1.0, 4.0  # of omega.csv [J/mol]; potential of the middle of the host against lithium [V]
LAYER = "Positive electrode"


def cell3d(*arguments, ranks=1):
    launcher = ["mpirun", "-n", str(ranks)] if ranks > 1 else []
    print("+ cell3d", *arguments, flush=True)
    subprocess.run([*launcher, PROGRAM, *arguments], check=True)


def table(draws=0.0, seed=0):
    """omega.csv as a case takes it, with one more draw of its noise where wanted."""
    draw = random.Random(seed)
    temperatures = {}
    with open(os.path.join(HERE, "omega.csv"), encoding="utf-8") as file:
        for row in csv.DictReader(file):
            temperatures.setdefault(float(row["T [K]"]), []).append((float(row["mu [J/mol]"]), float(row["Omega [J/mol]"]) + draw.gauss(0, draws)))
    axis = [mu for mu, _ in next(iter(temperatures.values()))]
    return {"x": axis, "T": sorted(temperatures), "y": [[round(omega, 3) for _, omega in temperatures[t]] for t in sorted(temperatures)]}


def material(image):
    """What the image hands over, with the errors that it has."""
    directions = image["Effective properties"]["Ionic conductivity ratio"]
    through = directions["z"]
    # Where coarser voxels do not converge in order the error along z is unknown: the largest of the other directions then stands for it.
    known = [through] if through["Error of voxel size"] is not None else [along for along in directions.values() if along["Error of voxel size"] is not None]
    if not known:
        raise SystemExit("the error of the voxel size is unknown in all directions: take finer voxels")
    voxels = through["Value"] * max(along["Error of voxel size"] / along["Value"] for along in known)
    phase = image["Phases"]["Active material"]
    windows = image["Representative volume"]["Windows"][0]
    return {
        "porosity": image["Porosity"], "efficiency": through["Value"], "area": phase["Surface area per unit volume [m-1]"],
        "voxels": voxels, "sample": through["Error of sample"],
        "area error": phase["Surface area error [m-1]"],
        # Windows of half the edge scatter by the root of eight more than the image.
        "porosity scatter": windows["Scatter of share of conducting phases"] / 8 ** 0.5,
    }


def case(base, values, omega, noise, folder):
    """The case with what both hand over."""
    made = json.loads(json.dumps(base))
    solid = 1 - values["porosity"]
    made["Cell"] = os.path.relpath(os.path.join(HERE, base["Cell"]), folder)
    made["Layers"][LAYER].update({
        "Porosity": round(values["porosity"], 6), "Transport efficiency": round(values["efficiency"], 6), "Surface area per unit volume [m-1]": round(values["area"], 1),
        "Active volume fraction": round(solid, 6), "Particle radius [m]": float(f"{3 * solid / values['area']:.6g}"),
        "Free energy": {"Reference potential [V]": REFERENCE, "Noise [J.mol-1]": noise, "Grand potential [J.mol-1]": omega},
    })
    return made


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", default=os.path.join("results", "atoms-to-cell"))
    parser.add_argument("--ranks", type=int, default=1)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folder = os.path.abspath(options.folder)
    os.makedirs(folder, exist_ok=True)

    def place(*parts):
        return os.path.join(folder, *parts)

    cell3d("ocp", os.path.join(HERE, "omega.csv"), "--noise", str(NOISE), "--reference", str(REFERENCE), "-o", place("host"), "--overwrite")
    cell3d("homogenize", os.path.join(HERE, "structure.json"), "-o", place("image"), "--overwrite", ranks=options.ranks)
    with open(place("image", "homogenized.json"), encoding="utf-8") as file:
        nominal = material(json.load(file))
    with open(os.path.join(HERE, "case.json"), encoding="utf-8") as file:
        base = json.load(file)
    omega = table()

    def changed(**changes):
        return {**nominal, **{key: nominal[key] + change for key, change in changes.items()}}

    voxels, sample, scatter = nominal["voxels"], nominal["sample"], nominal["porosity scatter"]
    runs = {
        "nominal": (nominal, omega, NOISE),
        "voxels-low": (changed(efficiency=-voxels), omega, NOISE), "voxels-high": (changed(efficiency=voxels), omega, NOISE),
        "area-low": (changed(area=-nominal["area error"]), omega, NOISE), "area-high": (changed(area=nominal["area error"]), omega, NOISE),
        "sample-low": (changed(efficiency=-sample, porosity=-scatter), omega, NOISE), "sample-high": (changed(efficiency=sample, porosity=scatter), omega, NOISE),
        **{f"noise-{k}": (nominal, table(NOISE, 10 + k), 2 ** 0.5 * NOISE) for k in (1, 2, 3)},
        # With less than the noise smoothed away the filling falls somewhere, and the table is refused: only more is possible.
        "smoothing-more": (nominal, omega, 1.5 * NOISE), "smoothing-double": (nominal, omega, 2 * NOISE),
    }
    for name, (values, omegas, noise) in runs.items():
        with open(place(f"{name}.json"), "w", encoding="utf-8") as file:
            json.dump(case(base, values, omegas, noise, folder), file, indent=1)
        cell3d("run", place(f"{name}.json"), "-o", place(name), "--overwrite", *([] if name == "nominal" else ["--no-fields"]))
    cell3d("verify", place("nominal.json"), "-o", place("verify"), "--overwrite")
    cell3d("compare", place("nominal"), "-o", place("bands"), "--overwrite",
           "--source", f"voxels, transport={place('voxels-low')},{place('voxels-high')}",
           "--source", f"voxels, area={place('area-low')},{place('area-high')}",
           "--source", f"sample of the image={place('sample-low')},{place('sample-high')}",
           "--source", f"noise of the table={place('noise-1')},{place('noise-2')},{place('noise-3')}",
           "--source", f"smoothing of the table={place('smoothing-more')},{place('smoothing-double')}",
           "--source", f"mesh and time={place('verify', 'verification.csv')}")
    if options.write:
        write(case(base, nominal, omega, NOISE, HERE))
    shutil.copy(place("bands", "bands.png"), place("bands.png"))
    print(f"{place('bands.png')} shows V(t) with its bands")


def write(made):
    """Numbers of a table on one line."""
    tables = made["Layers"][LAYER]["Free energy"]["Grand potential [J.mol-1]"]
    rows = {"@x": tables["x"], **{f"@y{i}": row for i, row in enumerate(tables["y"])}}
    tables["x"], tables["y"] = "@x", [f"@y{i}" for i in range(len(tables["y"]))]
    text = json.dumps(made, indent=2)
    for mark, row in rows.items():
        text = text.replace(f'"{mark}"', json.dumps(row))
    with open(os.path.join(HERE, "case.json"), "w", encoding="utf-8") as file:
        file.write(text + "\n")


if __name__ == "__main__":
    main()
