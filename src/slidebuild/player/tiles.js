import { button, element } from './elements.js';
import { excerptOf } from './search.js';
import { say } from './words.js';

/**
 * One slide with its steps in the overview: `item` holds the picture's place and a button over the whole, which leads
 * to the slide `target`.
 * @typedef {{item: HTMLElement, place: HTMLElement, go: HTMLElement, title: HTMLElement,
 *   entry: import('./search.js').Entry, steps: number[], target: number}} Tile
 */

/**
 * @param {import('./search.js').Entry} entry
 * @param {import('./slide.js').Slide} slide
 * @param {{isCurrent: boolean, isSeen: boolean}} state
 * @param {() => void} choose
 * @returns {Tile}
 */
export function createTile(entry, slide, state, choose) {
  const place = element('div', 'sb-thumb');
  place.inert = true;
  const title = element('span', 'sb-tile-title');
  const go = button('sb-tile-go', '', choose);
  go.append(element('span', 'sb-tile-number', String(slide.getSlideNumber())), title);
  go.tabIndex = -1;
  if (state.isCurrent) go.setAttribute('aria-current', 'true');
  if (state.isSeen) go.append(element('span', 'sb-tile-seen', say('seen')));
  const item = element('div', 'sb-tile', place, go);
  item.setAttribute('role', 'listitem');
  const tile = { item, place, go, title, entry, steps: [], target: entry.index };
  describe(tile, '');
  return tile;
}

/**
 * Writes below a tile its slide's title and, when something was looked for, where it stands on the slide.
 * @param {Tile} tile
 * @param {string} query
 */
export function describe({ title, entry }, query) {
  title.textContent = entry.title || say('Slide %1', entry.index + 1);
  const excerpt = query && excerptOf(entry, query);
  if (!excerpt) return;
  const [before, word, after] = excerpt;
  title.append(element('small', '', before, element('mark', '', word), after));
}

/**
 * The tile that an arrow key leads to.
 * @param {HTMLElement[]} items  those that are shown, in order
 * @param {number} from
 * @param {string} key
 * @returns {number} from where there is no further one
 */
export function neighbour(items, from, key) {
  const sign = getComputedStyle(items[0]).direction === 'rtl' ? -1 : 1;
  const below = items.findIndex((item) => item.offsetTop > items[0].offsetTop);
  const columns = below === -1 ? items.length : below;
  /** @type {Record<string, number>} */
  const steps = { ArrowRight: sign, ArrowLeft: -sign, ArrowDown: columns, ArrowUp: -columns };
  const rows = { PageDown: 3 * columns, PageUp: -3 * columns, Home: -items.length, End: items.length };
  const step = steps[key] || /** @type {Record<string, number>} */ (rows)[key];
  const to = from + step;
  if (to >= 0 && to < items.length) return to;
  return key in rows ? Math.max(0, Math.min(to, items.length - 1)) : from;
}
