// The flip-book: arrow keys step, space plays, a thumbnail shows its frame. One listener for every strip, so that pages may redraw.
(() => {
  const state = new WeakMap();
  const frames = (flip) => [...flip.querySelectorAll("[data-flip-frame]")];
  const show = (flip, index) => {
    const all = frames(flip);
    if (all.length === 0) return;
    const at = (index + all.length) % all.length;
    const stage = flip.querySelector(".stage");
    stage.src = all[at].dataset.src;
    stage.alt = `Frame ${at + 1} of ${all.length}`;
    flip.querySelector("[data-flip-count]").textContent = `${at + 1} / ${all.length}`;
    all.forEach((b, i) => b.setAttribute("aria-current", i === at));
    state.set(flip, { ...state.get(flip), at });
  };
  const at = (flip) => state.get(flip)?.at ?? Math.floor(frames(flip).length / 2);
  const play = (flip) => {
    const timer = state.get(flip)?.timer;
    if (timer) clearInterval(timer);
    const on = !timer;
    state.set(flip, { at: at(flip), timer: on ? setInterval(() => (flip.isConnected ? show(flip, at(flip) + 1) : play(flip)), 1000 / Number(flip.dataset.fps)) : null });
    const button = flip.querySelector("[data-flip-play]");
    button.textContent = on ? "Stop" : "Play";
    button.setAttribute("aria-pressed", on);
  };
  document.addEventListener("click", (e) => {
    const flip = e.target.closest?.("[data-flip]");
    if (!flip) return;
    const frame = e.target.closest("[data-flip-frame]");
    if (frame) show(flip, Number(frame.dataset.flipFrame));
    else if (e.target.closest("[data-flip-play]")) play(flip);
  });
  document.addEventListener("keydown", (e) => {
    const flip = e.target.closest?.("[data-flip]");
    if (!flip || e.altKey || e.ctrlKey || e.metaKey) return;
    if (e.key === "ArrowRight" || e.key === "ArrowLeft") show(flip, at(flip) + (e.key === "ArrowRight" ? 1 : -1));
    else if (e.key === " " && e.target === flip) play(flip);
    else return;
    e.preventDefault();
  });
})();
