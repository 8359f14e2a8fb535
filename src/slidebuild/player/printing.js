import { slideSize } from './scaler.js';

/**
 * Paper is CSS's business: nothing is scaled by script. Only the page size is said here, for browsers that do not
 * take it from custom properties: a slide, or, from the presenter view, upright paper with the notes below.
 * @param {import('./options.js').Options} options
 * @param {import('./events.js').Emitter} events
 */
export function preparePrinting(options, events) {
  const style = document.createElement('style');
  document.head.append(style);

  function update() {
    const { width, height } = slideSize(options.ratio);
    const handout = document.body.classList.contains('remark-presenter-mode');
    style.textContent = `@page{size:${handout ? '681px 908px' : `${width}px ${height}px`};margin:0}`;
    document.documentElement.style.setProperty('--sb-handout', String(621 / width));
  }

  events.on('optionsChanged', update);
  events.on('modeChanged', update);
  update();
}
