/**
 * The address and the slide are kept the same: `#12` is the twelfth slide, whatever number it bears; `#name` a name;
 * `#p12` opens the presenter view; an id inside a slide leads to that slide; anything else to the first.
 * No entries are added to the browser's history.
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 */
export function followLocation(slideshow, events) {
  function read() {
    const hash = decode(location.hash.slice(1));
    slideshow.gotoSlide(slideshow.getSlideByName(hash) || /^p?\d+$/.test(hash) ? hash : slideAround(hash));
    if (slideshow.getCurrentSlideIndex() === -1) slideshow.gotoFirstSlide();
    // The browser scrolls to an element of that id; slides stay where they are.
    scrollTo(0, 0);
  }

  function write() {
    const presenter = document.body.classList.contains('remark-presenter-mode') ? 'p' : '';
    const hash = `#${presenter}${slideshow.getCurrentSlideIndex() + 1}`;
    if (hash === location.hash) return;
    try {
      history.replaceState(history.state, '', hash);
    } catch {
      // A document without an address of its own (srcdoc) keeps none; Safari refuses when it is called too often.
    }
  }

  addEventListener('hashchange', () => {
    read();
    write();
  });
  events.on('slideChanged', write);
  events.on('toggledPresenter', write);
  read();
}

/**
 * @param {string} id
 * @returns {number} the slide that holds the element, counted from 1; the first where there is none
 */
function slideAround(id) {
  const found = id ? document.getElementById(id) : null;
  const container = found ? found.closest('.remark-slide-container') : null;
  if (!container || !container.parentElement) return 1;
  return [...container.parentElement.children].indexOf(container) + 1;
}

/** @param {string} text @returns {string} */
function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
