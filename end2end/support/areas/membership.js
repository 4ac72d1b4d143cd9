// A membership, of the member and at the desk.

/** [route, what it is called, how to come there, options of the browser] */
export const states = [];
