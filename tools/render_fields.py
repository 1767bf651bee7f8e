#!/usr/bin/python3
"""Renders one field of a results folder to a PNG file, or prints what the folder holds.

    tools/render_fields.py RESULTS                              list of times, layers, fields and ranges
    tools/render_fields.py RESULTS Temperature                  last time  -> RESULTS/Temperature.png
    tools/render_fields.py RESULTS Temperature --time 1800 --output t1800.png
    tools/render_fields.py RESULTS "Salt concentration" --layer "Separator" --thickness 40
    tools/render_fields.py RESULTS Temperature --section y      cut halfway along y; --at 0.03 cuts at y = 0.03 m
    tools/render_fields.py RESULTS "Electronic current density" --layer "Negative collector" --arrows

Cells are a thousand times thinner than wide: the layers are drawn stretched through the thickness until the cell is
as thick as --thickness percent of its height, and pulled apart by --gap percent so that every layer shows; those of a
stack of many pairs are left together. A tab strip
is drawn as thick as --tab percent of the height, at the layer nearest to its middle. Where the two sides of the cell
have values so far apart that one colour scale would show nothing, each gets a scale of its own (--scales). Names of
fields may be written with blanks or underscores, in any case. Vectors are coloured by their magnitude; --arrows adds their directions.
A wound cell is drawn as it is, with the quarter towards the viewer cut away, or with --unrolled flat, layer below layer: to the right the distance
along the layer from its inner end, upwards the height, values averaged through the thickness.

Needs Debian's python3-vtk9 and, for names of layers and units, python3-h5py; without a screen xvfb.
"""
import argparse
import difflib
import json
import math
import os
import re
import shutil
import sys

try:
    import vtk
    from vtk.util.numpy_support import numpy_to_vtk, vtk_to_numpy
    import numpy as np
except ImportError as missing:
    sys.exit(f"{missing}: this program needs VTK for Python: apt-get install python3-vtk9 python3-h5py xvfb xauth, and /usr/bin/python3")

SIDES = ("Negative", "Positive")

# A stack of more layers is drawn as one block, with the names of a few.
MOST_APART, MOST_NAMED = 12, 6


def series(folder):
    """File names and times of a results folder, in order."""
    path = os.path.join(folder, "fields.hdf.series")
    try:
        with open(path, encoding="utf-8") as text:
            files = json.load(text)["files"]
    except OSError as error:
        sys.exit(f"{path}: {error.strerror}. Is this the results folder of a run with field output?")
    except (ValueError, KeyError, TypeError):
        sys.exit(f"{path}: is not a list of field files")
    if not files:
        sys.exit(f"{path}: names no files")
    return [(os.path.join(folder, entry["name"]), float(entry["time"])) for entry in files]


def read(path):
    """The grid of one file."""
    reader = vtk.vtkHDFReader()
    if not os.path.isfile(path) or not reader.CanReadFile(path):
        sys.exit(f"{path}: is missing or not a VTKHDF file")
    reader.SetFileName(path)
    reader.Update()
    grid = reader.GetOutput()
    if grid.GetNumberOfCells() == 0:
        sys.exit(f"{path}: holds no cells; mesh.hdf must lie beside it")
    return grid


def field_names(grid):
    cells = grid.GetCellData()
    return sorted(cells.GetArrayName(i) for i in range(cells.GetNumberOfArrays()))


def plain(name):
    return name.replace("_", " ").casefold()


def chosen_name(wanted, names, what, where):
    """The name that is meant; ends the program when there is none."""
    for name in names:
        if plain(name) == plain(wanted):
            return name
    near = difflib.get_close_matches(plain(wanted), [plain(name) for name in names], 1, 0.5)
    hint = f"; did you mean '{next(name for name in names if plain(name) == near[0])}'?" if near else "."
    sys.exit(f"{where}: has no {what} '{wanted}'{hint} It has {', '.join(names)}.")


def magnitudes(grid, name):
    """Values of the cells, of a vector its magnitude."""
    values = vtk_to_numpy(grid.GetCellData().GetArray(name))
    return values if values.ndim == 1 else np.linalg.norm(values, axis=1)


def field_range(grid, name):
    """Smallest and largest value where the field lives; NaN elsewhere is skipped."""
    values = magnitudes(grid, name)
    living = values[np.isfinite(values)]
    return (living.min(), living.max(), living.size) if living.size else (math.nan, math.nan, 0)


def attribute(path, dataset, name):
    """An attribute of a dataset; empty where h5py is not installed to read it."""
    try:
        import h5py
        with h5py.File(path, "r") as file:
            text = file[dataset].attrs[name]
            return text.decode() if isinstance(text, bytes) else str(text)
    except (ImportError, KeyError, OSError):
        return ""


def region_names(folder, grid):
    """Names of layers and tabs by their number."""
    names = grid.GetFieldData().GetAbstractArray("Layer names")
    if names is not None:
        named = {number: names.GetValue(number) for number in range(names.GetNumberOfValues())}
    else:
        text = attribute(os.path.join(folder, "mesh.hdf"), "VTKHDF/CellData/Region", "long_name")
        named = {int(number): name for number, name in re.findall(r"(\d+) ([^,]+)", text)}
    numbers = np.unique(vtk_to_numpy(grid.GetCellData().GetArray("Region")))
    return {int(number): named.get(int(number), f"Region {int(number)}") for number in numbers}


def pretty(unit):
    """A unit with raised exponents; empty for a plain number."""
    raised = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
    return "" if unit == "1" else re.sub(r"(?<=[A-Za-z])-?\d+", lambda power: power.group().translate(raised), unit)


def summarise(folder, files):
    grid = read(files[-1][0])
    print("layers: " + ", ".join(f"{number} {name}" for number, name in region_names(folder, grid).items()))
    for path, time in files:
        grid = read(path)
        print(f"{os.path.basename(path)}  t = {time:g} s  {grid.GetNumberOfCells()} cells, {grid.GetNumberOfPoints()} points")
        for name in field_names(grid):
            if name == "Region":
                continue
            low, high, count = field_range(grid, name)
            unit = attribute(path, f"VTKHDF/CellData/{name}", "units")
            print(f"    {name:32} {low:13.6g} … {high:<13.6g} {pretty(unit):9} in {count} cells")


def layers(grid, name, names, only):
    """One (region name, grid) per region that has values of the field, ordered through the thickness."""
    parts = []
    for number, region in names.items():
        pick = vtk.vtkThreshold()
        pick.SetInputData(grid)
        pick.SetInputArrayToProcess(0, 0, 0, vtk.vtkDataObject.FIELD_ASSOCIATION_CELLS, "Region")
        pick.SetThresholdFunction(vtk.vtkThreshold.THRESHOLD_BETWEEN)
        pick.SetLowerThreshold(number)
        pick.SetUpperThreshold(number)
        pick.Update()
        part = vtk.vtkUnstructuredGrid()
        part.DeepCopy(pick.GetOutput())
        if only in (None, number) and field_range(part, name)[2] > 0:
            parts.append((region, part))
    if not parts:
        where = "the cell" if only is None else names[only].lower()
        sys.exit(f"{name} has no values in {where}")
    return sorted(parts, key=lambda part: part[1].GetCenter()[0])


def is_strip(bound, widest):
    """A tab strip lies outside the outline of the widest layer."""
    y, z = (bound[2] + bound[3]) / 2, (bound[4] + bound[5]) / 2
    return not (widest[2] <= y <= widest[3] and widest[4] <= z <= widest[5])


def stretch(parts, thickness, gap, tab):
    """Stretches through the thickness and pulls the layers apart; returns how many times they were stretched."""
    bounds = [part.GetBounds() for _, part in parts]
    widest = max(bounds, key=lambda b: (b[3] - b[2]) * (b[5] - b[4]))
    height = widest[5] - widest[4]
    stack = [b for b in bounds if not is_strip(b, widest)]
    start, end = min(b[0] for b in stack), max(b[1] for b in stack)
    scale = thickness / 100 * height / (end - start)
    drawn = [((b[0] - start) * scale + i * gap / 100 * height, (b[1] - start) * scale + i * gap / 100 * height) for i, b in enumerate(stack)]
    for (_, part), bound in zip(parts, bounds):
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


def is_wound(grid):
    """A wound cell lies around its axis, a flat one at x > 0 but for half the thickness of its tabs."""
    bound = grid.GetBounds()
    return bound[0] < -0.25 * bound[1]


def cut_open(parts):
    """Cuts away the quarter of a wound cell that is nearest to the viewer."""
    quarter = vtk.vtkImplicitBoolean()
    quarter.SetOperationTypeToIntersection()
    for normal in ((1, 0, 0), (0, 1, 0)):
        plane = vtk.vtkPlane()
        plane.SetNormal(*normal)
        quarter.AddFunction(plane)
    opened = []
    for region, part in parts:
        clip = vtk.vtkTableBasedClipDataSet()
        clip.SetInputData(part)
        clip.SetClipFunction(quarter)
        clip.Update()
        left = vtk.vtkUnstructuredGrid()
        left.DeepCopy(clip.GetOutput())
        if left.GetNumberOfCells() > 0:
            opened.append((region, left))
    return opened


def along_and_mean(part, name):
    """Corners in the plane (distance along the layer, z) and values of the columns of a wound layer; cells hold their corners as start and end below,
    end and start above, first inside, then outside."""
    points = vtk_to_numpy(part.GetPoints().GetData()).astype(float)
    corner = vtk_to_numpy(part.GetCells().GetConnectivityArray()).reshape(-1, 8)
    values = vtk_to_numpy(part.GetCellData().GetArray(name)).astype(float)
    values = values if values.ndim == 1 else np.linalg.norm(values, axis=1)
    keys = np.round(points / 1e-9).astype(np.int64)

    def key(cell, which):
        return tuple(keys[corner[cell, which]])

    begins = {key(cell, 0): cell for cell in range(len(corner))}
    outsides = {key(cell, 4) for cell in range(len(corner))}
    inside = [cell for cell in range(len(corner)) if key(cell, 0) not in outsides]
    reached = {key(cell, 1) for cell in inside}
    axis = points[:, :2].mean(axis=0)
    rows = {}
    for cell in inside:
        if key(cell, 0) not in reached:
            rows.setdefault(key(cell, 0)[2], []).append(cell)
    quads, means = [], []
    for heads in rows.values():
        s, place = 0.0, axis
        while heads:
            # A layer that is missing somewhere has several pieces: the next begins nearest to where the last one ended.
            head = min(heads, key=lambda cell: np.linalg.norm(points[corner[cell, 0], :2] - place))
            heads.remove(head)
            s += np.linalg.norm(points[corner[head, 0], :2] - place) if place is not axis else 0
            while head is not None:
                column, above = [head], begins.get(key(head, 4))
                while above is not None:
                    column.append(above)
                    above = begins.get(key(above, 4))
                start, end = ((points[corner[head, i], :2] + points[corner[column[-1], 4 + i], :2]) / 2 for i in (0, 1))
                length = np.linalg.norm(end - start)
                low, high = points[corner[head, 0], 2], points[corner[head, 3], 2]
                quads.append(((s, low), (s + length, low), (s + length, high), (s, high)))
                means.append(values[column].mean())
                s, place = s + length, points[corner[head, 1], :2]
                head = begins.get(key(head, 1))
    return np.array(quads), np.array(means)


def unroll(parts, name):
    """Flat pictures of the layers of a wound cell, one below the other; returns them with the length of the longest [m] and how many times lengths were drawn shorter."""
    flat = [(region, *along_and_mean(part, name)) for region, part in parts if part.GetNumberOfCells() * 8 == part.GetCells().GetConnectivityArray().GetNumberOfValues()]
    longest, height = max(quads[:, :, 0].max() for _, quads, _ in flat), max(np.ptp(quads[:, :, 1]) for _, quads, _ in flat)
    shorter = longest / (height * max(4, 1.6 * len(flat)))
    panels = []
    for i, (region, quads, means) in enumerate(flat):
        points = np.zeros((4 * len(quads), 3))
        points[:, 1], points[:, 2] = quads[:, :, 0].ravel() / shorter, quads[:, :, 1].ravel() - 1.25 * i * height
        placed = vtk.vtkPoints()
        placed.SetData(numpy_to_vtk(points, deep=True))
        panel = vtk.vtkUnstructuredGrid()
        panel.SetPoints(placed)
        panel.Allocate(len(quads))
        for cell in range(len(quads)):
            panel.InsertNextCell(vtk.VTK_QUAD, 4, range(4 * cell, 4 * cell + 4))
        array = numpy_to_vtk(means, deep=True)
        array.SetName(name)
        panel.GetCellData().AddArray(array)
        panels.append((region, panel))
    return panels, longest, shorter


# Directions to the viewer: over a corner, against the normal of a section or of unrolled layers.
VIEWS = {None: ((-1.6, -1.5, 0.9), (0, 0, 1)), "y": ((0, -1, 0), (0, 0, 1)), "z": ((0, 0, 1), (0, 1, 0)), "unrolled": ((1, 0, 0), (0, 0, 1))}


def axes(section=None):
    """Unit vectors to the viewer, to the right and up on the picture."""
    away, up = (np.array(axis, dtype=float) for axis in VIEWS[section])
    away /= np.linalg.norm(away)
    right = np.cross(up, away)
    right /= np.linalg.norm(right)
    return away, right, np.cross(away, right)


def cut(parts, section, place):
    """Sections of the parts across y or z; returns them with the place [m]."""
    axis = "xyz".index(section)
    bounds = [part.GetBounds() for _, part in parts]
    low, high = min(b[2 * axis] for b in bounds), max(b[2 * axis + 1] for b in bounds)
    place = (low + high) / 2 if place is None else place
    if not low < place < high:
        sys.exit(f"--at {place:g} lies outside of what is drawn: {section} from {low:g} to {high:g} m")
    plane = vtk.vtkPlane()
    plane.SetOrigin(*(place if i == axis else 0 for i in range(3)))
    plane.SetNormal(*(i == axis for i in range(3)))
    sections = []
    for region, part in parts:
        cutter = vtk.vtkCutter()
        cutter.SetInputData(part)
        cutter.SetCutFunction(plane)
        cutter.Update()
        if cutter.GetOutput().GetNumberOfCells() > 0:
            sections.append((region, cutter.GetOutput()))
    return sections, place


def corners(bound):
    return np.array([[bound[i], bound[2 + j], bound[4 + k]] for i in (0, 1) for j in (0, 1) for k in (0, 1)])


def look(scene, parts, aspect, margin, section):
    """Points the camera so that the parts just fill a view of the given width to height, but for a margin at the left."""
    away, right, up = axes(section)
    points = np.concatenate([corners(part.GetBounds()) for _, part in parts])
    sides = np.array([points @ axis for axis in (right, up, away)])
    middle, half = (sides.max(1) + sides.min(1)) / 2, (sides.max(1) - sides.min(1)) / 2
    scale = 1.08 * max(half[1], half[0] / aspect / (1 - margin))
    focus = (middle[0] - margin * scale * aspect) * right + middle[1] * up + middle[2] * away
    camera = scene.GetActiveCamera()
    camera.ParallelProjectionOn()
    camera.SetFocalPoint(*focus)
    camera.SetPosition(*(focus + 10 * max(half.max(), scale) * away))
    camera.SetViewUp(*up)
    camera.SetParallelScale(scale)
    scene.ResetCameraClippingRange()


def spread(parts, name):
    ranges = [field_range(part, name) for _, part in parts]
    return min(r[0] for r in ranges), max(r[1] for r in ranges)


def groups(parts, name, scales):
    """Parts that share a colour scale, with the scale's heading; the sides apart where they are far apart."""
    sides = {}
    for region, part in parts:
        side = next((side for side in SIDES if region.startswith(side)), region)
        sides.setdefault(side, []).append((region, part))
    low, high = spread(parts, name)
    own = sum(top - bottom for bottom, top in (spread(members, name) for members in sides.values()))
    apart = set(sides) == set(SIDES) and (scales == "electrode" or scales == "auto" and own < 0.6 * (high - low))
    if not apart:
        return [("", parts)]
    return [(f"{side} side" if any("electrode" not in region for region, _ in sides[side]) else f"{side} electrode", sides[side]) for side in SIDES]


def colours(low, high):
    """Viridis, which colour-blind readers can tell apart and which prints well in grey."""
    stops = [(0.267, 0.005, 0.329), (0.254, 0.265, 0.530), (0.164, 0.471, 0.558), (0.135, 0.659, 0.518), (0.478, 0.821, 0.318), (0.993, 0.906, 0.144)]
    ramp = vtk.vtkColorTransferFunction()
    for i, stop in enumerate(stops):
        ramp.AddRGBPoint(low + (high - low) * i / (len(stops) - 1), *stop)
    table = vtk.vtkLookupTable()
    table.SetNumberOfTableValues(256)
    table.SetRange(low, high)
    for i in range(256):
        table.SetTableValue(i, *ramp.GetColor(low + (high - low) * i / 255))
    table.SetNanColor(0.85, 0.85, 0.85, 1)
    table.SetVectorModeToMagnitude()
    table.Build()
    return table


def ends(low, high):
    """Ends of the colour scale: a uniform field, up to the precision of the file, gets a scale that shows it as one colour."""
    size = max(abs(low), abs(high))
    return (low, high) if high - low > 3e-6 * size else (low - max(0.001 * size, 1e-12), high + max(0.001 * size, 1e-12))


def label_format(low, high):
    """Digits that tell the labels of the scale apart."""
    size, step = max(abs(low), abs(high)), (high - low) / 4
    if size >= 1e6 or size < 1e-3:
        return "%.3g"
    return f"%.{max(0, min(6, 1 - math.floor(math.log10(step))))}f"


def black(text, size):
    text.SetColor(0, 0, 0)
    text.SetFontSize(size)
    text.ItalicOff()
    text.BoldOff()
    text.ShadowOff()
    font = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
    if os.path.isfile(font):
        text.SetFontFamily(vtk.VTK_FONT_FILE)
        text.SetFontFile(font)


def add_parts(scene, parts, name, table, opacity):
    for _, part in parts:
        mapper = vtk.vtkDataSetMapper()
        mapper.SetInputData(part)
        mapper.SetScalarModeToUseCellFieldData()
        mapper.SelectColorArray(name)
        mapper.SetLookupTable(table)
        mapper.UseLookupTableScalarRangeOn()
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        actor.GetProperty().SetOpacity(opacity)
        actor.GetProperty().SetAmbient(0.55)
        actor.GetProperty().SetDiffuse(0.5)
        scene.AddActor(actor)


def add_arrows(scene, parts, name, scale):
    """Directions of a vector in its cells, as they look where the thickness is stretched; all of one length."""
    bounds = [part.GetBounds() for _, part in parts]
    length = 0.04 * max(max(b[2 * i + 1] for b in bounds) - min(b[2 * i] for b in bounds) for i in range(3))
    arrow = vtk.vtkArrowSource()
    for _, part in parts:
        centres = vtk.vtkCellCenters()
        centres.SetInputData(part)
        centres.Update()
        points = vtk.vtkPolyData()
        points.DeepCopy(centres.GetOutput())
        vectors = vtk_to_numpy(part.GetCellData().GetArray(name)) * np.array([scale, 1, 1])
        sizes = np.linalg.norm(vectors, axis=1, keepdims=True)
        drawn = np.where(np.isfinite(sizes) & (sizes > 0), vectors / np.where(sizes > 0, sizes, 1), 0)
        directions = numpy_to_vtk(np.nan_to_num(drawn), deep=True)
        directions.SetName("Direction")
        points.GetPointData().SetVectors(directions)
        glyphs = vtk.vtkGlyph3D()
        glyphs.SetSourceConnection(arrow.GetOutputPort())
        glyphs.SetInputData(points)
        glyphs.SetScaleFactor(length)
        glyphs.SetScaleModeToScaleByVector()
        mapper = vtk.vtkPolyDataMapper()
        mapper.SetInputConnection(glyphs.GetOutputPort())
        mapper.ScalarVisibilityOff()
        actor = vtk.vtkActor()
        actor.SetMapper(mapper)
        actor.GetProperty().SetColor(0.85, 0.1, 0.1)
        scene.AddActor(actor)


def add_bar(frame, table, heading, unit, left, size, letters):
    low, high = table.GetRange()
    bar = vtk.vtkScalarBarActor()
    bar.SetLookupTable(table)
    bar.SetNumberOfLabels(5)
    bar.SetLabelFormat(label_format(low, high))
    bar.UnconstrainedFontSizeOn()
    black(bar.GetLabelTextProperty(), letters)
    bar.SetPosition(left, 0.12)
    bar.SetWidth(0.10)
    bar.SetHeight(0.70)
    bar.SetBarRatio(0.3)
    frame.AddActor2D(bar)
    text = vtk.vtkTextActor()
    text.SetInput("\n".join(filter(None, (heading.replace(" ", "\n"), f"[{unit}]" if unit else ""))))
    black(text.GetTextProperty(), letters)
    text.GetTextProperty().SetVerticalJustificationToBottom()
    text.SetPosition(left * size[0], 0.84 * size[1])
    frame.AddActor2D(text)


def add_labels(scene, parts, letters, section):
    """The name of each layer at the upper left corner of its picture, that of a tab strip above its highest corner; in a section upright above it."""
    _, right, up = axes(section)
    bounds = [part.GetBounds() for _, part in parts]
    widest = max(bounds, key=lambda b: (b[3] - b[2]) * (b[5] - b[4]))
    stack = [region for (region, _), bound in zip(parts, bounds) if not is_strip(bound, widest)]
    if len(stack) > MOST_APART:
        stack = [stack[round(i * (len(stack) - 1) / (MOST_NAMED - 1))] for i in range(MOST_NAMED)]
    for (region, _), bound in zip(parts, bounds):
        strip = is_strip(bound, widest)
        if not strip and region not in stack:
            continue
        tops = [corner for corner in corners(bound) if corner[2] == bound[5]]
        if section is not None:
            hangs = strip and (bound[4] + bound[5]) / 2 < widest[4]
            add_upright(scene, region, bound, -up if hangs else up, letters, hangs)
            continue
        place = max(tops, key=lambda corner: corner @ up) if strip else min(tops, key=lambda corner: corner @ right)
        text = vtk.vtkTextActor()
        text.SetInput(region if strip else region + "  ")
        black(text.GetTextProperty(), letters)
        text.GetTextProperty().SetBackgroundColor(1, 1, 1)
        text.GetTextProperty().SetBackgroundOpacity(0.7 if strip else 0)
        if strip:
            text.GetTextProperty().SetJustificationToCentered()
            text.GetTextProperty().SetVerticalJustificationToBottom()
        else:
            text.GetTextProperty().SetJustificationToRight()
            text.GetTextProperty().SetVerticalJustificationToCentered()
        text.GetPositionCoordinate().SetCoordinateSystemToWorld()
        text.GetPositionCoordinate().SetValue(*(place + (0.012 * (bound[5] - bound[4]) * up if strip else 0)))
        scene.AddActor2D(text)


def add_panel_labels(scene, parts, letters, longest):
    """The name of each unrolled layer at its left, and the distance along it below the last."""
    def write(words, place, to_right, below):
        text = vtk.vtkTextActor()
        text.SetInput(words)
        black(text.GetTextProperty(), letters)
        if not to_right:
            text.GetTextProperty().SetJustificationToRight()
        if below:
            text.GetTextProperty().SetVerticalJustificationToTop()
        else:
            text.GetTextProperty().SetVerticalJustificationToCentered()
        text.GetPositionCoordinate().SetCoordinateSystemToWorld()
        text.GetPositionCoordinate().SetValue(*place)
        scene.AddActor2D(text)

    bounds = [part.GetBounds() for _, part in parts]
    for (region, _), bound in zip(parts, bounds):
        write(region + "  ", (0, bound[2], (bound[4] + bound[5]) / 2), False, False)
    right, low = max(bound[3] for bound in bounds), min(bound[4] for bound in bounds)
    write("s = 0", (0, 0, low), True, True)
    write(f"{longest:.4g} m", (0, right, low), False, True)


def add_upright(scene, region, bound, up, letters, hangs):
    """A name that stands above its layer in a section, or hangs below a strip."""
    text = vtk.vtkTextActor()
    text.SetInput(region + "  " if hangs else "  " + region)
    black(text.GetTextProperty(), letters)
    text.GetTextProperty().SetOrientation(90)
    if hangs:
        text.GetTextProperty().SetJustificationToRight()
    text.GetTextProperty().SetVerticalJustificationToCentered()
    text.GetPositionCoordinate().SetCoordinateSystemToWorld()
    middle = np.array([(bound[0] + bound[1]) / 2, (bound[2] + bound[3]) / 2, (bound[4] + bound[5]) / 2])
    text.GetPositionCoordinate().SetValue(*(middle + np.array([0, (bound[3] - bound[2]) / 2, (bound[5] - bound[4]) / 2]) * up))
    scene.AddActor2D(text)


def render(parts, name, title, unit, output, size, scales, section, arrows, labels, longest_layer):
    """Draws the parts and writes the picture; returns the groups' headings with their ranges."""
    unrolled = section == "unrolled"
    drawn = groups(parts, name, scales)
    room = 0.72 if len(drawn) > 1 else 0.84
    letters = max(9, round(size[1] / 50))
    scene = vtk.vtkRenderer()
    scene.SetBackground(1, 1, 1)
    scene.SetViewport(0, 0, room, 0.93)
    frame = vtk.vtkRenderer()
    frame.SetBackground(1, 1, 1)
    shown = []
    for i, (heading, members) in enumerate(drawn):
        low, high = spread(members, name)
        table = colours(*ends(low, high))
        # Arrows stand in the middle of the cells: those of a solid are seen through it.
        add_parts(scene, members, name, table, 1 if arrows is None or section else 0.35)
        if arrows is not None:
            add_arrows(scene, members, name, arrows)
        add_bar(frame, table, heading, unit, room + 0.01 + 0.14 * i, size, letters)
        shown.append((heading, low, high))
    heading = vtk.vtkTextActor()
    heading.SetInput(title)
    black(heading.GetTextProperty(), round(1.15 * letters))
    heading.SetPosition(letters, size[1] - 2 * letters)
    frame.AddActor2D(heading)
    longest = max(len(region) for region, _ in parts) if labels else 0
    look(scene, parts, room * size[0] / (0.93 * size[1]), 0 if section and not unrolled else min(0.4, 0.62 * letters * longest / (room * size[0])), section)
    if section and not unrolled:
        camera = scene.GetActiveCamera()
        camera.SetParallelScale(camera.GetParallelScale() * (1 + 1.3 * letters * longest / size[1]))
    if unrolled:
        add_panel_labels(scene, parts, letters, longest_layer)
    elif labels:
        add_labels(scene, parts, letters, section)

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
    if writer.GetErrorCode() != 0:
        sys.exit(f"{output}: the picture cannot be written")
    return shown


def number(kind, least, most):
    """A number between two limits."""
    def parse(text):
        value = kind(text)
        if not least <= value <= most:
            raise argparse.ArgumentTypeError(f"{text} is not between {least:g} and {most:g}")
        return value
    parse.__name__ = "number"
    return parse


def arguments():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("results", help="results folder of a run")
    options.add_argument("field", nargs="?", help="name of a field; without it the folder's content is listed")
    options.add_argument("--time", type=float, help="the output time nearest to this one [s]; the last by default")
    options.add_argument("--layer", help="only this layer or tab: its name, or its number in the list")
    options.add_argument("--section", choices=("y", "z"), help="a cut across y or z instead of the whole, the layers side by side")
    options.add_argument("--unrolled", action="store_true", help="the layers of a wound cell flat, one below the other")
    options.add_argument("--at", type=float, help="where the section cuts [m]; halfway by default")
    options.add_argument("--arrows", action="store_true", help="directions of a vector field, as they look with the stretched thickness")
    options.add_argument("--scales", choices=("auto", "one", "electrode"), default="auto",
                         help="one colour scale, or one for each side of the cell; auto: whichever shows more")
    options.add_argument("--thickness", type=number(float, 0.1, 1000), help="drawn thickness in percent of the height (25; 60 for more than 12 layers; 100 in a section)")
    options.add_argument("--gap", type=number(float, 0, 1000), help="gap between layers in percent of the height (10; 0 for more than 12 layers)")
    options.add_argument("--tab", type=number(float, 0.1, 100), default=3, help="drawn thickness of tab strips in percent of the height (3)")
    options.add_argument("--size", type=number(int, 300, 10000), nargs=2, default=(1600, 1100), metavar=("W", "H"), help="picture size in pixels")
    options.add_argument("--output", help="PNG file; RESULTS/FIELD.png by default")
    return options.parse_args()


def need_screen():
    """Starts again below a virtual screen where there is none."""
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return
    if shutil.which("xvfb-run") and shutil.which("xauth"):
        sys.stdout.flush()
        os.execvp("xvfb-run", ["xvfb-run", "-a", sys.executable, *sys.argv])
    sys.exit("There is no screen to draw on: apt-get install xvfb xauth")


def main():
    chosen = arguments()
    files = series(chosen.results)
    if chosen.field is None:
        summarise(chosen.results, files)
        return
    path, time = files[-1] if chosen.time is None else min(files, key=lambda entry: abs(entry[1] - chosen.time))
    grid = read(path)
    field = chosen_name(chosen.field, field_names(grid), "field", path)
    names = region_names(chosen.results, grid)
    only = None
    if chosen.layer is not None:
        if chosen.layer.isdigit() and int(chosen.layer) in names:
            only = int(chosen.layer)
        else:
            only = next(n for n, name in names.items() if name == chosen_name(chosen.layer, list(names.values()), "layer", path))
    output = chosen.output or os.path.join(chosen.results, field.replace(" ", "_") + ".png")
    folder = os.path.dirname(os.path.abspath(output))
    if not os.path.isdir(folder) or not os.access(folder, os.W_OK):
        sys.exit(f"{output}: there is no folder {folder} that can be written")
    need_screen()
    parts = layers(grid, field, names, only)
    thickness, gap = (100 if chosen.section else 25, 10) if len(parts) <= MOST_APART else (100 if chosen.section else 60, 0)
    wound = is_wound(grid)
    if chosen.unrolled and (not wound or chosen.section or chosen.arrows):
        sys.exit("--unrolled is for wound cells, without --section and --arrows")
    if wound and not chosen.section and not chosen.unrolled:
        parts = cut_open(parts)
    scale = 1 if wound else stretch(parts, chosen.thickness or thickness, gap if chosen.gap is None else chosen.gap, chosen.tab)
    if chosen.arrows and grid.GetCellData().GetArray(field).GetNumberOfComponents() != 3:
        sys.exit(f"{field} is no vector: --arrows needs one")
    where = ""
    if chosen.section:
        parts, place = cut(parts, chosen.section, chosen.at)
        where = f", {chosen.section} = {1000 * place:.4g} mm"
    longest = 0
    if chosen.unrolled:
        parts = [(region, part) for region, part in parts if re.match("Negative|Separator|Positive", region)]
        if not parts:
            sys.exit(f"{field} has no values in layers that are wound")
        parts, longest, shorter = unroll(sorted(parts, key=lambda part: list(names.values()).index(part[0])), field)
        where = f", s along the layers, drawn {shorter:.3g} times as short, over z"
    unit = pretty(attribute(path, f"VTKHDF/CellData/{field}", "units"))
    title = f"{field}, t = {time:.6g} s{where}" + (f", thickness drawn {scale:.3g} times as large" if scale > 1 else "")
    for heading, low, high in render(parts, field, title, unit, output, tuple(chosen.size), chosen.scales, "unrolled" if chosen.unrolled else chosen.section, scale if chosen.arrows else None, not wound or chosen.unrolled, longest):
        print(f"{output}: {field}{', ' + heading.lower() if heading else ''} {low:.6g} … {high:.6g} {unit}".rstrip() + f" at t = {time:g} s")


if __name__ == "__main__":
    try:
        main()
    except BrokenPipeError:
        sys.exit(0)
