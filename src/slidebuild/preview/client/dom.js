/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function make(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** @returns {HTMLElement[]} the slides of the page */
export function slidesOfPage() {
  return /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll('.remark-slides-area > .remark-slide-container'),
  ]);
}

/** @returns {any} the player's slideshow, once it has started */
export function slideshowOf() {
  return /** @type {any} */ (window).slideshow;
}

/** @returns {number} of the slide that is shown; -1 while there is none */
export function currentIndex() {
  const slideshow = slideshowOf();
  return slideshow ? slideshow.getCurrentSlideIndex() : -1;
}
