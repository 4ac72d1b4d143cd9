// 念出下一站: off until somebody switches it on, and only where the browser can speak.

/** `speak(sentence)` while it is on. `first()` gives what is said when it is switched on. */
export function speaker(button, first) {
  if (!button || !('speechSynthesis' in window) || typeof SpeechSynthesisUtterance === 'undefined') return () => {};
  let on = false;
  const speak = (sentence) => {
    if (!on || !sentence) return;
    const words = new SpeechSynthesisUtterance(sentence);
    words.lang = 'zh-CN';
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    on = !on;
    button.setAttribute('aria-pressed', String(on));
    if (on) speak(first());
    else speechSynthesis.cancel();
  });
  return speak;
}
