/**
 * One slide as scripts see it (remark.js's Slide object). `content` and `notes` hold HTML, since the Markdown was
 * compiled away.
 * @typedef {object} Slide
 * @property {Record<string, string>} properties
 * @property {string[]} content
 * @property {string} notes
 * @property {Record<string, unknown>} links
 * @property {() => number} getSlideIndex   counted from 0
 * @property {() => number} getSlideNumber  as printed on the slide
 *
 * @typedef {{name?: string | null, number?: number, properties?: Record<string, string>, title?: string}} SlideData
 */

/**
 * @param {HTMLElement} container  the slide's `.remark-slide-container`
 * @param {SlideData} data
 * @param {number} index
 * @returns {Slide}
 */
export function createSlide(container, data, index) {
  const properties = { ...data.properties };
  if (data.name && properties.name === undefined) properties.name = data.name;
  return {
    properties,
    links: {},
    get content() {
      return [innerHTML(container, '.remark-slide-content')];
    },
    get notes() {
      return innerHTML(container, '.remark-slide-notes').trim();
    },
    getSlideIndex: () => index,
    getSlideNumber: () => data.number || index + 1,
  };
}

/**
 * @param {HTMLElement} container
 * @param {string} selector
 * @returns {string}
 */
function innerHTML(container, selector) {
  const found = container.querySelector(selector);
  return found ? found.innerHTML : '';
}
