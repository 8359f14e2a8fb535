import { make, slideshowOf } from './dom.js';

/**
 * The ways to look at a deck, as a menu.
 * @param {string} address  of the deck
 */
export function createViews(address) {
  const button = make('button', { class: 'views', type: 'button', 'aria-expanded': 'false' }, 'Views');
  const menu = make('nav', { class: 'menu', 'aria-label': 'Views' });
  menu.hidden = true;

  /** @param {boolean} open */
  function set(open) {
    menu.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  }

  /** @param {string} label @param {string} key @param {string} method */
  function mode(label, key, method) {
    const item = make('button', { type: 'button' }, label, make('kbd', {}, key));
    item.addEventListener('click', () => {
      set(false);
      slideshowOf()?.[method]();
    });
    return item;
  }

  /** @param {string} label @param {string} href */
  function link(label, href) {
    return make('a', { href }, label);
  }
  menu.append(
    mode('Presenter', 'p', 'togglePresenterMode'),
    mode('Overview', 'o', 'toggleOverview'),
    link('PDF preview', `${address}?as=print`),
    link('Slides and PDF', `/-/two${address}`),
    link('All decks', '/?desk'),
  );
  button.addEventListener('click', () => set(menu.hidden));
  return { button, menu, close: () => set(false) };
}
