/** The script of an interactive figure: it reads values that stand in the page, and asks nobody for anything. */
import { sha256 } from "../../core/hash.ts";

/** Runs once in a page that holds one `figure`, its `svg`, an element `#tip` and the readings as JSON in `#readings`. */
export const HOVER_SCRIPT = `"use strict";
(() => {
  const svg = document.querySelector("figure svg"), tip = document.getElementById("tip");
  const panels = JSON.parse(document.getElementById("readings").textContent);
  const NS = "http://www.w3.org/2000/svg", marks = document.createElementNS(NS, "g");
  marks.setAttribute("pointer-events", "none");
  svg.append(marks);
  let at = null;
  const draw = (name, attributes) => {
    const node = document.createElementNS(NS, name);
    for (const key in attributes) node.setAttribute(key, attributes[key]);
    marks.append(node);
  };
  const row = (label, text, colour) => {
    const line = document.createElement("div");
    if (label) {
      const key = document.createElement("i"), name = document.createElement("span");
      key.style.background = colour;
      name.textContent = label;
      line.append(key, name);
    }
    const value = document.createElement("b");
    value.textContent = text;
    line.append(value);
    return line;
  };
  const show = (head, rows, x, y) => {
    const title = document.createElement("strong");
    title.textContent = head;
    tip.replaceChildren(title, ...rows);
    tip.hidden = false;
    const to = svg.getScreenCTM(), place = new DOMPoint(x, y).matrixTransform(to);
    const wide = tip.offsetWidth, high = tip.offsetHeight, room = document.documentElement.clientWidth;
    const left = place.x + 16 + wide > room ? place.x - 16 - wide : place.x + 16;
    tip.style.left = Math.max(4, left) + scrollX + "px";
    tip.style.top = Math.max(4, Math.min(place.y - high / 2, innerHeight - high - 4)) + scrollY + "px";
  };
  const hide = () => {
    at = null;
    tip.hidden = true;
    marks.replaceChildren();
  };
  const readLines = (panel, i, y) => {
    const x = panel.xs[i];
    draw("path", { d: "M" + x + "," + panel.y + "v" + panel.height, stroke: "currentColor", "stroke-opacity": 0.35 });
    const rows = [], lines = panel.lines.filter((line) => line.texts[i] !== "");
    if (lines.every((line) => line.ys[i] !== null)) lines.sort((a, b) => a.ys[i] - b.ys[i]); // as they stand on the screen
    lines.forEach((line) => {
      if (line.ys[i] !== null) draw("circle", { cx: x, cy: line.ys[i], r: 3.2, fill: line.colour, stroke: "currentColor", "stroke-width": 0.6 });
      rows.push(row(line.label, line.texts[i], line.colour));
    });
    at = { panel, i, y };
    show(panel.heads[i], rows, x, y);
  };
  const nearest = (xs, x) => {
    let low = 0, high = xs.length - 1;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (xs[middle] < x) low = middle;
      else high = middle;
    }
    return x - xs[low] < xs[high] - x ? low : high;
  };
  const read = (x, y) => {
    marks.replaceChildren();
    const panel = panels.find((one) => x >= one.x && x <= one.x + one.width && y >= one.y && y <= one.y + one.height);
    if (!panel) return hide();
    if (panel.kind === "lines") return readLines(panel, nearest(panel.xs, x), y);
    const cell = panel.cells.find(([left, top, width, height]) => x >= left && x <= left + width && y >= top && y <= top + height);
    if (!cell) return hide();
    const [left, top, width, height, head, ...texts] = cell;
    draw("rect", { x: left, y: top, width, height, fill: "none", stroke: "currentColor", "stroke-width": 1.5 });
    show(head, texts.map((text) => row("", text)), left + width, top + height / 2);
  };
  svg.addEventListener("pointermove", (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    read(point.x, point.y);
  });
  svg.addEventListener("pointerleave", hide);
  svg.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key], lines = panels.find(({ kind }) => kind === "lines");
    if (event.key === "Escape") return hide();
    if (!step || !(at || lines)) return;
    event.preventDefault();
    const panel = at ? at.panel : lines, last = panel.xs.length - 1;
    const i = at ? Math.min(last, Math.max(0, at.i + step * (event.shiftKey ? 10 : 1))) : step > 0 ? 0 : last;
    marks.replaceChildren();
    readLines(panel, i, at ? at.y : panel.y + panel.height / 2);
  });
})();
`;

/** The script as a Content-Security-Policy allows it: `script-src` with this source runs it and no other. */
export const HOVER_SCRIPT_SOURCE = `'sha256-${Uint8Array.fromHex(sha256(HOVER_SCRIPT)).toBase64()}'`;
