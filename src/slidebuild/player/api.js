import { mergeOptions } from './options.js';

/** The version of remark.js whose interface this is; scripts ask for it. */
const REMARK_VERSION = '0.15.0';

/**
 * The global `remark`, so that scripts and tools written for remark.js find what they look for. The slides were
 * compiled before: `create` gives the running slideshow and takes over the options that still mean something.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./options.js').Options} options
 * @param {import('./events.js').Emitter} events
 */
export function createRemark(slideshow, options, events) {
  /** @param {any} [changes] @param {(slideshow: any) => void} [callback] */
  function create(changes, callback) {
    Object.assign(options, mergeOptions(options, changes));
    if (changes && changes.slideNumberFormat) renumber(slideshow);
    events.emit('optionsChanged');
    if (typeof callback === 'function') callback(slideshow);
    return slideshow;
  }

  /**
   * There is no Markdown compiler in the page: the text comes back as paragraphs.
   * @param {string} markdown
   * @returns {string}
   */
  function convert(markdown) {
    const paragraph = document.createElement('p');
    return String(markdown || '')
      .split(/\n\s*\n/)
      .map((text) => {
        paragraph.textContent = text.trim();
        return paragraph.outerHTML;
      })
      .join('\n');
  }
  return { create, convert, macros: {}, highlighter: createHighlighter(), version: REMARK_VERSION };
}

/**
 * remark.js's ways to load Markdown. They leave the compiled slides as they are.
 * @param {any} slideshow
 */
export function addLoaders(slideshow) {
  for (const name of ['loadFromString', 'loadFromUrl']) {
    /** @param {string} _source @param {(slideshow: any) => void} [callback] */
    slideshow[name] = (_source, callback) => {
      console.warn(`slideshow.${name}: this deck was compiled by slidebuild; the slides stay as they are.`);
      if (typeof callback === 'function') callback(slideshow);
      return slideshow;
    };
  }
}

/**
 * Code was coloured when the deck was built; languages and styles that scripts add have nothing left to do.
 */
function createHighlighter() {
  const nothing = () => undefined;
  const engine = {
    registerLanguage: nothing,
    registerAliases: nothing,
    highlightBlock: nothing,
    highlightElement: nothing,
    getLanguage: nothing,
    listLanguages: () => [],
  };
  return { engine, styles: {} };
}

/**
 * Writes the slide numbers anew. Slides without one (a theme may leave it out) stay without.
 * @param {import('./slideshow.js').Slideshow} slideshow
 */
function renumber(slideshow) {
  const slides = slideshow.getSlides();
  const total = slides.length ? slides[slides.length - 1].getSlideNumber() : 0;
  const containers = document.querySelectorAll('.remark-slides-area > .remark-slide-container');
  slides.forEach((slide, index) => {
    const place = containers[index].querySelector('.remark-slide-number');
    const format = slideshow.getSlideNumberFormat();
    const current = slide.getSlideNumber();
    if (!place) return;
    if (typeof format === 'function') place.innerHTML = format.call(slideshow, current, total);
    else place.innerHTML = format.replace('%current%', String(current)).replace('%total%', String(total));
  });
}
