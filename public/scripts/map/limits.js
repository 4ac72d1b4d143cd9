// How far the map goes.

/** The closest zoom of the outlines: a county fills a phone. Closer, borders would be off by more than they help. */
const OUTLINE_ZOOM = 11;
/** The closest zoom of tiles (天地图 has no closer ones everywhere). */
const TILE_ZOOM = 18;
/** The whole country fits a phone's width. */
export const WIDEST = 2;
/** From here the counties of a province are drawn instead of the provinces of the country. */
export const COUNTY_ZOOM = 8;
/** Where the map can be moved to: the country, its sea, and some room (south-west, north-east; WGS-84). */
export const CHINA = [[-2, 62], [58, 146]];
/** Has to stand wherever a border is drawn. */
export const CREDIT = '边界数据：天地图 GS(2024)0650号';

/** The closest zoom, with tiles or without. */
export function limits(tiles) {
  return tiles ? TILE_ZOOM : OUTLINE_ZOOM;
}
/** Where a map opens that has no view in its address: a city, or the streets around. */
export function opening(tiles) {
  return tiles ? 14 : OUTLINE_ZOOM;
}
