// Screens of joining. Each of them works without this: it sends nothing twice, and shows what a name may mean while
// it is typed.
import './account.js';

const unit = document.getElementById('unit'), found = document.getElementById('found');
if (unit && found) {
  // The field finds as it is typed: its button is for phones without scripts.
  document.getElementById('look').hidden = true;
  let timer, asked = 0;
  unit.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const mine = ++asked;
      const query = `lane=${found.dataset.lane}&unit=${encodeURIComponent(unit.value)}`;
      fetch(`/join/suggest?${query}`)
        .then((reply) => (reply.ok ? reply.text() : Promise.reject()))
        // A slow answer never covers a later one.
        .then((rows) => { if (mine === asked) found.innerHTML = rows; })
        .catch(() => { /* No network: what stands there stays, and the name as typed goes on. */ });
    }, 250);
  });
}
