"""Draws the outlines of the map: GeoJSON, a file a province and one for the country."""

import json

import brotli
from topology import METRES_PER_E6, Topology, thin_line

CREDIT = "边界数据：天地图 GS(2024)0650号"
# With brotli. The limit on the phone is 40,000; what a province saves is saved in the checkout too.
MOST_BYTES = 31_000
MOST_BYTES_COUNTRY = 38_000
# From finest to coarsest; the finest that fits is taken. The source itself is no finer than the first.
TOLERANCES_M = (*range(300, 800, 50), *range(800, 1600, 100), 2000, 2500, 3000, 3500)
COUNTRY = 100_000
ISLAND_PROVINCE = 460000  # with the islands of the South China Sea, all of them kept
# Islands kept on the map of the country whatever their size, as (lng_e6, lat_e6).
NAMED_ISLANDS = {"钓鱼岛": (123_475_000, 25_745_000), "赤尾屿": (124_560_000, 25_925_000)}
NEAR_E6 = 60_000
LEAST_ISLAND_KM2 = 100
SEA, SPECIAL, MARITIME, UNDEFINED = range(4)


def province(adcode, regions, shapes, lines):
    """(GeoJSON bytes, its brotli bytes, tolerance in metres) of a province's counties."""
    extra = [("maritime", line) for line in lines[MARITIME]] if adcode == ISLAND_PROVINCE else []
    return _fitting(adcode, regions, shapes, extra)


def country(regions, shapes, lines):
    """The same for the provinces, with the lines at sea and the undefined border."""
    extra = [("maritime", line) for line in lines[MARITIME]]
    extra += [("undefined", line) for line in lines[UNDEFINED]]
    return _fitting(COUNTRY, regions, [_without_islets(region, shape) for region, shape in zip(regions, shapes)], extra)


def _fitting(adcode, regions, shapes, lines):
    # Lines at sea and the undefined border are drawn closer than borders: they are few.
    topology = Topology(shapes)
    most = MOST_BYTES_COUNTRY if adcode == COUNTRY else MOST_BYTES
    for tolerance in TOLERANCES_M:
        if adcode == COUNTRY and tolerance < 1000:
            continue  # Seen at 5 km a pixel; 1 km is fine enough.
        plain = _geojson(adcode, regions, topology.simplified(tolerance), lines, tolerance)
        packed = brotli.compress(plain, quality=11)
        if len(packed) <= most:
            return plain, packed, tolerance
    raise ValueError(f"{adcode}: over {most} bytes at every tolerance")


def _geojson(adcode, regions, shapes, lines, tolerance):
    features = [
        {
            "type": "Feature",
            "properties": {"adcode": region["adcode"], "name": region["name"]},
            "geometry": {"type": "MultiPolygon", "coordinates": [[_ring(ring) for ring in one] for one in shape]},
        }
        for region, shape in zip(regions, shapes)
    ]
    features += [
        {
            "type": "Feature",
            "properties": {"line": kind},
            "geometry": {"type": "LineString", "coordinates": _degrees(thin_line(line, tolerance / 5), 4)},
        }
        for kind, line in lines
    ]
    head = {"type": "FeatureCollection", "adcode": adcode, "credit": CREDIT, "tolerance_m": tolerance}
    text = json.dumps({**head, "features": features}, ensure_ascii=False, separators=(",", ":"))
    return text.encode() + b"\n"


def _ring(ring):
    """Degrees to 0.0001, or finer where an islet would close up."""
    for digits in (4, 5, 6):
        vertices = _degrees(ring, digits)
        if len({tuple(vertex) for vertex in vertices}) >= 3:
            return vertices
    raise ValueError("a ring without area")


def _degrees(line, digits):
    vertices = []
    for x, y in line:
        vertex = [round(x / 1e6, digits), round(y / 1e6, digits)]
        if not vertices or vertices[-1] != vertex:
            vertices.append(vertex)
    return vertices


def _without_islets(region, shape):
    """Leaves out islets that are less than a dot, never the named ones, never a province's largest part."""
    if region["adcode"] == ISLAND_PROVINCE:
        return shape
    largest = max(shape, key=lambda polygon: _km2(polygon[0]))
    return [
        polygon for polygon in shape
        if polygon is largest or _km2(polygon[0]) >= LEAST_ISLAND_KM2 or _is_named(polygon[0])
    ]  # fmt: skip


def _is_named(ring):
    x, y = (sum(vertex[axis] for vertex in ring[:-1]) / (len(ring) - 1) for axis in (0, 1))
    return any(abs(x - a) < NEAR_E6 and abs(y - b) < NEAR_E6 for a, b in NAMED_ISLANDS.values())


def _km2(ring):
    twice = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, ring[1:]))
    # Good to a third at these latitudes, which is enough to tell a dot.
    return abs(twice) / 2 * (METRES_PER_E6 / 1000) ** 2 * 0.85
