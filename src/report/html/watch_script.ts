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
  const curve = document.querySelector('[data-part="curve"]');
  let at = null; // px of the figure at which it is read
  const read = (step) => {
    const box = [...curve.querySelectorAll("[data-xs]")].find((one) => one.offsetParent !== null);
    if (!box) return;
    const said = curve.querySelector("output"), svg = box.querySelector("svg"), xs = box.dataset.xs.split(",").map(Number);
    for (const one of svg.querySelectorAll(".cross")) one.remove();
    if (at === null && step !== 0) at = step > 0 ? xs[0] - 1 : xs[xs.length - 1] + 1;
    if (at === null) return void (said.textContent = said.dataset.rest);
    let i = xs.reduce((best, x, j) => Math.abs(x - at) < Math.abs(xs[best] - at) ? j : best, 0);
    if (at >= xs[0] && at <= xs[xs.length - 1]) i = Math.min(xs.length - 1, Math.max(0, i + step));
    at = xs[i];
    said.textContent = box.dataset.texts.split("|")[i];
    const cross = document.createElementNS("http://www.w3.org/2000/svg", "path");
    cross.setAttribute("class", "cross");
    cross.setAttribute("d", "M" + at + ",0V" + (svg.viewBox.baseVal.height - 44));
    svg.append(cross);
  };
  curve.addEventListener("pointermove", (event) => {
    const box = event.target.closest("[data-xs]"), svg = box && box.querySelector("svg");
    if (!svg) return;
    at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()).x;
    read(0);
  });
  const unread = () => {
    at = null;
    read(0);
  };
  curve.addEventListener("pointerleave", unread);
  curve.addEventListener("blur", unread);
  curve.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (event.key === "Escape") unread();
    if (!step) return;
    event.preventDefault();
    read(event.shiftKey ? 10 * step : step);
  });
  const put = (name, markup) => {
    if (shown.get(name) === markup) return;
    shown.set(name, markup);
    if (name === "title") document.title = markup;
    const part = document.querySelector('[data-part="' + CSS.escape(name) + '"]');
    if (!part) return;
    if (name === "said") part.textContent = markup;
    else part.innerHTML = markup;
    if (name === "curve" && at !== null) read(0); // who reads goes on reading
  };
  const say = (text, lost) => {
    if (link.textContent !== text) link.textContent = text;
    document.body.classList.toggle("lost", lost);
  };
  const server = new EventSource("events");
  server.addEventListener("open", () => say("connected", false));
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
