import { make, slidesOfPage } from './dom.js';
import { morph } from './morph.js';

/**
 * What makes the next page of this one: the server's word for it (see `patching.py`).
 * @typedef {{from: number | null, html?: string, attributes?: Record<string, string>, number?: string, data?: string}} Change
 * @typedef {{base?: string, version: string, reload?: boolean, rest?: string, title?: string, data?: string,
 *   styles?: Record<string, string>, slides: (Change | [number, number])[], edited?: [number, number]}} Patch
 */

/**
 * The page, which takes patches. Made before the player starts, which adds styles of its own.
 * @param {string} rest  digest of what no patch can change
 */
export function createPage(rest) {
  const styles = [...document.querySelectorAll('style, link[rel~="stylesheet"]')];
  const parser = document.createElement('template');

  /** @param {string} html @returns {HTMLElement} */
  function parse(html) {
    parser.innerHTML = html;
    return /** @type {HTMLElement} */ (document.adoptNode(/** @type {Node} */ (parser.content.firstElementChild)));
  }

  /** @param {HTMLElement} container @param {Change} change */
  function changeSlide(container, change) {
    let attributes = change.attributes;
    if (change.html !== undefined) {
      const fresh = parse(change.html);
      attributes = Object.fromEntries([...fresh.attributes].map(({ name, value }) => [name, value]));
      for (const selector of ['.remark-slide', '.remark-slide-notes']) {
        const [old, next] = [container.querySelector(selector), fresh.querySelector(selector)];
        if (old && next) morph(old, next);
      }
    }
    for (const [name, value] of Object.entries(attributes || {})) {
      if (name !== 'class' && container.getAttribute(name) !== value) container.setAttribute(name, value);
    }
    const place = change.number !== undefined && container.querySelector('.remark-slide-number');
    if (place) place.innerHTML = change.number || '';
  }

  /**
   * Carries out the steps; what they don't name is gone.
   * @param {Patch} patch
   * @returns {{changed: HTMLElement[], isOther: boolean}} the slides that differ, and whether there are others now
   */
  function changeSlides(patch) {
    const area = /** @type {HTMLElement} */ (document.querySelector('.remark-slides-area'));
    const before = slidesOfPage();
    /** @type {HTMLElement[]} */
    const after = [];
    /** @type {HTMLElement[]} */
    const changed = [];
    for (const step of patch.slides) {
      if (Array.isArray(step)) {
        for (let index = step[0]; index < step[0] + step[1]; index += 1) after.push(before[index]);
        continue;
      }
      const old = step.from === null ? undefined : before[step.from];
      const container = old || parse(step.html || '');
      if (old) changeSlide(old, step);
      after.push(container);
      if (step.html !== undefined) changed.push(container);
    }
    const isOther = after.length !== before.length || after.some((container, index) => container !== before[index]);
    if (isOther) arrange(area, before, after);
    return { changed, isOther };
  }

  /** Slides that stay are not moved. @param {HTMLElement} area @param {HTMLElement[]} before @param {HTMLElement[]} after */
  function arrange(area, before, after) {
    const kept = new Set(after);
    for (const container of before) {
      if (!kept.has(container)) container.remove();
    }
    let next = area.querySelector(':scope > .remark-slide-container');
    for (const container of after) {
      if (container === next) next = next.nextElementSibling;
      else area.insertBefore(container, next);
    }
  }

  /** @param {Patch} patch */
  function changeStyles(patch) {
    for (const [at, html] of Object.entries(patch.styles || {})) {
      const old = styles[Number(at)];
      const fresh = parse(html);
      if (old.isEqualNode(fresh)) continue;
      if (old instanceof HTMLStyleElement && fresh instanceof HTMLStyleElement) {
        old.textContent = fresh.textContent;
        continue;
      }
      styles[Number(at)] = fresh;
      // A linked sheet takes a moment to load; until then the old one keeps the slides in shape.
      old.after(fresh);
      for (const name of ['load', 'error']) fresh.addEventListener(name, () => old.remove(), { once: true });
    }
  }

  /**
   * What the player knows of the deck, written anew.
   * @param {Patch} patch
   * @returns {'same' | 'moved' | 'other'} `moved`: names, numbers or properties of slides differ; `other`: what the
   *   player reads only as it starts
   */
  function changeData(patch) {
    const place = document.getElementById('sb-deck') || make('script', {});
    const { slides, ...deck } = JSON.parse(place.textContent || '{"slides":[]}');
    const next = patch.data === undefined ? deck : JSON.parse(patch.data);
    if (JSON.stringify({ ...deck, title: '' }) !== JSON.stringify({ ...next, title: '' })) return 'other';
    /** @type {any[]} */
    const data = [];
    let moved = false;
    for (const step of patch.slides) {
      if (Array.isArray(step)) {
        data.push(...slides.slice(step[0], step[0] + step[1]));
        continue;
      }
      const old = step.from === null ? undefined : slides[step.from];
      const fresh = step.data === undefined ? old : JSON.parse(step.data);
      moved = moved || bones(old) !== bones(fresh);
      data.push(fresh);
    }
    if (patch.data !== undefined || data.length !== slides.length || patch.slides.some((step) => !Array.isArray(step))) {
      place.textContent = JSON.stringify({ ...next, slides: data }).replace(/</g, '\\u003c');
    }
    return moved ? 'moved' : 'same';
  }

  return {
    /**
     * @param {Patch} patch
     * @returns {HTMLElement[] | null} the slides that differ; null when the page has to be loaded again
     */
    take(patch) {
      if (patch.reload || (patch.rest !== undefined && patch.rest !== rest)) return null;
      if (!document.querySelector('.remark-slides-area')) return null;
      const data = changeData(patch);
      if (data === 'other') return null;
      changeStyles(patch);
      const { changed, isOther } = changeSlides(patch);
      if (patch.title !== undefined && document.title !== patch.title) document.title = patch.title;
      if (isOther || data === 'moved') document.dispatchEvent(new CustomEvent('slidebuild:slides'));
      document.dispatchEvent(new CustomEvent('slidebuild:updated', { detail: { version: patch.version } }));
      return changed;
    },
  };
}

/** What the player knows of a slide but for what it looks up each time. @param {any} slide @returns {string} */
function bones(slide) {
  return JSON.stringify({ ...slide, title: '', notes: false });
}
