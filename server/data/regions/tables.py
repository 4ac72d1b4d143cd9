"""The tree of regions and the list of zones, from both packages."""

import math

# The map still carries the codes from before the two counties became cities (2023);
# the bureau already lists the new ones.
RECODED = {540422: 540481, 540530: 540581}
# The bureau's own code for a city without districts; the map has the national one.
BUREAU_ALIAS = {620201: 620200}
# 加格达奇区, which the map draws within its neighbour: the package's second table has its
# code and centre, the bureau lists it under a code of its own.
WITHOUT_POLYGON = {232718: (232700, 232761)}
# Polygons of a horse farm and two forests that are no county in the bureau's list.
UNLISTED = {629700, 629800, 629900}


def build(package):
    """(rows of regions.csv, rows of zones.csv, [(adcode, index of its polygon)] by adcode)."""
    provinces = package.tianditu_rows("cn_province")
    cities = package.tianditu_rows("cn_city")
    districts = package.tianditu_rows("cn_district")
    rows, polygons = {}, {}

    for row in provinces:
        code = int(row["province_adcode"])
        rows[code] = _row(code, 0, "province", row["province_name"], row["short_name"], row)
    for row in cities:
        code, parent = int(row["city_adcode"]), int(row["province_adcode"])
        # Municipalities, Taiwan, Hong Kong and Macao have no level between; a place
        # the province governs directly (419001) is a county.
        if code != parent and code % 100 == 0 and code not in UNLISTED:
            rows[code] = _row(code, parent, "city", row["city_name"], row["short_name"], row)
    for index, row in enumerate(districts):
        given, city, province = (int(row[f"{level}_adcode"]) for level in ("district", "city", "province"))
        code = RECODED.get(given, given)
        polygons[code] = index
        if code in rows:
            # A city without districts, or Macao: one row, with a polygon of its own.
            rows[code].update(_centre(row))
            continue
        parent = city if city in rows and city != given else province
        rows[code] = _row(code, parent, "county", row["district_name"], row["short_name"], row)
    amap = {int(row["district_adcode"]): row for row in package.amap_rows("cn_district")}
    for code, (parent, _) in WITHOUT_POLYGON.items():
        row = amap[code]
        rows[code] = _row(code, parent, "county", row["district_name"], row["short_name"], row)
    for former, code in {**RECODED, **BUREAU_ALIAS}.items():
        rows[code]["former"] = former
    for code, (_, former) in WITHOUT_POLYGON.items():
        rows[code]["former"] = former
    for code, row in rows.items():
        row["listed"] = 0 if code in UNLISTED else 1
        row["polygon"] = 1 if code in polygons else 0
    shapes = package.tianditu_polygons("cn_district")
    _centre_cities_on_their_core(rows, {code: _area(shapes[index]) for code, index in polygons.items()})

    zones = []
    known = set(rows) | {row["former"] for row in rows.values() if row["former"]}
    for area in package.bureau_areas():
        code, city, province = int(area["code"]), int(area["cityCode"]) * 100, int(area["provinceCode"]) * 10_000
        if code not in known:
            parent = city if city in rows else province
            zones.append({"code": code, "parent": parent, "name": area["name"]})
    ordered = [rows[code] for code in sorted(rows)]
    return ordered, sorted(zones, key=lambda zone: zone["code"]), sorted(polygons.items())


def _row(code, parent, level, name, short, row):
    return {
        "adcode": code, "parent": parent, "level": level, "name": name, "short": short,
        **_centre(row), "polygon": 0, "listed": 1, "former": "",
    }  # fmt: skip


def _centre(row):
    return {"lat": row["lat"], "lng": row["lon"]}


def _centre_cities_on_their_core(rows, areas):
    """The package's city centre is the middle of the area, often a mountain. A person who
    picks a city means the town: its districts (区), small ones counting for more, have one
    that is nearest to all; a city without districts has a county-level city (市)."""
    for city in [row for row in rows.values() if row["level"] == "city"]:
        below = [row for row in rows.values() if row["parent"] == city["adcode"] and row["polygon"]]
        core = (
            [row for row in below if row["name"].endswith("区")]
            or [row for row in below if row["name"] == city["short"] + "市"]
            or [row for row in below if row["name"].endswith("市")]
            or below
        )
        if core:
            middle = min(core, key=lambda one: (_sum_apart(one, core, areas), one["adcode"]))
            city.update(lat=middle["lat"], lng=middle["lng"])


def _sum_apart(one, core, areas):
    return sum(_apart(one, other) / math.sqrt(areas[other["adcode"]]) for other in core)


def _apart(a, b):
    squeeze = math.cos(math.radians(float(a["lat"])))
    return math.hypot((float(a["lng"]) - float(b["lng"])) * squeeze, float(a["lat"]) - float(b["lat"]))


def _area(shape):
    """Of the outer rings, in square degrees: only to compare neighbours with."""
    return sum(
        abs(sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(polygon[0], polygon[0][1:]))) / 2e12
        for polygon in shape
    )
