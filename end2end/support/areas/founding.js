// Asking for a union, head enterprises, obstruction, occupations.

/** [route, what it is called, how to come there, options of the browser] */
export const states = [];
