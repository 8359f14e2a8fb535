import { button, element } from './elements.js';
import { twoDigits } from './timer.js';

const SIZE_KEY = 'slidebuild-notes-size';

/**
 * The presenter view: the current slide, the next one, the notes of both, clock and timer. Its elements are those of
 * remark.js; they are filled only while the view is shown.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 * @param {{isRunning(): boolean, text(): string}} timer
 * @param {import('./options.js').Options} options
 * @param {(container: HTMLElement, box: Element) => void} fitInto
 * @returns {{notesArea: HTMLElement, previewArea: HTMLElement}}
 */
export function createPresenter(slideshow, containers, events, timer, options, fitInto) {
  const notes = element('div', 'remark-notes');
  const nextNotes = element('div', 'remark-notes-preview');
  for (const area of [notes, nextNotes]) area.tabIndex = 0;
  const bar = createToolbar(events, [notes, nextNotes]);
  const notesArea = element(
    'div',
    'remark-notes-area',
    element('div', 'remark-top-area', bar.toolbar),
    element(
      'div',
      'remark-bottom-area',
      element('div', 'remark-notes-current-area', element('div', 'remark-toggle', 'Notes'), notes),
      element('div', 'remark-notes-preview-area', element('div', 'remark-toggle', 'Notes of the next slide'), nextNotes),
    ),
  );
  const previewArea = element('div', 'remark-preview-area');
  previewArea.inert = true;

  function isShown() {
    return document.body.classList.contains('remark-presenter-mode');
  }

  function tick() {
    if (!isShown()) return;
    const now = new Date();
    bar.clock.textContent = `${now.getHours()}:${twoDigits(now.getMinutes())}`;
    bar.timer.textContent = timer.text();
    bar.timer.classList.toggle('sb-running', timer.isRunning());
    bar.run.textContent = timer.isRunning() ? 'Pause' : 'Start';
    bar.timers.hidden = !options.timer.enabled;
  }

  function fill() {
    if (!isShown()) return;
    const index = slideshow.getCurrentSlideIndex();
    if (index < 0) return;
    const slides = slideshow.getSlides();
    bar.position.textContent = `${slides[index].getSlideNumber()} / ${slides[slides.length - 1].getSlideNumber()}`;
    notes.innerHTML = slides[index].notes;
    notes.scrollTop = 0;
    nextNotes.innerHTML = index + 1 < slides.length ? slides[index + 1].notes : '';
    previewArea.replaceChildren();
    if (index + 1 < slides.length) previewArea.append(stillOf(containers[index + 1]));
    fit();
  }

  function fit() {
    const container = previewArea.firstElementChild;
    if (container instanceof HTMLElement) fitInto(container, previewArea);
  }

  events.on('slideChanged', fill);
  events.on('resize', fit);
  events.on('modeChanged', (mode) => {
    if (mode !== 'presenter') return;
    tick();
    fill();
  });
  for (const name of ['timerChanged', 'optionsChanged']) events.on(name, tick);
  setInterval(tick, 500);
  return { notesArea, previewArea };
}

/**
 * @param {import('./events.js').Emitter} events
 * @param {HTMLElement[]} texts  what the font size is set of
 */
function createToolbar(events, texts) {
  const clock = element('span', 'sb-clock');
  const timer = element('span', 'remark-toolbar-timer');
  const run = button('remark-toolbar-link', 'Start', () => events.emit('toggleTimer'));
  const reset = button('remark-toolbar-link', 'Reset', () => events.emit('resetTimer'));
  const position = element('span', 'sb-position');
  const size = createFontSize(texts);
  const timers = element('span', 'sb-timer', timer, run, reset);
  const sizes = element('span', 'sb-sizes', size('decrease', 'A−', -0.1), size('increase', 'A+', 0.1));
  const toolbar = element('div', 'remark-toolbar', position, timers, sizes, clock);
  return { toolbar, clock, timer, timers, run, position };
}

/**
 * The notes' font size, remembered for the next talk.
 * @param {HTMLElement[]} texts
 * @returns {(name: string, label: string, step: number) => HTMLElement} makes a link that changes it
 */
function createFontSize(texts) {
  let size = 1;
  try {
    size = Number(localStorage.getItem(SIZE_KEY)) || 1;
  } catch {
    // Storage is blocked: nothing is remembered.
  }

  /** @param {number} step */
  function change(step) {
    size = Math.min(4, Math.max(0.5, Math.round((size + step) * 10) / 10));
    for (const text of texts) text.style.fontSize = `${size}em`;
  }
  change(0);

  return (name, label, step) => {
    const link = element('a', 'remark-toolbar-link', label);
    link.setAttribute('href', `#${name}`);
    link.setAttribute('role', 'button');
    link.setAttribute('aria-label', `${name === 'increase' ? 'Larger' : 'Smaller'} notes`);
    link.addEventListener('click', (event) => {
      event.preventDefault();
      change(step);
      if (event.detail > 0) link.blur();
      try {
        localStorage.setItem(SIZE_KEY, String(size));
      } catch {
        return;
      }
    });
    return link;
  };
}

/**
 * A copy of a slide that plays and loads nothing.
 * @param {HTMLElement} container
 * @returns {HTMLElement}
 */
function stillOf(container) {
  const copy = /** @type {HTMLElement} */ (container.cloneNode(true));
  copy.classList.remove('remark-fading');
  copy.inert = false;
  for (const media of copy.querySelectorAll('video,audio')) media.removeAttribute('autoplay');
  for (const frame of copy.querySelectorAll('iframe,object,embed')) {
    for (const name of ['src', 'srcdoc', 'data']) frame.removeAttribute(name);
  }
  return copy;
}
