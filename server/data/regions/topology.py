"""Simplifies polygons that share borders, so that they still share them.

Rings are cut where three or more borders meet; each piece (an arc) is
simplified once, by Douglas and Peucker's rule, for both neighbours. No vertex
moves, no ring is dropped, and arcs that would cross are simplified less.
"""

import math
from collections import Counter, defaultdict

METRES_PER_E6 = 0.111_195
GRID_E6 = 50_000


class Topology:
    """Arcs of a list of multipolygons in 1e-6 degree."""

    def __init__(self, shapes):
        self.arcs = []
        self._slots = {}
        nodes = _nodes(shapes)
        self.shapes = [[[self._cut(ring, nodes) for ring in polygon] for polygon in shape] for shape in shapes]
        ends = Counter(frozenset((arc[0], arc[-1])) for arc in self.arcs)
        self._keep_one = [ends[frozenset((arc[0], arc[-1]))] > 1 for arc in self.arcs]

    def _cut(self, ring, nodes):
        """The ring as [(arc, is reversed)]."""
        ring = ring[:-1] if ring[0] == ring[-1] else ring
        starts = [i for i, vertex in enumerate(ring) if vertex in nodes]
        if not starts:
            starts = [ring.index(min(ring))]
        ring = ring[starts[0] :] + ring[: starts[0]]
        cuts = [i - starts[0] for i in starts] + [len(ring)]
        ring.append(ring[0])
        return [self._slot(ring[a : b + 1]) for a, b in zip(cuts, cuts[1:])]

    def _slot(self, arc):
        turned = arc[::-1]
        is_turned = turned < arc
        key = tuple(turned if is_turned else arc)
        if key not in self._slots:
            self._slots[key] = len(self.arcs)
            self.arcs.append(list(key))
        return self._slots[key], is_turned

    def simplified(self, tolerance_m):
        """The shapes, no border of which lies more than `tolerance_m` from the given one."""
        tolerances = [tolerance_m] * len(self.arcs)
        thin = [_thin(arc, tolerance_m, keep) for arc, keep in zip(self.arcs, self._keep_one)]
        for _ in range(12):
            crossing = _crossing(thin)
            if not crossing:
                break
            for slot in crossing:
                tolerances[slot] /= 2
                thin[slot] = _thin(self.arcs[slot], tolerances[slot], self._keep_one[slot])
        else:
            # Borders that touch themselves in the source: keep them as they are.
            for slot in crossing:
                thin[slot] = self.arcs[slot]
        return [[[_joined(ring, thin) for ring in polygon] for polygon in shape] for shape in self.shapes]


def _nodes(shapes):
    """Vertices where a border forks."""
    beside = defaultdict(set)
    for shape in shapes:
        for polygon in shape:
            for ring in polygon:
                for a, b in zip(ring, ring[1:]):
                    beside[a].add(b)
                    beside[b].add(a)
    return {vertex for vertex, others in beside.items() if len(others) != 2}


def _joined(ring, arcs):
    vertices = []
    for slot, is_turned in ring:
        arc = arcs[slot][::-1] if is_turned else arcs[slot]
        vertices.extend(arc[:-1])
    vertices.append(vertices[0])
    return vertices


def _thin(arc, tolerance_m, keep_one):
    if arc[0] == arc[-1]:
        far = _farthest(arc, 0, len(arc) - 1)[0]
        halves = thin_line(arc[: far + 1], tolerance_m, False), thin_line(arc[far:], tolerance_m, False)
        if len(halves[0]) + len(halves[1]) == 4:
            # An island this small would be a line: its widest half keeps a corner.
            sides = (_farthest(arc, 0, far), _farthest(arc, far, len(arc) - 1))
            at = max(sides, key=lambda side: side[1])[0]
            return [arc[i] for i in sorted({0, far, at, len(arc) - 1})]
        return halves[0] + halves[1][1:]
    return thin_line(arc, tolerance_m, keep_one)


def thin_line(arc, tolerance_m, keep_one=False):
    """The line, no vertex left out of which lies more than `tolerance_m` from it."""
    kept, todo = {0, len(arc) - 1}, [(0, len(arc) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        at, distance = _farthest(arc, first, last)
        if distance > tolerance_m or (keep_one and len(kept) == 2):
            kept.add(at)
            todo += [(first, at), (at, last)]
    return [arc[i] for i in sorted(kept)]


def _farthest(arc, first, last):
    """(index, metres) of the vertex farthest from the segment between two others."""
    (ax, ay), (bx, by) = arc[first], arc[last]
    squeeze = math.cos(math.radians(ay / 1e6))
    dx, dy = (bx - ax) * squeeze, by - ay
    length = dx * dx + dy * dy
    best, at = -1.0, first
    for i in range(first + 1, last):
        x, y = (arc[i][0] - ax) * squeeze, arc[i][1] - ay
        if length:
            t = min(1.0, max(0.0, (x * dx + y * dy) / length))
            x, y = x - t * dx, y - t * dy
        square = x * x + y * y
        if square > best:
            best, at = square, i
    return at, math.sqrt(max(best, 0.0)) * METRES_PER_E6


def _crossing(arcs):
    """Slots of the arcs that cross another or themselves."""
    cells = defaultdict(list)
    for slot, arc in enumerate(arcs):
        for a, b in zip(arc, arc[1:]):
            for cell in _cells(a, b):
                cells[cell].append((slot, a, b))
    found = set()
    for segments in cells.values():
        for i, (one, a, b) in enumerate(segments):
            for two, c, d in segments[:i]:
                if (one not in found or two not in found) and _cross(a, b, c, d):
                    found.update((one, two))
    return found


def _cells(a, b):
    columns = range(min(a[0], b[0]) // GRID_E6, max(a[0], b[0]) // GRID_E6 + 1)
    rows = range(min(a[1], b[1]) // GRID_E6, max(a[1], b[1]) // GRID_E6 + 1)
    return [(x, y) for x in columns for y in rows]


def _cross(a, b, c, d):
    if max(a[0], b[0]) < min(c[0], d[0]) or max(c[0], d[0]) < min(a[0], b[0]):
        return False
    if max(a[1], b[1]) < min(c[1], d[1]) or max(c[1], d[1]) < min(a[1], b[1]):
        return False
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a, b, c):
    cross = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])
    return (cross > 0) - (cross < 0)
