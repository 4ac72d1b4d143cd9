// The card over the lower part of the map: what was tapped, with links to the pages.
import { DomEvent } from 'leaflet/dist/leaflet-src.esm.js';
import { button, make } from './dom.js';
import { cellOf } from './view.js';
import { KINDS, STATES } from './words.js';

/** `open(members, want, marker)` shows stations, or what to do with a count that comes no closer. */
export function card(map) {
  const box = make('section', { class: 'pick chosen', 'aria-labelledby': 'picked', tabindex: '-1', hidden: '' });
  let opener;
  DomEvent.disableClickPropagation(box);
  DomEvent.disableScrollPropagation(box);
  map.getContainer().appendChild(box);

  function close(back) {
    if (box.hidden) return;
    box.hidden = true;
    map.fire('covers');
    const element = back && opener.getElement();
    if (element) element.focus({ preventScroll: true });
    else if (back) map.getContainer().focus({ preventScroll: true });
  }

  box.addEventListener('keydown', (event) => {
    // Arrows scroll the card, they do not move the map.
    event.stopPropagation();
    if (event.key === 'Escape') close(true);
  });
  map.on('click zoomstart', () => close(false));

  function open(members, want, marker) {
    opener = marker;
    box.textContent = '';
    const shut = button('关掉', () => close(true));
    const content = members[0].count ? many(members, want) : make('ol', { class: 'rows' }, ...sorted(members).map(row));
    box.append(make('h2', { class: 'aside', id: 'picked' }, '选中的站点'), shut, content);
    box.hidden = false;
    box.scrollTop = 0;
    // What was tapped stays in sight above the card.
    map.panInside(marker.getLatLng(), { paddingTopLeft: [70, 40], paddingBottomRight: [40, box.offsetHeight + 50] });
    map.fire('covers');
    box.focus({ preventScroll: true });
  }

  return { open };
}

/** Open doors first: where several lie under one mark, which is nearer cannot be told. */
function sorted(members) {
  const rank = ({ state }) => ['open', 'closing_soon', 'unknown'].concat(state).indexOf(state);
  return members.slice().sort((one, other) => rank(one) - rank(other));
}

function row({ code, name, kind, state, mark, meets }) {
  const about = make('p', { class: 'fresh' });
  if (mark) about.append(make('span', { class: mark === '未核实' ? 'tag doubt' : 'tag' }, mark), ' ');
  about.append(KINDS[kind] || '', meets === 'unknown' ? ' · 没有写明，去之前打电话' : '');
  return make(
    'li',
    { class: `row ${state}` },
    make('h3', {}, make('a', { href: `/stations/${code}` }, name)),
    make('p', { class: 'state' }, STATES[state] || ''),
    about,
  );
}

function many(members, want) {
  const wishes = want ? `&want=${want}` : '';
  const cell = cellOf(members[0]);
  return make(
    'div',
    {},
    make('p', {}, '这里站点太多，地图上分不开。'),
    make(
      'p',
      { class: 'pair' },
      make('a', { class: 'btn', href: `/?cell=${cell}${wishes}` }, '列表'),
      make('a', { class: 'btn', href: `/radar?cell=${cell}${wishes}` }, '方位图'),
    ),
  );
}
