import { currentIndex, slidesOfPage } from './dom.js';

/** What has a line of its own: as in `lines.py`. */
const BLOCKS =
  'p,li,h1,h2,h3,h4,h5,h6,pre,.remark-code-line,blockquote,tr,dt,dd,figure,img,video,audio,iframe,svg,math';

const LOOK =
  '[data-sb-marking] .remark-visible [data-sb-line]:hover:not(:has([data-sb-line]:hover))' +
  '{outline:2px solid #2f5fb3;outline-offset:3px;cursor:alias}';

/**
 * Alt marks the blocks of the slide with their lines (`data-sb-line`); a click with Alt opens the line in the editor.
 * @param {string} deck  its address
 * @param {() => string} version
 * @param {(text: string, address?: string) => void} say
 */
export function createLines(deck, version, say) {
  let stamped = '';
  // Not an element of the page: the deck is to be what the build makes of it.
  const look = new CSSStyleSheet();
  look.replaceSync(LOOK);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, look];

  /** @returns {Promise<{path: string, line: number} | null>} of the slide itself */
  async function stamp() {
    const index = currentIndex();
    const container = slidesOfPage()[index];
    const answer = container && (await fetch(`/-/lines${deck}?slide=${index}`));
    if (!answer || !answer.ok) return null;
    const { path, line, blocks } = await answer.json();
    container.dataset.sbLine = line;
    container.dataset.sbFile = path;
    const found = [...container.querySelectorAll('.remark-slide-content')]
      .flatMap((content) => [...content.querySelectorAll(BLOCKS)])
      .filter((block) => !block.closest('.remark-slide-number'));
    found.forEach((block, at) => {
      if (!blocks[at]) return;
      block.setAttribute('data-sb-file', blocks[at][0]);
      block.setAttribute('data-sb-line', blocks[at][1]);
    });
    stamped = `${version()} ${index}`;
    return { path, line };
  }

  async function prepare() {
    if (stamped !== `${version()} ${currentIndex()}`) await stamp();
  }

  /** @param {string} path @param {number} line */
  async function open(path, line) {
    const answer = await fetch(`/-/open${deck}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ path, line }),
    });
    const { editor, address } = answer.ok ? await answer.json() : { editor: '', address: '' };
    if (editor) say(`${path}:${line} in ${editor}`);
    else if (address) say(`${path}:${line}`, address);
    else say(`${path}:${line} cannot be opened`);
  }

  /** @param {MouseEvent} event */
  async function click(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (!event.altKey || event.button !== 0 || !target?.closest('.remark-slides-area')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await prepare();
    const block = target.closest('[data-sb-line]');
    if (block) await open(block.getAttribute('data-sb-file') || '', Number(block.getAttribute('data-sb-line')));
  }

  /** @param {boolean} on */
  function mark(on) {
    document.documentElement.toggleAttribute('data-sb-marking', on);
    if (on) prepare();
  }

  addEventListener('click', click, true);
  addEventListener('keydown', (event) => event.key === 'Alt' && !event.repeat && mark(true));
  addEventListener('keyup', (event) => event.key === 'Alt' && mark(false));
  addEventListener('blur', () => mark(false));
  return { open, prepare };
}
