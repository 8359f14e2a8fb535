/**
 * A copy of a slide that plays and loads nothing, for the preview of the next slide and the overview. It keeps its
 * ids, since stylesheets use them; the slide itself stands before it in the page and is the one that is found.
 * @param {HTMLElement} container
 * @returns {HTMLElement}
 */
export function copySlide(container) {
  const copy = /** @type {HTMLElement} */ (container.cloneNode(true));
  copy.classList.remove('remark-fading', 'remark-visible');
  copy.inert = false;
  for (const name of ['role', 'aria-label', 'aria-roledescription']) copy.removeAttribute(name);
  for (const unwanted of copy.querySelectorAll('.remark-slide-notes,.sb-still')) unwanted.remove();
  for (const media of copy.querySelectorAll('video,audio')) {
    media.removeAttribute('autoplay');
    media.setAttribute('preload', media.hasAttribute('poster') ? 'none' : 'metadata');
  }
  for (const frame of copy.querySelectorAll('iframe,object,embed')) {
    for (const name of ['src', 'srcdoc', 'data']) frame.removeAttribute(name);
  }
  paintCanvases(container, copy);
  return copy;
}

/**
 * What scripts drew is not copied with the elements.
 * @param {HTMLElement} container
 * @param {HTMLElement} copy
 */
function paintCanvases(container, copy) {
  const drawn = container.querySelectorAll('canvas');
  copy.querySelectorAll('canvas').forEach((canvas, index) => {
    const pen = drawn[index].width && drawn[index].height ? canvas.getContext('2d') : null;
    if (pen) pen.drawImage(drawn[index], 0, 0);
  });
}
