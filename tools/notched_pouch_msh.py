#!/usr/bin/env python3
"""Writes the plane of a rounded and notched pouch as triangles, in the format of Gmsh (MSH 4.1, ASCII, millimetres).

    tools/notched_pouch_msh.py [SPACING] > cases/imported-pouch/pouch.msh

1. Corners of the outline with arcs and straight sides, divided at about the spacing.
2. Two rows of points close to the cold side, whose films heat passes, and a hexagonal grid in the rest.
3. Their Delaunay triangulation (Bowyer and Watson); triangles outside are left out.
4. Sections PhysicalNames, Entities, Nodes, Elements; the inner side of the notch and the left side have names.
"""
import math
import sys

WIDTH, HEIGHT, RADIUS = 102.0, 170.4, 12.0
NOTCH = (16.0, 52.0, 14.0)  # from, to, depth, in the upper edge
NAMES = ["notch", "cold side"]


def outline(spacing):
    """Stretches of the outline, counter-clockwise: name and points without the last."""
    left, right, depth = NOTCH

    def line(a, b):
        n = max(1, round(math.dist(a, b) / spacing))
        return [(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n) for i in range(n)]

    def arc(x, y, start):
        n = max(3, round(0.5 * math.pi * RADIUS / spacing))
        angles = [math.radians(start + 90 * i / n) for i in range(n)]
        return [(x + RADIUS * math.cos(a), y + RADIUS * math.sin(a)) for a in angles]

    w, h, r = WIDTH, HEIGHT, RADIUS
    return [
        (None, line((r, 0), (w - r, 0)) + arc(w - r, r, -90) + line((w, r), (w, h - r)) + arc(w - r, h - r, 0)
         + line((w - r, h), (right, h)) + line((right, h), (right, h - depth))),
        ("notch", line((right, h - depth), (left, h - depth))),
        (None, line((left, h - depth), (left, h)) + line((left, h), (r, h)) + arc(r, h - r, 90)),
        ("cold side", line((0, h - r), (0, r))),
        (None, arc(r, r, 180)),
    ]


def inside(polygon, x, y):
    result = False
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1]):
        if (y1 > y) != (y2 > y) and x < x1 + (y - y1) / (y2 - y1) * (x2 - x1):
            result = not result
    return result


def distance(polygon, x, y):
    nearest = math.inf
    for (x1, y1), (x2, y2) in zip(polygon, polygon[1:] + polygon[:1]):
        ex, ey = x2 - x1, y2 - y1
        t = min(1, max(0, ((x - x1) * ex + (y - y1) * ey) / (ex * ex + ey * ey)))
        nearest = min(nearest, math.hypot(x - x1 - t * ex, y - y1 - t * ey))
    return nearest


def grid(polygon, side, spacing):
    near = [spacing / 6, spacing / 2]
    points, row, y = [(x, y) for x in near for _, y in side], 0, 0.5 * spacing
    while y < HEIGHT:
        x = 0.5 * spacing * (1 + row % 2)
        while x < WIDTH:
            beside = x < near[-1] + 0.6 * spacing and RADIUS - spacing < y < HEIGHT - RADIUS + spacing
            if inside(polygon, x, y) and not beside and distance(polygon, x, y) > 0.6 * spacing:
                points.append((x, y))
            x += spacing
        row, y = row + 1, y + spacing * math.sqrt(0.75)
    return points


def delaunay(points):
    """Triangles of points; a tiny shift decides between the diagonals of squares."""
    shifted = [(x + 1e-7 * math.sin(12.9898 * i), y + 1e-7 * math.sin(78.233 * i)) for i, (x, y) in enumerate(points)]
    n, far = len(points), 1e4
    shifted += [(-far, -far), (2 * far, -far), (-far, 2 * far)]

    def circle(t):
        (ax, ay), (bx, by), (cx, cy) = (shifted[i] for i in t)
        bx, by, cx, cy = bx - ax, by - ay, cx - ax, cy - ay
        d = 2 * (bx * cy - by * cx)
        ux, uy = (cy * (bx * bx + by * by) - by * (cx * cx + cy * cy)) / d, (bx * (cx * cx + cy * cy) - cx * (bx * bx + by * by)) / d
        return ax + ux, ay + uy, ux * ux + uy * uy

    triangles = {(n, n + 1, n + 2): circle((n, n + 1, n + 2))}
    for p in range(n):
        x, y = shifted[p]
        bad = [t for t, (cx, cy, rr) in triangles.items() if (x - cx) ** 2 + (y - cy) ** 2 < rr]
        sides = {(t[i], t[(i + 1) % 3]) for t in bad for i in range(3)}
        for t in bad:
            del triangles[t]
        for a, b in sides:
            if (b, a) not in sides:
                triangles[(a, b, p)] = circle((a, b, p))
    return [t for t in triangles if max(t) < n]


def main():
    spacing = float(sys.argv[1]) if len(sys.argv) > 1 else 6.0
    stretches = outline(spacing)
    border = [point for _, points in stretches for point in points]
    points = border + grid(border, dict(stretches)["cold side"], spacing)
    triangles = [t for t in delaunay(points) if inside(border, sum(points[i][0] for i in t) / 3, sum(points[i][1] for i in t) / 3)]
    out = ["$MeshFormat", "4.1 0 8", "$EndMeshFormat", "$PhysicalNames", str(len(NAMES) + 1)]
    out += [f'1 {i + 1} "{name}"' for i, name in enumerate(NAMES)] + ['2 3 "electrodes"', "$EndPhysicalNames"]
    out += ["$Entities", f"0 {len(stretches)} 1 0"]
    for tag, (name, _) in enumerate(stretches, 1):
        group = f"1 {NAMES.index(name) + 1}" if name else "0"
        out.append(f"{tag} 0 0 0 {WIDTH} {HEIGHT} 0 {group} 0")
    out += [f"1 0 0 0 {WIDTH} {HEIGHT} 0 1 3 {len(stretches)} " + " ".join(str(tag + 1) for tag in range(len(stretches))), "$EndEntities"]
    out += ["$Nodes", f"1 {len(points)} 1 {len(points)}", f"2 1 0 {len(points)}"]
    out += [str(i + 1) for i in range(len(points))] + [f"{x:.12g} {y:.12g} 0" for x, y in points] + ["$EndNodes"]
    count = len(border) + len(triangles)
    out += ["$Elements", f"{len(stretches) + 1} {count} 1 {count}"]
    number = first = 0
    for tag, (_, own) in enumerate(stretches, 1):
        out.append(f"1 {tag} 1 {len(own)}")
        for i in range(first, first + len(own)):
            number += 1
            out.append(f"{number} {i + 1} {(i + 1) % len(border) + 1}")
        first += len(own)
    out.append(f"2 1 2 {len(triangles)}")
    for a, b, c in triangles:
        number += 1
        out.append(f"{number} {a + 1} {b + 1} {c + 1}")
    print("\n".join(out + ["$EndElements"]))


if __name__ == "__main__":
    main()
