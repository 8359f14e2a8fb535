import { element } from './elements.js';

/** Slides that are passed through faster than this (ms) are not announced. */
const ANNOUNCE_AFTER_MS = 400;

/**
 * Tells screen readers once which slide is shown, by its label ("3 of 36: Title"), when turning has come to rest.
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 * @returns {HTMLElement}
 */
export function createAnnouncer(containers, events) {
  const status = element('div', 'sb-status');
  status.setAttribute('role', 'status');
  let timeout = 0;
  events.on('slideChanged', (slide, details) => {
    if (details.first) return;
    clearTimeout(timeout);
    // The preview may take slides away, and move this one, before it is told.
    const container = containers[slide.getSlideIndex()];
    timeout = setTimeout(() => {
      if (container.isConnected) status.textContent = container.getAttribute('aria-label');
    }, ANNOUNCE_AFTER_MS);
  });
  return status;
}
