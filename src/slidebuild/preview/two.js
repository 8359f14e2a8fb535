/** Brings the printed page of the slide that is shown into view. */
(() => {
  'use strict';
  const slides = /** @type {HTMLIFrameElement} */ (document.getElementById('slides'));
  const sheets = /** @type {HTMLIFrameElement} */ (document.getElementById('sheets'));
  /** @type {any} the slideshow that is listened to */
  let heard = null;

  function show() {
    const shown = slides.contentDocument?.querySelector('.remark-visible');
    const page = sheets.contentDocument;
    const index = shown?.getAttribute('data-sb-index');
    if (!shown || !page || index === null || index === undefined) return;
    // A step that is folded in paper leads to the page of its last step.
    const found = [...page.querySelectorAll('.remark-slide-container')].find(
      (sheet) => Number(sheet.getAttribute('data-sb-index')) >= Number(index),
    );
    found?.scrollIntoView({ block: 'center' });
  }

  function hear() {
    const slideshow = /** @type {any} */ (slides.contentWindow)?.slideshow;
    if (!slideshow || slideshow === heard) return;
    heard = slideshow;
    slideshow.on('slideChanged', () => requestAnimationFrame(show));
    show();
  }
  slides.addEventListener('load', hear);
  sheets.addEventListener('load', show);
  hear();
})();
