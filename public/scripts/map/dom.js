// Elements without markup text: a name of a station is never read as HTML.

/** `make('a', { class: 'btn', href: '/' }, '列表')` */
export function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  Object.keys(attributes).forEach((name) => element.setAttribute(name, attributes[name]));
  element.append(...children);
  return element;
}

/** A button that does something. */
export function button(word, act) {
  const element = make('button', { class: 'btn', type: 'button' }, word);
  element.addEventListener('click', act);
  return element;
}

/** Words for screen readers only. */
export const aside = (words) => make('span', { class: 'aside' }, words);
