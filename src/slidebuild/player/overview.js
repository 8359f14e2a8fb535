import { createDialog } from './dialog.js';
import { button, element } from './elements.js';
import { bestOf, findEntries, readTexts } from './search.js';
import { createThumbnails } from './thumbnails.js';
import { createTile, describe, neighbour } from './tiles.js';
import { say } from './words.js';

const MOVES = ['ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End'];

/**
 * The overview: all slides in a grid, with a search over titles and text. The steps of a slide are one picture, that
 * of the last. Arrow keys move, Return goes, `o` and Esc close. It is made anew whenever it opens, so that it shows the
 * slides as they are.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {HTMLElement[]} containers
 * @param {() => string[]} titles
 * @param {import('./events.js').Emitter} events
 * @param {(index: number) => boolean} hasSeen
 * @param {() => number} slideWidth  in px
 * @returns {HTMLElement}
 */
export function createOverview(slideshow, containers, titles, events, hasSeen, slideWidth) {
  const dialog = createDialog('overview', 'sb-overview', say('Overview'), events);
  const bar = createBar(events);
  // No `ul`: lists on the slides would count as lists within a list.
  const grid = element('div', 'sb-tiles');
  grid.setAttribute('role', 'list');
  const nothing = element('p', 'sb-nothing', say('No slide has these words.'));
  dialog.append(bar.bar, grid, nothing);
  const thumbnails = createThumbnails();
  /** @type {import('./search.js').Entry[]} */
  let entries = [];
  /** @type {import('./tiles.js').Tile[]} */
  let tiles = [];
  /** @type {import('./tiles.js').Tile | undefined} the one that Return goes to and Tab reaches */
  let chosen;

  /** @param {import('./tiles.js').Tile | undefined} tile */
  function choose(tile) {
    if (chosen) chosen.go.tabIndex = -1;
    chosen = tile;
    for (const { item } of tiles) item.classList.toggle('sb-chosen', Boolean(tile) && item === tile?.item);
    if (!tile) return;
    tile.go.tabIndex = 0;
    tile.item.scrollIntoView({ block: 'nearest' });
  }

  /** @param {import('./tiles.js').Tile} tile */
  function go(tile) {
    events.emit('setMode', 'overview', false);
    slideshow.gotoSlide(tile.target + 1);
  }

  function open() {
    thumbnails.stop();
    const slides = slideshow.getSlides();
    const current = slideshow.getCurrentSlideIndex();
    entries = readTexts(containers, titles());
    tiles = groupSteps(containers).map((steps) => {
      const state = { isCurrent: steps.includes(current), isSeen: steps.some(hasSeen) };
      const last = steps[steps.length - 1];
      /** @type {import('./tiles.js').Tile} */
      const tile = createTile(entries[last], slides[steps[0]], state, () => go(tile));
      tile.steps = steps;
      thumbnails.watch(tile.place, containers[last]);
      return tile;
    });
    grid.replaceChildren(...tiles.map(({ item }) => item));
    fit();
    bar.search.value = '';
    look();
    if (!chosen) return;
    chosen.item.scrollIntoView({ block: 'center' });
    chosen.go.focus({ preventScroll: true });
  }

  /** All pictures have one size, so it is measured once. */
  function fit() {
    const shown = tiles.find(({ item }) => !item.hidden);
    if (!shown) return;
    grid.style.setProperty('--sb-tile', String(shown.place.clientWidth / slideWidth()));
    grid.style.setProperty('--sb-row', `${shown.item.clientHeight}px`);
  }

  function close() {
    thumbnails.stop();
    grid.replaceChildren();
    tiles = [];
    chosen = undefined;
  }

  function look() {
    const query = bar.search.value.trim();
    const found = findEntries(entries, query);
    const indices = new Set(found.map(({ index }) => index));
    const current = slideshow.getCurrentSlideIndex();
    let count = 0;
    for (const tile of tiles) {
      const steps = tile.steps.filter((index) => indices.has(index));
      tile.item.hidden = !steps.length;
      tile.target = !query && steps.includes(current) ? current : steps[0];
      if (!steps.length) continue;
      describe(tile, query);
      count++;
    }
    nothing.hidden = count > 0;
    bar.count.textContent = query ? say('%1 of %2', count, tiles.length) : String(count);
    const best = query ? bestOf(found, query)?.index : current;
    choose(tiles.find(({ steps }) => steps.includes(best ?? -1)));
  }

  /** @param {string} key */
  function move(key) {
    const shown = tiles.filter(({ item }) => !item.hidden);
    if (!shown.length) return;
    const from = chosen ? shown.indexOf(chosen) : 0;
    const to = document.activeElement === bar.search ? from : neighbour(shown.map(({ item }) => item), from, key);
    choose(shown[to]);
    shown[to].go.focus({ preventScroll: true });
  }

  dialog.addEventListener('keydown', (event) => {
    // No key of the slideshow's own works here, but those of the browser do.
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const typing = event.target === bar.search;
    const inGrid = event.target instanceof Element && event.target.closest('.sb-tiles') !== null;
    if (typing ? event.key === 'ArrowDown' : inGrid && MOVES.includes(event.key)) move(event.key);
    else if (typing && event.key === 'Enter' && chosen) go(chosen);
    else if (!typing && event.key === '/') bar.search.focus();
    else if (!typing && event.key.toLowerCase() === 'o') events.emit('setMode', 'overview', false);
    else return;
    event.preventDefault();
  });
  bar.search.addEventListener('input', look);
  events.on('resize', fit);
  events.on('modeChanged', (mode, on) => {
    if (mode === 'overview') (on ? open : close)();
  });
  events.on('search', () => {
    events.emit('setMode', 'overview', true);
    bar.search.focus();
  });
  document.addEventListener('slidebuild:updated', () => dialog.open && open());
  return dialog;
}

/**
 * @param {HTMLElement[]} containers
 * @returns {number[][]} the indices of each slide and the steps that continue it
 */
function groupSteps(containers) {
  /** @type {number[][]} */
  const groups = [];
  containers.forEach((container, index) => {
    if (index && container.querySelector('.remark-slide-incremental')) groups[groups.length - 1].push(index);
    else groups.push([index]);
  });
  return groups;
}

/** @param {import('./events.js').Emitter} events */
function createBar(events) {
  const search = /** @type {HTMLInputElement} */ (element('input', 'sb-search'));
  search.type = 'search';
  search.placeholder = say('Search');
  search.setAttribute('aria-label', say('Search titles and text'));
  search.setAttribute('enterkeyhint', 'go');
  search.spellcheck = false;
  const count = element('span', 'sb-count');
  count.setAttribute('role', 'status');

  /** @param {string} label @param {string} name */
  function leave(label, name) {
    return button('sb-button', say(label), () => {
      events.emit('setMode', 'overview', false);
      if (name) events.emit(name);
    });
  }
  const buttons = element(
    'div',
    'sb-buttons',
    leave('Presenter view', 'togglePresenterMode'),
    leave('Full screen', 'toggleFullscreen'),
    leave('Keys', 'toggleHelp'),
    leave('Close', ''),
  );
  return { bar: element('div', 'sb-bar', search, count, buttons), search, count };
}
