/**
 * The options of the running slideshow, under remark.js's names. They come from the page's data and may be changed
 * later by an old page's `remark.create(options)`.
 * @typedef {{scroll: boolean, touch: boolean, click: boolean, shortcuts: boolean}} Navigation
 * @typedef {{startOnChange: boolean, resetable: boolean, enabled: boolean, formatter?: (elapsed: number) => string}} TimerOptions
 * @typedef {object} Options
 * @property {string} ratio
 * @property {Navigation} navigation
 * @property {TimerOptions} timer
 * @property {string | ((current: number, total: number) => string)} slideNumberFormat
 * @property {string} cloneTarget
 * @property {string} highlightStyle
 * @property {string} highlightLanguage
 * @property {boolean} highlightLines
 * @property {boolean | RegExp | string} highlightSpans
 * @property {boolean} highlightInlineCode
 * @property {Record<string, unknown>} [links]
 * @property {number | null} [minutes]  that the talk is to last
 * @property {Record<string, string>} [words]  the player's words in the deck's language
 */

/** remark.js's defaults. */
export const DEFAULTS = {
  ratio: '4:3',
  navigation: { scroll: true, touch: true, click: false, shortcuts: true },
  timer: { startOnChange: true, resetable: true, enabled: true },
  slideNumberFormat: '%current% / %total%',
  cloneTarget: '_blank',
  highlightStyle: 'default',
  highlightLanguage: '',
  highlightLines: false,
  highlightSpans: false,
  highlightInlineCode: false,
};

/**
 * Lays options over others; `navigation` and `timer` are merged key by key. What is undefined or null changes nothing.
 * @param {any} under
 * @param {any} over
 * @returns {any}
 */
export function mergeOptions(under, over) {
  const merged = { ...under };
  for (const [key, value] of Object.entries(over || {})) {
    if (value === undefined || value === null) continue;
    const nested = key === 'navigation' || key === 'timer';
    merged[key] = nested ? { ...under[key], ...value } : value;
  }
  return merged;
}
