/** The page as it will print: it is fetched again when the deck changes, and keeps its place. */
(() => {
  'use strict';
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  /** @type {{events: string, deck: string, version: string, count: number}} */
  const told = JSON.parse(script.dataset.sheets || '{}');
  let { version } = told;
  const bar = createBar();
  let busy = Promise.resolve();

  function createBar() {
    const host = document.createElement('div');
    const shadow = host.attachShadow({ mode: 'open' });
    const sheet = document.createElement('link');
    Object.assign(sheet, { rel: 'stylesheet', href: '/-/two.css' });
    const bar = document.createElement('header');
    const words = document.createElement('span');
    for (const [label, href] of [['Slides', location.pathname], ['Both', `/-/two${location.pathname}`], ['All decks', '/?desk']]) {
      const link = document.createElement('a');
      Object.assign(link, { textContent: label, href, target: '_top' });
      bar.append(link);
    }
    bar.prepend(words);
    shadow.append(sheet, bar);
    if (window === top) document.body.append(host);
    return words;
  }

  function label() {
    const count = document.querySelectorAll('.remark-slides-area > .remark-slide-container').length;
    bar.textContent = `${told.deck} as it will print: ${count} page${count === 1 ? '' : 's'}`;
  }

  async function renew() {
    const answer = await fetch(location.href, { cache: 'no-store' });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const [old, fresh] = [document, page].map((one) => one.querySelector('.remark-slides-area'));
    if (!answer.ok || !old || !fresh) return;
    const [before, after] = [old, fresh].map((area) => /** @type {Element[]} */ ([...area.children]));
    after.forEach((slide, index) => {
      if (!before[index]) old.append(slide);
      else if (!before[index].isEqualNode(slide)) before[index].replaceWith(slide);
    });
    for (const slide of before.slice(after.length)) slide.remove();
    const [styles, next] = [document, page].map((one) => [...one.querySelectorAll('head > style')]);
    next.forEach((style, index) => {
      if (styles[index] && styles[index].textContent !== style.textContent) styles[index].textContent = style.textContent;
    });
    label();
  }

  function listen() {
    const events = new EventSource(`${told.events}?version=${version}`);
    events.onmessage = (event) => {
      const news = JSON.parse(event.data);
      if (news.version === version) return;
      version = news.version;
      busy = busy.then(renew).catch(() => location.reload());
    };
    events.onerror = () => {
      events.close();
      setTimeout(listen, 1000);
    };
    addEventListener('pagehide', () => events.close(), { once: true });
  }
  label();
  listen();
})();
