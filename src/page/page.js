// The page's player. All it knows stands in the document: times are seconds, in data attributes.
// Everything shown is a function of the sound's own clock, so that nothing can drift from it.
"use strict";
(() => {
  const FADE_IN_MS = 500; // nothing starts suddenly ...
  const FADE_OUT_MS = 150; // ... or breaks off
  const SKIP_S = 15;
  const PART_CHARACTERS = 1 << 20; // of Base64, decoded at once: whole groups

  const byId = (id) => document.getElementById(id);
  const page = byId("page");
  const sound = byId("sound");
  const play = byId("play");
  const circle = byId("circle");
  const breath = byId("breath");
  const phase = byId("phase");
  const caption = byId("caption");
  const position = byId("position");
  const time = byId("time");
  const total = Number(page.dataset.total);

  // ---- What the document says ----------------------------------------------------------------

  const timed = (element) => ({
    element,
    start: Number(element.dataset.start),
    end: Number(element.dataset.end),
  });
  const lines = [...document.querySelectorAll(".transcript [data-start]")].map(timed);
  const chapters = [...document.querySelectorAll(".chapters [data-start]")].map(timed);
  // "start end from to" a phase: the swell goes from one value to the other, 0 trough to 1 crest. A
  // fifth value marks breaths that accompany a touch: nothing to follow, and so without a word.
  const phases = page.dataset.breaths
    .split(",")
    .filter(Boolean)
    .map((text) => {
      const [start, end, from, to, accompanies] = text.split(" ").map(Number);
      return { start, end, from, to, accompanies };
    });

  // The last of a sorted list that has begun, or null.
  const begun = (list, now) => {
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle].start <= now) low = middle + 1;
      else high = middle;
    }
    return low ? list[low - 1] : null;
  };

  // ---- What is shown ---------------------------------------------------------------------------

  const clock = (seconds) => {
    const whole = Math.floor(seconds);
    const two = (n) => String(n).padStart(2, "0");
    const hours = Math.floor(whole / 3600);
    const minutes = Math.floor(whole / 60) % 60;
    return hours
      ? `${hours}:${two(minutes)}:${two(whole % 60)}`
      : `${minutes}:${two(whole % 60)}`;
  };

  const setText = (element, text) => {
    if (element.textContent !== text) element.textContent = text;
  };

  // The same raised cosine as the swell that is heard.
  const showBreath = (now) => {
    const last = begun(phases, now);
    const breathes = last !== null && now < last.end;
    const paced = breathes && !last.accompanies;
    let swell = 0;
    let word = "";
    if (breathes) {
      const part = (now - last.start) / (last.end - last.start);
      swell = last.from + ((last.to - last.from) * (1 - Math.cos(Math.PI * part))) / 2;
    }
    if (paced) {
      if (last.to > last.from) word = phase.dataset.in;
      else if (last.to < last.from) word = phase.dataset.out;
      else word = phase.textContent;
    }
    circle.classList.toggle("paced", paced);
    breath.style.setProperty("--swell", swell.toFixed(4));
    setText(phase, word);
  };

  let shownLine = null;
  const showLine = (now) => {
    const last = begun(lines, now);
    const line = last && now < last.end ? last.element : null;
    if (line === shownLine) return;
    if (shownLine) shownLine.classList.remove("now");
    if (line) line.classList.add("now");
    setText(caption, line ? line.textContent : "");
    shownLine = line;
  };

  let shownChapter = null;
  const showChapter = (now) => {
    const chapter = begun(chapters, now);
    if (chapter === shownChapter) return;
    if (shownChapter) shownChapter.element.removeAttribute("aria-current");
    if (chapter) chapter.element.setAttribute("aria-current", "true");
    shownChapter = chapter;
  };

  let sliding = false; // the knob is held, and shows where the sound would go
  const showPosition = () => {
    const shown = sliding ? Number(position.value) : here();
    setText(time, clock(shown));
    const spoken = `${clock(shown)} / ${clock(total)}`;
    if (position.getAttribute("aria-valuetext") !== spoken)
      position.setAttribute("aria-valuetext", spoken);
    if (!sliding) position.value = String(Math.floor(shown));
  };

  const show = () => {
    const now = sound.currentTime;
    showBreath(now);
    showLine(now);
    showChapter(now);
    showPosition();
  };

  const showWhilePlaying = () => {
    show();
    if (!sound.paused) requestAnimationFrame(showWhilePlaying);
  };

  // ---- What is heard ---------------------------------------------------------------------------

  // The sound is in the document once, as an address that plays without a script, too. Some browsers
  // take no such address of many megabytes; from a Blob they all play.
  const unpack = () => {
    const address = sound.getAttribute("src");
    const [, type] = address.slice(0, 100).match(/^data:(.*);base64,/);
    const parts = [];
    for (let i = address.indexOf(",") + 1; i < address.length; i += PART_CHARACTERS) {
      const text = atob(address.slice(i, i + PART_CHARACTERS));
      const bytes = new Uint8Array(text.length);
      for (let k = 0; k < text.length; k++) bytes[k] = text.charCodeAt(k);
      parts.push(bytes);
    }
    sound.preload = "auto";
    sound.src = URL.createObjectURL(new Blob(parts, { type }));
  };

  // Move the volume to a value and then call `done`. A newer fade takes over from an older one. Not
  // by animation frames: those stand still in a hidden tab.
  let fading = 0;
  const fade = (goal, duration, done) => {
    clearInterval(fading);
    const from = sound.volume;
    const start = performance.now();
    fading = setInterval(() => {
      const part = Math.min(1, (performance.now() - start) / duration);
      sound.volume = from + (goal - from) * part;
      if (part < 1) return;
      clearInterval(fading);
      if (done) done();
    }, 16);
  };

  const trouble = () => {
    byId("trouble").hidden = false;
  };

  let pausing = false;

  // Where a seek that still fades out goes.
  let wanted = null;
  const here = () => wanted ?? sound.currentTime;
  const move = () => {
    if (wanted !== null) sound.currentTime = wanted;
    wanted = null;
  };

  const seek = (seconds) => {
    sliding = false;
    wanted = Math.max(0, Math.min(total - 0.1, seconds));
    if (sound.paused) move();
    else if (!pausing) fade(0, FADE_OUT_MS, move);
  };

  const start = () => {
    if (pausing) {
      pausing = false;
      if (wanted === null) fade(1, FADE_IN_MS);
      else fade(0, FADE_OUT_MS, move);
      showButton();
      return;
    }
    sound.volume = 0;
    sound.play().catch((error) => {
      if (error.name === "NotSupportedError") trouble();
    });
  };

  const pause = () => {
    pausing = true;
    fade(0, FADE_OUT_MS, () => {
      sound.pause();
      move();
    });
    showButton();
  };

  const showButton = () => {
    const plays = !sound.paused && !pausing;
    setText(play, plays ? play.dataset.pause : play.dataset.play);
  };

  sound.addEventListener("play", () => {
    sound.volume = 0;
    // Whoever was quicker than this event has paused or moved already.
    if (!pausing && wanted === null) fade(1, FADE_IN_MS);
    showButton();
    showWhilePlaying();
  });
  sound.addEventListener("pause", () => {
    pausing = false;
    showButton();
    show();
  });
  sound.addEventListener("seeked", () => {
    // A newer seek that fades out has its own end.
    if (!sound.paused && !pausing && wanted === null) fade(1, FADE_IN_MS);
    show();
  });
  sound.addEventListener("timeupdate", show);
  sound.addEventListener("error", trouble);

  // ---- What is pressed -------------------------------------------------------------------------

  const toggle = () => {
    if (sound.paused || pausing) start();
    else pause();
  };
  const jump = (seconds) => {
    seek(seconds);
    if (sound.paused || pausing) start();
  };
  // The chapter that is `steps` away from the present one.
  const step = (steps) => {
    const index = Math.max(0, chapters.indexOf(begun(chapters, here())));
    const goal = chapters[Math.max(0, Math.min(chapters.length - 1, index + steps))];
    if (goal) seek(goal.start);
  };

  play.addEventListener("click", toggle);
  byId("back").addEventListener("click", () => seek(here() - SKIP_S));
  byId("forward").addEventListener("click", () => seek(here() + SKIP_S));
  for (const chapter of chapters)
    chapter.element.addEventListener("click", () => jump(chapter.start));

  // A knob that is let go where it was taken is no "change", so letting go counts by itself.
  const letGo = () => {
    if (sliding) seek(Number(position.value));
  };
  position.addEventListener("input", () => {
    sliding = true;
    show();
  });
  position.addEventListener("change", letGo);
  position.addEventListener("blur", letGo);
  window.addEventListener("pointerup", letGo);
  window.addEventListener("pointercancel", () => {
    sliding = false;
    show();
  });

  // Space plays and pauses, as in other players, wherever it has no meaning of its own: that is on
  // buttons. Held down, it neither flutters nor scrolls.
  document.addEventListener("keydown", (event) => {
    const plain = !event.shiftKey && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key !== " " || !plain || event.target.closest("button, a")) return;
    event.preventDefault();
    if (!event.repeat) toggle();
  });

  // Keys of a headset, and the lock screen of a phone.
  if ("mediaSession" in navigator) {
    navigator.mediaSession.metadata = new MediaMetadata({ title: document.title });
    const actions = {
      play: () => {
        if (sound.paused || pausing) start();
      },
      // Some keys say "pause" to what is paused already.
      pause: () => {
        if (!sound.paused && !pausing) pause();
      },
      seekbackward: () => seek(here() - SKIP_S),
      seekforward: () => seek(here() + SKIP_S),
      previoustrack: () => step(-1),
      nexttrack: () => step(1),
    };
    for (const [action, does] of Object.entries(actions))
      navigator.mediaSession.setActionHandler(action, does);
  }

  unpack();
  sound.controls = false;
  byId("player").hidden = false;
  show();
})();
