// What would lie on top of each other is drawn as one.

/**
 * Groups things with `lat` and `lng` so that no two groups are nearer than `apart` pixels at this zoom.
 * A group stands where its first member is, so the order of things decides; equal input, equal groups.
 */
export function group(map, things, apart) {
  const groups = [];
  things.forEach((thing) => {
    const at = map.project([thing.lat, thing.lng]);
    const near = groups.find((one) => one.at.distanceTo(at) < apart);
    if (near) near.members.push(thing);
    else groups.push({ at, members: [thing] });
  });
  return groups.map(({ members }) => members);
}
