/**
 * The running slideshow: which slide is shown, how to get to another, and what is told to whom. Methods and events
 * are remark.js's; they need no `this`, so that `button.onclick = slideshow.gotoNextSlide` works.
 *
 * @typedef {import('./slide.js').Slide} Slide
 * @typedef {import('./options.js').Options} Options
 * @typedef {import('./events.js').Emitter} Emitter
 * @typedef {{show(index: number): void, hide(index: number): void}} Stage
 */

/**
 * @param {Slide[]} slides
 * @param {Options} options  kept by reference: changed options count at once
 * @param {Emitter} events
 * @param {Stage} stage
 */
export function createSlideshow(slides, options, events, stage) {
  const lookup = createLookup(slides);
  const slideshow = {
    on,
    getSlides: () => slides.slice(),
    getSlideCount: () => slides.length,
    ...lookup,
    ...createNavigation(slides, lookup, events, stage),
    ...createGetters(options),
    ...createToggles(events),
    getLinks: () => options.links || {},
    /** Fits the slides to the window again. */
    update: () => events.emit('resize'),
    /** The window that `createClone` opened. @type {Window | null} */
    clone: null,
  };

  /**
   * @param {string} name
   * @param {(slide: Slide) => void} listener
   */
  function on(name, listener) {
    events.on(name, listener);
    return slideshow;
  }
  return slideshow;
}

/** @typedef {ReturnType<typeof createSlideshow>} Slideshow */

/**
 * Finding slides by index, number and name. Several slides share a number where some are not counted.
 * @param {Slide[]} slides
 */
function createLookup(slides) {
  /** @param {number | string} number @returns {Slide[]} */
  function getSlidesByNumber(number) {
    return slides.filter((slide) => slide.getSlideNumber() === Number(number));
  }

  /** @param {string} name @returns {Slide | undefined} */
  function getSlideByName(name) {
    return slides.filter((slide) => name && slide.properties.name === name).pop();
  }

  /**
   * What `gotoSlide` and the address understand: a number or numeral counts all slides from 1 (a numeral beyond them
   * may be a name), anything else is a name; an unknown name is the first slide.
   * @param {number | string} numberOrName
   * @returns {number} an index, which may lie outside of the deck
   */
  function findIndex(numberOrName) {
    if (typeof numberOrName === 'number') return numberOrName - 1;
    const named = getSlideByName(numberOrName);
    if (/^\d+$/.test(numberOrName) && (!named || Number(numberOrName) <= slides.length)) return Number(numberOrName) - 1;
    return named ? named.getSlideIndex() : 0;
  }
  return { getSlidesByNumber, getSlideByName, findIndex };
}

/**
 * @param {Slide[]} slides
 * @param {ReturnType<typeof createLookup>} lookup
 * @param {Emitter} events
 * @param {Stage} stage
 */
function createNavigation(slides, { findIndex, getSlideByName }, events, stage) {
  let current = -1;
  let moving = false;
  /** @type {[number, boolean] | null} */
  let next = null;

  /**
   * Listeners hear of a move in remark.js's order, and `getCurrentSlideIndex()` changes when the last of them was
   * told. A move that a listener asks for begins when this one is done.
   * @param {number} index
   * @param {boolean} silent  whether windows in step are not to be told
   */
  function move(index, silent) {
    if (moving) {
      next = [index, silent];
      return;
    }
    if (index === current || index < 0 || index >= slides.length) return;
    moving = true;
    if (current !== -1) {
      const leaving = slides[current];
      events.emit('hideSlide', leaving);
      events.emit('beforeHideSlide', leaving);
      stage.hide(current);
      events.emit('afterHideSlide', leaving);
    }
    const entering = slides[index];
    events.emit('showSlide', entering);
    events.emit('beforeShowSlide', entering);
    stage.show(index);
    events.emit('afterShowSlide', entering);
    const first = current === -1;
    current = index;
    moving = false;
    events.emit('slideChanged', entering, { silent, first });
    followUp();
  }

  function followUp() {
    if (!next) return;
    const [index, silent] = next;
    next = null;
    move(index, silent);
  }

  events.on('slidesExchanged', (placeOf) => {
    current = placeOf(current);
  });

  return {
    getCurrentSlideIndex: () => current,
    /**
     * @param {number | string} numberOrName  counted from 1 over all slides, a name, or `p12`: in presenter view
     * @param {boolean} [noMessage]
     */
    gotoSlide(numberOrName, noMessage) {
      const presenter = getSlideByName(String(numberOrName)) ? null : /^p(\d+)$/.exec(String(numberOrName));
      if (presenter) events.emit('forcePresenterMode');
      move(findIndex(presenter ? presenter[1] : numberOrName), noMessage === true);
    },
    /**
     * @param {number | string} number  as printed on the slide
     * @param {boolean} [noMessage]
     */
    gotoSlideNumber(number, noMessage) {
      const found = slides.find((slide) => slide.getSlideNumber() === Number(number));
      if (found) move(found.getSlideIndex(), noMessage === true);
    },
    gotoPreviousSlide: () => move(current - 1, false),
    gotoNextSlide: () => move(current + 1, false),
    gotoFirstSlide: () => move(0, false),
    gotoLastSlide: () => move(slides.length - 1, false),
  };
}

/** @param {Options} options */
function createGetters(options) {
  return {
    getRatio: () => options.ratio,
    getHighlightStyle: () => options.highlightStyle,
    getHighlightLines: () => options.highlightLines,
    getHighlightSpans: () => options.highlightSpans,
    getHighlightInlineCode: () => options.highlightInlineCode,
    getHighlightLanguage: () => options.highlightLanguage,
    getSlideNumberFormat: () => options.slideNumberFormat,
    getCloneTarget: () => options.cloneTarget,
  };
}

/**
 * Commands that others carry out: each is an event of the same name.
 * @param {Emitter} events
 */
function createToggles(events) {
  return {
    pause: () => events.emit('pause'),
    resume: () => events.emit('resume'),
    togglePresenterMode: () => events.emit('togglePresenterMode'),
    toggleHelp: () => events.emit('toggleHelp'),
    toggleBlackout: () => events.emit('toggleBlackout'),
    toggleMirrored: () => events.emit('toggleMirrored'),
    toggleFullscreen: () => events.emit('toggleFullscreen'),
    toggleTimer: () => events.emit('toggleTimer'),
    resetTimer: () => events.emit('resetTimer'),
    createClone: () => events.emit('createClone'),
    toggleOverview: () => events.emit('toggleOverview'),
    /** Opens the overview with the search. */
    search: () => events.emit('search'),
    /** To the slide that was left by the last jump. */
    goBack: () => events.emit('goBack'),
    enlargeNotes: () => events.emit('resizeNotes', 0.1),
    shrinkNotes: () => events.emit('resizeNotes', -0.1),
    hideOverlay: () => events.emit('hideOverlay'),
  };
}
