/** A window that nobody sees for so long (ms) lets go of its connection: browsers allow six to a server. */
const HIDDEN_MS = 4000;
const AGAIN_MS = 1000;

/**
 * News of the deck, one by one, for as long as the window is seen. It connects again after sleep, a restart of the
 * server, and when the window comes back into view, and says which version it has.
 * @param {string} address
 * @param {() => string} version
 * @param {(news: any) => void} receive
 * @param {(connected: boolean) => void} tell
 */
export function listen(address, version, receive, tell) {
  /** @type {EventSource | null} */
  let events = null;
  let again = 0;
  let hiding = 0;

  function open() {
    clearTimeout(again);
    if (events || document.visibilityState === 'hidden') return;
    const source = new EventSource(`${address}?version=${version()}`);
    events = source;
    source.onopen = () => tell(true);
    source.onmessage = (event) => receive(JSON.parse(event.data));
    source.onerror = () => {
      tell(false);
      close();
      again = setTimeout(open, AGAIN_MS);
    };
  }

  function close() {
    if (events) events.close();
    events = null;
  }

  document.addEventListener('visibilitychange', () => {
    clearTimeout(hiding);
    if (document.visibilityState === 'hidden') hiding = setTimeout(close, HIDDEN_MS);
    else open();
  });
  // A page that goes to sleep in the browser's history must not keep its connection.
  addEventListener('pagehide', close);
  addEventListener('pageshow', (event) => event.persisted && open());
  open();
}
