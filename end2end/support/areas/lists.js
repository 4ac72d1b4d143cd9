// Lists of members, figures and targets.

/** [route, what it is called, how to come there, options of the browser] */
export const states = [];
