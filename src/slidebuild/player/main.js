import { createAnnouncer } from './announce.js';
import { addLoaders, createRemark } from './api.js';
import { handleClone } from './clone.js';
import { element } from './elements.js';
import { createEmitter } from './events.js';
import { containersIn, takeExchangedSlides } from './exchange.js';
import { handleFullscreen } from './fullscreen.js';
import { handleAnimatedPictures } from './gifs.js';
import { createHelp } from './help.js';
import { keepHistory } from './history.js';
import { listenToKeys } from './keyboard.js';
import { followLocation } from './location.js';
import { handleMedia } from './media.js';
import { createMenu } from './menu.js';
import { keepInStep } from './messages.js';
import { createModes } from './modes.js';
import { listenToMouse } from './mouse.js';
import { DEFAULTS, mergeOptions } from './options.js';
import { createOverview } from './overview.js';
import { createPresenter } from './presenter.js';
import { preparePrinting } from './printing.js';
import { slideSize } from './scaler.js';
import { createShortcuts } from './shortcuts.js';
import { createSlide } from './slide.js';
import { createSlideshow } from './slideshow.js';
import { createStage } from './stage.js';
import { createTimer } from './timer.js';
import { listenToTouch } from './touch.js';
import { keepScreenOn } from './wakelock.js';
import { say, useWords } from './words.js';

/**
 * Starts the player on the slides of the page. Should it fail, the page falls back to all slides under one another.
 * @param {object} defaults  options that the page's own data overrides
 */
export function start(defaults) {
  document.documentElement.classList.add('sb-js', 'remark-container');
  try {
    play(defaults);
  } catch (error) {
    document.documentElement.classList.remove('sb-js', 'remark-container');
    throw error;
  }
}

/** @param {object} defaults */
function play(defaults) {
  const area = document.querySelector('.remark-slides-area');
  if (!(area instanceof HTMLElement)) throw new Error('The page has no .remark-slides-area');
  const data = readData();
  const options = mergeOptions(mergeOptions(DEFAULTS, defaults), { ...data, slides: null });
  useWords(options.words);
  const containers = containersIn(area);
  const slides = containers.map((container, index) => createSlide(container, data.slides[index] || {}, index));

  const events = createEmitter();
  const stage = createStage(area, containers, options, events);
  const slideshow = createSlideshow(slides, options, events, stage);
  addLoaders(slideshow);
  const modes = createModes(slideshow, events);
  const timer = createTimer(options, events);
  const shortcuts = createShortcuts(options);
  const history = keepHistory(slideshow, events);
  const titles = () => readTitles(slides.length);
  const presenter = createPresenter(slideshow, containers, events, timer, options, stage.fitInto);
  area.before(presenter.notesArea);
  area.after(
    presenter.previewArea,
    element('div', 'remark-backdrop'),
    element('div', 'remark-pause', element('div', 'remark-pause-lozenge', element('span', '', say('Paused')))),
    createMenu(events),
    createOverview(slideshow, containers, titles, events, history.hasSeen, () => slideSize(options.ratio).width),
    createHelp(events, shortcuts),
    createAnnouncer(containers, events),
  );

  handleFullscreen(events);
  preparePrinting(options, events);
  const paused = () => modes.isOn('pause');
  listenToKeys(slideshow, paused, shortcuts.areOn);
  listenToMouse(slideshow, options, paused);
  listenToTouch(slideshow, options, paused);
  addEventListener('resize', () => events.emit('resize'));

  Object.assign(window, { slideshow, remark: createRemark(slideshow, options, events) });
  const channel = keepInStep(slideshow, events);
  handleClone(slideshow, events, channel);
  const isPresenter = () => modes.isOn('presenter');
  handleMedia(area, containers, events, () => isPresenter() && channel.isLive());
  handleAnimatedPictures(containers, events);
  keepScreenOn(events, () => isPresenter() || document.fullscreenElement !== null || channel.isLive());
  takeExchangedSlides(area, containers, slides, readData, slideshow, events);
  followLocation(slideshow, events);
  document.documentElement.classList.add('sb-started');
}

/**
 * The slides' titles as they are now: the preview may have changed them.
 * @param {number} count
 * @returns {string[]}
 */
function readTitles(count) {
  const { slides } = readData();
  return Array.from({ length: count }, (_, index) => (slides[index] || {}).title || '');
}

/** @returns {any} the deck's data, written into the page by the compiler */
function readData() {
  const script = document.getElementById('sb-deck');
  return { slides: [], ...JSON.parse((script && script.textContent) || '{}') };
}
