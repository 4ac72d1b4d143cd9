// The made-up motorway of the 示范 pack, as a truck drives it: server/data/demo/road.geojson.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { top } from "./servers.js";

const { coordinates } = JSON.parse(readFileSync(join(top, "server/data/demo/road.geojson"), "utf8")).geometry;

/** Its pages. */
export const ROAD = "/drive/G9999";
export const EAST = `${ROAD}/up`;
export const WEST = `${ROAD}/down`;

/** A place on it, by longitude. */
export function onRoad(longitude) {
  const at = coordinates.findIndex(([lng]) => lng >= longitude);
  const [[west, a], [east, b]] = [coordinates[Math.max(0, at - 1)], coordinates[Math.max(1, at)]];
  return { latitude: a + ((b - a) * (longitude - west)) / (east - west), longitude, accuracy: 12 };
}

/** So many degrees of longitude are a metre, there. */
export const METRE = 1 / (111_195 * Math.cos((34.7 * Math.PI) / 180));
