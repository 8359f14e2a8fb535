import { element } from './elements.js';
import { prefer, preference } from './memory.js';
import { say } from './words.js';

/**
 * The notes' font size, remembered for the next talk, and the two links of remark.js's toolbar that change it.
 * @param {HTMLElement[]} texts
 * @param {import('./events.js').Emitter} events
 * @returns {HTMLElement[]}
 */
export function createFontSize(texts, events) {
  let size = Number(preference('notes-size')) || 1;

  /** @param {number} step */
  function change(step) {
    size = Math.min(4, Math.max(0.5, Math.round((size + step) * 10) / 10));
    for (const text of texts) text.style.fontSize = `${size}em`;
  }
  change(0);
  events.on('resizeNotes', (step) => {
    change(step);
    prefer('notes-size', String(size));
  });

  /** @param {string} name @param {string} label @param {string} description @param {number} step */
  function link(name, label, description, step) {
    const made = element('a', 'remark-toolbar-link', label);
    made.setAttribute('href', `#${name}`);
    made.setAttribute('role', 'button');
    made.setAttribute('aria-label', `${label} ${description}`);
    made.addEventListener('click', (event) => {
      event.preventDefault();
      events.emit('resizeNotes', step);
      if (event.detail > 0) made.blur();
    });
    return made;
  }
  return [link('decrease', 'A−', say('Smaller notes'), -0.1), link('increase', 'A+', say('Larger notes'), 0.1)];
}
