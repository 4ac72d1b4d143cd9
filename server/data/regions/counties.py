"""Packs full county polygons into `counties.bin`; README.md has the layout."""

import hashlib
import struct

import zstandard

MAGIC = b"COUNTY01"


def pack(shapes):
    """`shapes`: [(adcode, [[ring]])] by adcode; rings in even 1e-6 degrees, closed."""
    counts, steps = bytearray(), bytearray()
    rings = vertices = 0
    x0 = y0 = last_adcode = 0
    for adcode, shape in shapes:
        _varint(counts, adcode - last_adcode)
        last_adcode = adcode
        _varint(counts, len(shape))
        for polygon in shape:
            _varint(counts, len(polygon))
            for ring in polygon:
                if ring[0] != ring[-1]:
                    raise ValueError(f"{adcode}: open ring")
                _varint(counts, len(ring) - 1)
                rings, vertices = rings + 1, vertices + len(ring) - 1
                for x, y in ring[:-1]:
                    _varint(steps, _zigzag((x - x0) // 2))
                    _varint(steps, _zigzag((y - y0) // 2))
                    x0, y0 = x, y
    body = zstandard.ZstdCompressor(level=22).compress(bytes(counts) + bytes(steps))
    size = len(counts) + len(steps)
    head = struct.pack("<5I", len(shapes), rings, vertices, len(counts), size)
    return MAGIC + hashlib.sha256(head + body).digest() + head + body


def _varint(out, value):
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)


def _zigzag(value):
    return 2 * value if value >= 0 else -2 * value - 1
