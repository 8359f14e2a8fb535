import { currentIndex, slideshowOf } from './dom.js';

const KEY = 'slidebuild-follow';

/**
 * Goes to the slide that was edited, unless this is turned off or somebody presents.
 * @param {boolean} isWanted  whether it is on at first
 */
export function createFollowing(isWanted) {
  const kept = sessionStorage.getItem(KEY);
  let isOn = kept === null ? isWanted : kept === 'on';

  /** In presenter view, in full screen, and in a window that goes along with another one. @returns {boolean} */
  function isPresenting() {
    if (document.fullscreenElement || document.body.classList.contains('remark-presenter-mode')) return true;
    return sessionStorage.getItem('slidebuild-session') !== null;
  }

  return {
    isOn: () => isOn,
    toggle() {
      isOn = !isOn;
      sessionStorage.setItem(KEY, isOn ? 'on' : 'off');
    },
    /** @param {[number, number] | undefined} edited  first and last slide */
    go(edited) {
      if (!edited || !isOn || isPresenting()) return;
      const current = currentIndex();
      if (current < edited[0] || current > edited[1]) slideshowOf()?.gotoSlide(edited[0] + 1, true);
    },
  };
}
