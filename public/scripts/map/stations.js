// What is in view, fetched: stations where there are few, else counts.
import { boxOf } from './view.js';

/** A map that is being moved asks once it rests, in ms. */
const REST = 250;

/** Keeps `draw` told of the stations in view. Only the last question counts; earlier ones are given up. */
export function stations(map, want, draw, say) {
  let timer;
  let running;
  let answered;

  async function ask(question) {
    if (running) running.abort();
    // Chrome 61-65 cannot abort; the late answer is dropped below.
    const mine = (running = window.AbortController ? new AbortController() : { abort() {} });
    let seen;
    try {
      const reply = await fetch(`/map/stations?${question}`, { signal: mine.signal });
      if (!reply.ok) throw new Error(reply.status);
      seen = await reply.json();
    } catch (error) {
      if (mine !== running) return;
      const busy = error.message === '429' || error.message === '503';
      say(busy ? '人太多，等一会儿再试。' : '站点没取到，网络不好。', () => ask(question));
      return;
    }
    if (mine !== running) return;
    answered = question;
    running = undefined;
    say(sentence(draw(seen)));
  }

  function sentence({ count, about, unsaid }) {
    if (count === 0) return `这一片没有${want ? '合适的' : ''}站点。缩小地图${want ? '，或少选一样' : ''}。`;
    return `这一片${about ? '约' : ''}有 ${count} 个站点${unsaid ? `，${unsaid} 个没有写明` : ''}`;
  }

  function look() {
    const question = `bbox=${boxOf(map.getBounds())}${want ? `&want=${want}` : ''}&zoom=${map.getZoom()}`;
    if (question !== answered) {
      ask(question);
    } else if (running) {
      // Back where it was before a question that is still open or failed.
      running.abort();
      running = undefined;
      say(sentence(draw()));
    }
  }

  map.on('moveend', () => {
    clearTimeout(timer);
    timer = setTimeout(look, REST);
  });
  // Doors have opened and closed since the phone was put away.
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && answered) ask(answered);
  });
  look();
}
