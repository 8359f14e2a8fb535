// A frame of a video as a PNG: { data: "data:image/png;base64,…" }, or { data: null } when the browser can't show it.
async ({ address, moment, seconds }) => {
  const video = document.createElement("video");
  const canvas = document.createElement("canvas");
  document.body.append(video); // else no frame is shown
  const until = (name) =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener("error", reject, { once: true });
    });
  const seek = async (time) => {
    // Once it is there, a busy browser may still show the frame before: it tells when it has shown the right one.
    const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const there = until("seeked");
    video.currentTime = time;
    await Promise.all([there, shown]);
  };
  const draw = async () => {
    // From a blob, because the browser seeks only where a server answers requests for parts.
    const blob = await (await fetch(address)).blob();
    video.muted = true;
    video.preload = "auto";
    const ready = until("loadeddata");
    video.src = URL.createObjectURL(blob);
    await ready;
    if (video.videoWidth === 0) return { data: null }; // sound only
    if (moment !== "first" && moment !== 0) {
      // A recording that does not know its length learns it by being asked for a moment far beyond.
      if (!Number.isFinite(video.duration)) await seek(Number.MAX_SAFE_INTEGER / 1e6);
      // Just before the end: at the very end a busy browser may still show the frame before the last.
      const end = Math.max(0, video.duration - 0.001);
      await seek(moment === "last" ? end : Math.min(moment, end));
    }
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    return { data: canvas.toDataURL("image/png") };
  };
  const late = new Promise((resolve) => setTimeout(() => resolve({ data: null }), seconds * 1000));
  return Promise.race([draw().catch(() => ({ data: null })), late]);
}
