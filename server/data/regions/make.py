"""Makes everything in this folder from two registry packages; README.md says how to run it.

With --check it changes nothing and fails when a file differs.
"""

import csv
import io
import sys
from pathlib import Path

import counties
import outlines
import package_data
import tables

HERE = Path(__file__).parent


def files():
    """{path in this folder: bytes}"""
    regions, zones, order = tables.build(package_data)
    by_code = {row["adcode"]: row for row in regions}
    polygons = package_data.tianditu_polygons("cn_district")
    shapes = [(code, polygons[index]) for code, index in order]
    lines = package_data.lines()
    made = {
        "regions.csv": _csv(regions),
        "zones.csv": _csv(zones),
        "counties.bin": counties.pack(shapes),
    }

    provinces = [row for row in regions if row["level"] == "province"]
    parts = package_data.tianditu_polygons("cn_province")
    part_of = {int(row["province_adcode"]): i for i, row in enumerate(package_data.tianditu_rows("cn_province"))}
    drawn = [("cn", outlines.country(provinces, [parts[part_of[row["adcode"]]] for row in provinces], lines))]
    for row in provinces:
        code = row["adcode"]
        below = [(one, shape) for one, shape in shapes if one // 10_000 == code // 10_000]
        rows = [by_code[one] for one, _ in below]
        drawn.append((str(code), outlines.province(code, rows, [shape for _, shape in below], lines)))
    for name, (plain, packed, tolerance) in drawn:
        print(f"{name}: {tolerance} m, {len(plain)} bytes, {len(packed)} with brotli")
        made[f"outlines/{name}.json"] = plain
        made[f"outlines/{name}.json.br"] = packed
    return made


def _csv(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def main():
    made = files()
    stale = [name for name, content in made.items() if not _is_same(HERE / name, content)]
    if "--check" in sys.argv[1:]:
        sys.exit(f"differs: {', '.join(stale)}" if stale else 0)
    (HERE / "outlines").mkdir(exist_ok=True)
    for name in stale:
        (HERE / name).write_bytes(made[name])
    print(f"{len(stale)} of {len(made)} files written, {sum(map(len, made.values()))} bytes in all")


def _is_same(path, content):
    return path.is_file() and path.read_bytes() == content


if __name__ == "__main__":
    main()
