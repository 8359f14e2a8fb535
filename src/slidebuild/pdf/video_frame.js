// A frame of a video as a PNG: { data: "data:image/png;base64,…" }, or { data: null } when the browser can't show it.
async ({ address, moment, seconds }) => {
  const video = document.createElement("video");
  const canvas = document.createElement("canvas");
  const until = (name) =>
    new Promise((resolve, reject) => {
      video.addEventListener(name, resolve, { once: true });
      video.addEventListener("error", reject, { once: true });
    });
  const seek = async (time) => {
    const there = until("seeked");
    video.currentTime = time;
    await there;
  };
  const draw = async () => {
    // From a blob, because the browser seeks only where a server answers requests for parts.
    const blob = await (await fetch(address)).blob();
    video.muted = true;
    video.preload = "auto";
    const ready = until("loadeddata");
    video.src = URL.createObjectURL(blob);
    await ready;
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    const shot = () => {
      canvas.getContext("2d").drawImage(video, 0, 0);
      return canvas.toDataURL("image/png");
    };
    let data = shot();
    if (moment !== "first" && moment !== 0) {
      // A recording that does not know its length learns it by being asked for a moment far beyond.
      if (!Number.isFinite(video.duration)) await seek(Number.MAX_SAFE_INTEGER / 1e6);
      // Just before the end: at the very end a busy browser may still show the frame before the last.
      const end = Math.max(0, video.duration - 0.001);
      // So it may, though seldom, at any moment: what it shows twice is believed.
      for (let before = null; data !== before; ) {
        before = data;
        await seek(0);
        await seek(moment === "last" ? end : Math.min(moment, end));
        data = shot();
      }
    }
    return { data: video.videoWidth > 0 ? data : null };
  };
  const late = new Promise((resolve) => setTimeout(() => resolve({ data: null }), seconds * 1000));
  return Promise.race([draw().catch(() => ({ data: null })), late]);
}
