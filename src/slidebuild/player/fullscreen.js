/**
 * Full screen on and off. A browser that refuses (no user gesture, not allowed in a frame) leaves things as they are.
 * @param {import('./events.js').Emitter} events
 */
export function handleFullscreen(events) {
  events.on('toggleFullscreen', () => {
    const root = document.documentElement;
    if (!document.fullscreenElement && !root.requestFullscreen) return;
    const change = document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen();
    change.catch(() => undefined);
  });
  document.addEventListener('fullscreenchange', () => events.emit('resize'));
}
