import { createSlide } from './slide.js';

/**
 * Goes on with other slides when the preview has changed which there are (`slidebuild:slides` on the document): the
 * lists that all parts of the player hold are changed in place. The slide that is shown stays, wherever it stands now;
 * where it is gone, the one that has taken its place is shown.
 * @param {HTMLElement} area
 * @param {HTMLElement[]} containers
 * @param {import('./slide.js').Slide[]} slides
 * @param {() => {slides: import('./slide.js').SlideData[]}} readData
 * @param {import('./slideshow.js').Slideshow} slideshow
 * @param {import('./events.js').Emitter} events
 */
export function takeExchangedSlides(area, containers, slides, readData, slideshow, events) {
  document.addEventListener('slidebuild:slides', () => {
    const before = containers.slice();
    const now = containersIn(area);
    const { slides: data } = readData();
    const place = slideshow.getCurrentSlideIndex();
    containers.splice(0, containers.length, ...now);
    slides.splice(0, slides.length, ...now.map((container, index) => createSlide(container, data[index] || {}, index)));
    /** @type {Map<HTMLElement, number>} */
    const places = new Map(now.map((container, index) => [container, index]));
    /** @param {number} index @returns {number} where that slide stands now; -1 for one that is gone */
    const placeOf = (index) => places.get(before[index]) ?? -1;
    events.emit('slidesExchanged', placeOf);
    const current = slideshow.getCurrentSlideIndex();
    if (current === -1) slideshow.gotoSlide(Math.max(1, Math.min(place + 1, slides.length)), true);
    else events.emit('slideChanged', slides[current], { silent: true, first: true });
  });
}

/** @param {HTMLElement} area @returns {HTMLElement[]} the slides in it */
export function containersIn(area) {
  return /** @type {HTMLElement[]} */ ([...area.children]).filter((child) =>
    child.classList.contains('remark-slide-container'),
  );
}
