/** Where a session's name is kept: a window that is opened from this one gets a copy of it. */
const SESSION_KEY = 'slidebuild-session';

/**
 * The session of this window and its clones. Two windows that the reader opened on their own are not in step.
 * @returns {string}
 */
export function joinSession() {
  const known = currentSession();
  if (known) return known;
  const made = Math.random().toString(36).slice(2);
  try {
    sessionStorage.setItem(SESSION_KEY, made);
  } catch {
    return '';
  }
  return made;
}

/** @returns {string} the session this window belongs to, or nothing */
export function currentSession() {
  try {
    return sessionStorage.getItem(SESSION_KEY) || '';
  } catch {
    return '';
  }
}

/**
 * Words between the windows of one session. `isLive` says whether another one was heard; as long as it was not,
 * windows speak through `opener` (browsers that isolate `file://` pages, blocked storage).
 * @typedef {{join(session: string): void, send(text: string): void, isLive(): boolean}} Channel
 * @param {(text: string) => void} receive
 * @returns {Channel}
 */
export function createChannel(receive) {
  /** @type {BroadcastChannel | null} */
  let channel = null;
  let live = false;

  /** @param {string} session */
  function join(session) {
    if (channel || !session || typeof BroadcastChannel === 'undefined') return;
    channel = new BroadcastChannel(`slidebuild:${location.pathname}:${session}`);
    channel.addEventListener('message', (event) => {
      live = true;
      if (event.data === 'hello') send('here');
      else if (event.data !== 'here') receive(String(event.data));
    });
    send('hello');
  }

  /** @param {string} text */
  function send(text) {
    if (channel) channel.postMessage(text);
  }
  return { join, send, isLive: () => live };
}
