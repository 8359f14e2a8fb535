import { copySlide } from './copies.js';
import { button, element } from './elements.js';
import { createFontSize } from './notessize.js';
import { createPlan } from './plan.js';
import { twoDigits } from './timer.js';
import { say } from './words.js';

/**
 * The presenter view: the current slide, the next one, the notes of both, clock, timer and plan. Its elements are
 * those of remark.js; they are filled only while the view is shown.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {HTMLElement[]} containers
 * @param {import('./events.js').Emitter} events
 * @param {import('./timer.js').Timer} timer
 * @param {import('./options.js').Options} options
 * @param {(container: HTMLElement, box: Element) => void} fitInto
 * @returns {{notesArea: HTMLElement, previewArea: HTMLElement}}
 */
export function createPresenter(slideshow, containers, events, timer, options, fitInto) {
  const notes = createNotes('remark-notes', say('Notes'));
  const nextNotes = createNotes('remark-notes-preview', say('Notes of the next slide'));
  const bar = createToolbar(events, [notes.text, nextNotes.text]);
  const notesArea = element(
    'div',
    'remark-notes-area',
    element('div', 'remark-top-area', bar.toolbar),
    element('div', 'remark-bottom-area', notes.area, nextNotes.area),
  );
  const previewArea = element('div', 'remark-preview-area');
  previewArea.dataset.end = say('End of the slides');
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
    bar.run.textContent = timer.isRunning() ? say('Pause') : say('Start');
    bar.timers.hidden = !options.timer.enabled;
    const [number, total] = position();
    bar.plan.show(timer.elapsed(), options.timer.enabled ? options.minutes || 0 : 0, number, total);
  }

  /** @returns {[number, number]} the numbers of the current slide and of the last one */
  function position() {
    const slides = slideshow.getSlides();
    const current = slides[slideshow.getCurrentSlideIndex()];
    return current ? [current.getSlideNumber(), slides[slides.length - 1].getSlideNumber()] : [0, 0];
  }

  /** @type {HTMLElement | undefined} whose notes are shown */
  let filled;

  function fill() {
    if (!isShown()) return;
    const index = slideshow.getCurrentSlideIndex();
    if (index < 0) return;
    const slides = slideshow.getSlides();
    bar.position.textContent = position().join(' / ');
    const top = filled === containers[index] ? notes.text.scrollTop : 0;
    filled = containers[index];
    notes.text.innerHTML = slides[index].notes;
    notes.text.scrollTop = top;
    nextNotes.text.innerHTML = index + 1 < slides.length ? slides[index + 1].notes : '';
    previewArea.replaceChildren();
    if (index + 1 < slides.length) previewArea.append(copySlide(containers[index + 1]));
    fit();
    tick();
  }

  function fit() {
    const container = previewArea.firstElementChild;
    if (container instanceof HTMLElement) fitInto(container, previewArea);
  }

  events.on('slideChanged', fill);
  events.on('resize', fit);
  events.on('modeChanged', (mode) => {
    if (mode === 'presenter') fill();
  });
  document.addEventListener('slidebuild:updated', fill);
  for (const name of ['timerChanged', 'optionsChanged']) events.on(name, tick);
  setInterval(tick, 500);
  return { notesArea, previewArea };
}

/**
 * The place of a slide's notes. It can be reached by Tab, to be scrolled with the keys.
 * @param {string} className
 * @param {string} label
 */
function createNotes(className, label) {
  const text = element('div', className);
  text.tabIndex = 0;
  text.dataset.empty = say('No notes');
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', label);
  const outer = className.replace(/notes$/, 'notes-current');
  return { text, area: element('div', `${outer}-area`, element('div', 'remark-toggle', label), text) };
}

/**
 * @param {import('./events.js').Emitter} events
 * @param {HTMLElement[]} texts  what the font size is set of
 */
function createToolbar(events, texts) {
  const clock = element('span', 'sb-clock');
  const timer = element('span', 'remark-toolbar-timer');
  const run = button('remark-toolbar-link', say('Start'), () => events.emit('toggleTimer'));
  const reset = button('remark-toolbar-link', say('Reset'), () => events.emit('resetTimer'));
  const position = button('sb-position', '', () => events.emit('toggleOverview'));
  position.title = say('Overview');
  const plan = createPlan();
  const timers = element('span', 'sb-timer', timer, run, reset);
  const sizes = element('span', 'sb-sizes', ...createFontSize(texts, events));
  const toolbar = element('div', 'remark-toolbar', position, timers, plan.area, sizes, clock, plan.line);
  return { toolbar, clock, timer, timers, run, position, plan };
}
