#!/usr/bin/python3
"""Renders one field of a results folder to a PNG file, or prints what the folder holds.

    xvfb-run -a tools/render_fields.py RESULTS                       list of times, fields and ranges
    xvfb-run -a tools/render_fields.py RESULTS Temperature           last time  -> RESULTS/Temperature.png
    xvfb-run -a tools/render_fields.py RESULTS Temperature --time 1800 --output t1800.png
    xvfb-run -a tools/render_fields.py RESULTS Salt_concentration --layer 2 --thickness 40

Cells are a thousand times thinner than wide: the layers are drawn stretched through the thickness until the cell is
as thick as --thickness percent of its height, and pulled apart by --gap percent so that every layer shows. A tab strip
is drawn as thick as --tab percent of the height, at the layer nearest to its middle. Needs Debian's python3-vtk9,
python3-h5py for units on the colour bar, and xvfb where there is no screen.
"""
import argparse
import json
import math
import os
import sys

import vtk
from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy
import numpy as np


def series(folder):
    """File names and times of a results folder, in order."""
    path = os.path.join(folder, "fields.hdf.series")
    try:
        with open(path, encoding="utf-8") as text:
            files = json.load(text)["files"]
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}. Is this the results folder of a run with field output?")
    if not files:
        sys.exit(f"{path}: names no files")
    return [(os.path.join(folder, entry["name"]), float(entry["time"])) for entry in files]


def read(path):
    """The grid of one file."""
    reader = vtk.vtkHDFReader()
    if not reader.CanReadFile(path):
        sys.exit(f"{path}: is not a VTKHDF file")
    reader.SetFileName(path)
    reader.Update()
    return reader.GetOutput()


def field_names(grid):
    cells = grid.GetCellData()
    return [cells.GetArrayName(i) for i in range(cells.GetNumberOfArrays())]


def field_range(grid, name):
    """Smallest and largest value where the field lives; NaN elsewhere is skipped."""
    values = vtk_to_numpy(grid.GetCellData().GetArray(name))
    living = values[np.isfinite(values)]
    return (living.min(), living.max(), living.size) if living.size else (math.nan, math.nan, 0)


def summarise(files):
    for path, time in files:
        grid = read(path)
        print(f"{os.path.basename(path)}  t = {time:g} s  {grid.GetNumberOfCells()} cells, {grid.GetNumberOfPoints()} points")
        for name in field_names(grid):
            low, high, count = field_range(grid, name)
            print(f"    {name:32} {low:14.6g} … {high:<14.6g} in {count} cells")


def layers(grid, name, only):
    """One grid per region that has values of the field, ordered through the thickness."""
    parts = []
    for region in np.unique(vtk_to_numpy(grid.GetCellData().GetArray("Region"))):
        pick = vtk.vtkThreshold()
        pick.SetInputData(grid)
        pick.SetInputArrayToProcess(0, 0, 0, vtk.vtkDataObject.FIELD_ASSOCIATION_CELLS, "Region")
        pick.SetThresholdFunction(vtk.vtkThreshold.THRESHOLD_BETWEEN)
        pick.SetLowerThreshold(region)
        pick.SetUpperThreshold(region)
        pick.Update()
        part = vtk.vtkUnstructuredGrid()
        part.DeepCopy(pick.GetOutput())
        if (only is None or int(region) == only) and field_range(part, name)[2] > 0:
            parts.append(part)
    if not parts:
        sys.exit(f"no layer{'' if only is None else f' {only}'} holds values of {name}")
    return sorted(parts, key=lambda part: part.GetCenter()[0])


def is_strip(bound, widest):
    """A tab strip lies outside the outline of the widest layer."""
    y, z = (bound[2] + bound[3]) / 2, (bound[4] + bound[5]) / 2
    return not (widest[2] <= y <= widest[3] and widest[4] <= z <= widest[5])


def stretch(parts, thickness, gap, tab):
    """Stretches through the thickness and pulls the layers apart; returns how many times they were stretched."""
    bounds = [part.GetBounds() for part in parts]
    widest = max(bounds, key=lambda b: (b[3] - b[2]) * (b[5] - b[4]))
    height = widest[5] - widest[4]
    stack = [b for b in bounds if not is_strip(b, widest)]
    start, end = min(b[0] for b in stack), max(b[1] for b in stack)
    scale = thickness / 100 * height / (end - start)
    drawn = [((b[0] - start) * scale + i * gap / 100 * height, (b[1] - start) * scale + i * gap / 100 * height) for i, b in enumerate(stack)]
    for part, bound in zip(parts, bounds):
        if is_strip(bound, widest):
            middle = (bound[0] + bound[1]) / 2
            layer = min(range(len(stack)), key=lambda i: max(stack[i][0] - middle, middle - stack[i][1]))
            centre = sum(drawn[layer]) / 2
            low, high = centre - tab / 200 * height, centre + tab / 200 * height
        else:
            low, high = drawn[stack.index(bound)]
        points = vtk_to_numpy(part.GetPoints().GetData()).astype(float)
        points[:, 0] = low + (points[:, 0] - bound[0]) / (bound[1] - bound[0]) * (high - low)
        moved = vtk.vtkPoints()
        moved.SetData(numpy_to_vtk(points, deep=True))
        part.SetPoints(moved)
    return scale


def look(scene, parts, aspect):
    """Points the camera so that the parts just fill a view of the given width to height."""
    away = np.array([-1.6, -1.5, 0.9]) / np.linalg.norm([-1.6, -1.5, 0.9])
    right = np.cross([0, 0, 1], away)
    right /= np.linalg.norm(right)
    up = np.cross(away, right)
    bounds = np.array([part.GetBounds() for part in parts])
    corners = np.array([[b[i], b[2 + j], b[4 + k]] for b in bounds for i in (0, 1) for j in (0, 1) for k in (0, 1)])
    sides = np.array([[corners @ axis] for axis in (right, up, away)]).reshape(3, -1)
    middle, half = (sides.max(1) + sides.min(1)) / 2, (sides.max(1) - sides.min(1)) / 2
    focus = middle[0] * right + middle[1] * up + middle[2] * away
    camera = scene.GetActiveCamera()
    camera.ParallelProjectionOn()
    camera.SetFocalPoint(*focus)
    camera.SetPosition(*(focus + 10 * half.max() * away))
    camera.SetViewUp(0, 0, 1)
    camera.SetParallelScale(1.05 * max(half[1], half[0] / aspect))
    scene.ResetCameraClippingRange()


def colours(low, high):
    """Viridis, which colour-blind readers can tell apart and which prints well in grey."""
    stops = [(0.267, 0.005, 0.329), (0.254, 0.265, 0.530), (0.164, 0.471, 0.558), (0.135, 0.659, 0.518), (0.478, 0.821, 0.318), (0.993, 0.906, 0.144)]
    if high - low <= 1e-12 * max(abs(low), abs(high), 1e-300):
        low, high = low - 0.5, high + 0.5
    ramp = vtk.vtkColorTransferFunction()
    for i, stop in enumerate(stops):
        ramp.AddRGBPoint(low + (high - low) * i / (len(stops) - 1), *stop)
    table = vtk.vtkLookupTable()
    table.SetNumberOfTableValues(256)
    table.SetRange(low, high)
    for i in range(256):
        table.SetTableValue(i, *ramp.GetColor(low + (high - low) * i / 255))
    table.SetNanColor(0.85, 0.85, 0.85, 1)
    table.Build()
    return table


def unit_of(path, name):
    """The field's unit, where h5py is installed to read it."""
    try:
        import h5py
        with h5py.File(path, "r") as file:
            unit = file[f"VTKHDF/CellData/{name}"].attrs["units"]
            return unit.decode() if isinstance(unit, bytes) else str(unit)
    except (ImportError, KeyError, OSError):
        return ""


def black(text, size):
    text.SetColor(0, 0, 0)
    text.SetFontSize(size)
    text.ItalicOff()
    text.BoldOff()
    text.ShadowOff()


def render(parts, name, title, unit, output, size):
    low = min(field_range(part, name)[0] for part in parts)
    high = max(field_range(part, name)[1] for part in parts)
    table = colours(low, high)
    scene = vtk.vtkRenderer()
    scene.SetBackground(1, 1, 1)
    scene.SetViewport(0, 0, 0.78, 0.94)
    frame = vtk.vtkRenderer()
    frame.SetBackground(1, 1, 1)
    for part in parts:
        mapper = vtk.vtkDataSetMapper()
        mapper.SetInputData(part)
        mapper.SetScalarModeToUseCellFieldData()
        mapper.SelectColorArray(name)
        mapper.SetLookupTable(table)
        mapper.UseLookupTableScalarRangeOn()
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        actor.GetProperty().SetAmbient(0.45)
        actor.GetProperty().SetDiffuse(0.6)
        scene.AddActor(actor)

    bar = vtk.vtkScalarBarActor()
    bar.SetLookupTable(table)
    bar.SetTitle(f"[{unit}]" if unit else "")
    bar.SetNumberOfLabels(5)
    bar.SetLabelFormat("%.6g")
    bar.UnconstrainedFontSizeOn()
    black(bar.GetTitleTextProperty(), 26)
    black(bar.GetLabelTextProperty(), 24)
    bar.SetVerticalTitleSeparation(16)
    bar.SetPosition(0.80, 0.12)
    bar.SetWidth(0.16)
    bar.SetHeight(0.72)
    frame.AddActor2D(bar)

    heading = vtk.vtkTextActor()
    heading.SetInput(title)
    black(heading.GetTextProperty(), 26)
    heading.SetPosition(30, size[1] - 50)
    frame.AddActor2D(heading)

    look(scene, parts, 0.78 * size[0] / (0.94 * size[1]))
    window = vtk.vtkRenderWindow()
    window.SetOffScreenRendering(1)
    window.SetMultiSamples(8)
    window.SetSize(*size)
    window.AddRenderer(frame)
    window.AddRenderer(scene)
    window.Render()
    grab = vtk.vtkWindowToImageFilter()
    grab.SetInput(window)
    grab.ReadFrontBufferOff()
    writer = vtk.vtkPNGWriter()
    writer.SetFileName(output)
    writer.SetInputConnection(grab.GetOutputPort())
    writer.Write()
    return low, high


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("results", help="results folder of a run")
    options.add_argument("field", nargs="?", help="name of a field; without it the folder's content is listed")
    options.add_argument("--time", type=float, help="the output time nearest to this one [s]; the last by default")
    options.add_argument("--layer", type=int, help="only this region (number in the field Region)")
    options.add_argument("--thickness", type=float, default=25, help="drawn thickness in percent of the height (25)")
    options.add_argument("--gap", type=float, default=10, help="gap between layers in percent of the height (10)")
    options.add_argument("--tab", type=float, default=3, help="drawn thickness of tab strips in percent of the height (3)")
    options.add_argument("--size", type=int, nargs=2, default=(1600, 1100), metavar=("W", "H"), help="picture size in pixels")
    options.add_argument("--output", help="PNG file; RESULTS/FIELD.png by default")
    chosen = options.parse_args()

    files = series(chosen.results)
    if chosen.field is None:
        summarise(files)
        return
    path, time = files[-1] if chosen.time is None else min(files, key=lambda entry: abs(entry[1] - chosen.time))
    grid = read(path)
    if chosen.field not in field_names(grid):
        sys.exit(f"{path}: has no field {chosen.field}; it has {', '.join(field_names(grid))}")
    parts = layers(grid, chosen.field, chosen.layer)
    scale = stretch(parts, chosen.thickness, chosen.gap, chosen.tab)
    unit = unit_of(path, chosen.field)
    title = f"{chosen.field.replace('_', ' ')}, t = {time:.6g} s, thickness drawn {scale:.3g} times as large"
    output = chosen.output or os.path.join(chosen.results, chosen.field + ".png")
    low, high = render(parts, chosen.field, title, unit, output, tuple(chosen.size))
    print(f"{output}: {chosen.field} {low:.6g} … {high:.6g} at t = {time:g} s")


if __name__ == "__main__":
    main()
