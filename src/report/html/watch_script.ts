/** The script of the page of a watched session: it hears this page's own server alone, and can ask for nothing to be done. */
import { sha256 } from "../../core/hash.ts";

/**
 * Puts parts in anew as the server sends them, lets times go on, and says where the server is gone. A part is replaced
 * only where its markup differs: nothing flickers, and what is scrolled or focused around it stays.
 */
export const WATCH_SCRIPT = `"use strict";
(() => {
  const link = document.getElementById("link"), shown = new Map();
  const span = (ms) => {
    const s = Math.max(0, Math.round(ms / 1000)), min = Math.floor(s / 60), h = Math.floor(min / 60);
    if (s < 60) return s + " s";
    if (min < 60) return min + " min";
    return h < 48 ? h + " h " + (min % 60) + " min" : Math.floor(h / 24) + " days";
  };
  const tick = () => {
    const now = Date.now();
    for (const one of document.querySelectorAll("time[data-since]")) {
      one.textContent = span(now - Number(one.dataset.since)) + " ago";
    }
    for (const one of document.querySelectorAll("time[data-until]")) {
      const left = Number(one.dataset.until) - now, late = -left > 60000 * Number(one.dataset.late);
      one.textContent = left >= 0 ? "in " + span(left) : "is " + span(-left) + " late";
      one.classList.toggle("late", late);
    }
  };
  const put = (name, markup) => {
    if (shown.get(name) === markup) return;
    shown.set(name, markup);
    if (name === "title") document.title = markup;
    const part = document.querySelector('[data-part="' + CSS.escape(name) + '"]');
    if (!part) return;
    if (name === "said") part.textContent = markup;
    else part.innerHTML = markup;
  };
  const say = (text, lost) => {
    if (link.textContent !== text) link.textContent = text;
    document.body.classList.toggle("lost", lost);
  };
  const server = new EventSource("events");
  server.addEventListener("open", () => say("live", false));
  server.addEventListener("error", () => say("not connected: does popagent watch still run?", true));
  server.addEventListener("parts", (event) => {
    const parts = JSON.parse(event.data);
    for (const name in parts) put(name, parts[name]);
    tick();
  });
  setInterval(tick, 1000);
  tick();
})();
`;

/** The script as a Content-Security-Policy allows it. */
export const WATCH_SCRIPT_SOURCE = `'sha256-${Uint8Array.fromHex(sha256(WATCH_SCRIPT)).toBase64()}'`;
