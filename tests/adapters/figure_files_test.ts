import assert from "node:assert/strict";
import { FIGURE_FORMATS, figureFile, type FigureFormat } from "popagent/adapters/draw/figure_files.ts";
import { svgToPdf } from "popagent/adapters/draw/pdf_export.ts";
import { embedFonts } from "popagent/adapters/draw/svg_export.ts";
import { accountFigures } from "popagent/figures/account_figures.ts";
import { runFigures } from "popagent/figures/run_figures.ts";
import { THEMES } from "popagent/figures/theme_colours.ts";
import { figureSvg } from "popagent/report/svg/figure_svg.ts";
import { createRunFixture } from "../fixtures/run_fixture.ts";

const run = createRunFixture({ iterations: 12 });
const figures = [...runFigures(run), ...accountFigures(run)];
const latin = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);

for (const format of FIGURE_FORMATS) {
  Deno.test(`figureFile() writes every figure as ${format}, the same bytes twice`, async () => {
    for (const [i, figure] of figures.entries()) {
      const once = await figureFile(figure, format);
      // PNG and PDF are drawn from the SVG: what can differ in them alone is the same in every figure
      if (format === "svg" || i % 6 === 0) {
        assert.deepEqual(await figureFile(figure, format), once, figure.name);
      }
      const head = typeof once === "string" ? once.slice(0, 4) : latin(once.slice(0, 4));
      assert.equal(head, { svg: "<svg", png: "‰PNG", pdf: "%PDF" }[format]);
    }
  });
}

Deno.test("figureFile() as pdf embeds its fonts and says no time", async () => {
  const text = latin(await figureFile(figures[0]!, "pdf") as Uint8Array);
  assert.equal(text.match(/\/FontFile2/g)?.length, 2); // regular and bold
  const dates = text.match(/D:\d{14}/g);
  assert.deepEqual(dates, ["D:19700101000000"]);
  assert.ok(!/Helvetica|Times-Roman/.test(text), "no font that a reader must have");
});

Deno.test("figureFile() in another theme differs, and keeps every number and letter", async () => {
  const texts = (svg: string) => svg.replace(/<style>.*?<\/style>/, "").replace(/<[^>]*>/g, "|");
  const [light, dark, grey] = await Promise.all(
    (["light", "dark", "grey"] as const).map((theme) =>
      figureFile(figures[0]!, "svg", theme) as Promise<string>
    ),
  ) as [string, string, string];
  assert.equal(texts(dark), texts(light));
  assert.equal(texts(grey), texts(light));
  assert.match(dark, /^<svg[^>]*>(<style>.*?<\/style>)?<rect[^>]* fill="#14171a"/);
  const colours = [...grey.matchAll(/(?:fill|stroke)="#(..)(..)(..)"/g)];
  assert.ok(colours.length > 10 && colours.every(([, r, g, b]) => r === g && g === b));
});

Deno.test("figureSvg() in auto writes both colours wherever a colour stands", () => {
  assert.deepEqual(THEMES, ["light", "dark", "grey", "auto"]);
  const svg = figureSvg(figures[0]!, { text: true, ground: true, theme: "auto" });
  assert.doesNotMatch(svg, /(?:fill|stroke|color)="(?:#|rgb)/);
  assert.match(svg, /fill="light-dark\(#ffffff, #14171a\)"/);
});

Deno.test("embedFonts() carries letters of the faces in use alone, whatever they are", async () => {
  const svg = (texts: string) =>
    `<svg xmlns="http://www.w3.org/2000/svg" font-family="Arial" width="9" height="9">${texts}</svg>`;
  const regular = await embedFonts(svg("<text>−12.3×</text>"));
  assert.equal(regular.match(/@font-face/g)?.length, 1);
  assert.match(regular, /^<svg [^>]*font-family="PopAgent Figure, sans-serif"/);
  assert.ok(regular.length < 4000, `${regular.length} characters for seven letters`);
  const three = await embedFonts(
    svg(`<g font-weight="bold"><text>b</text></g><text font-style="italic">i</text><text>&lt;中</text>`),
  );
  assert.equal(three.match(/@font-face/g)?.length, 3);
  assert.equal((await embedFonts(svg(""))).match(/@font-face/g), null);
});

Deno.test("svgToPdf() needs a size, and draws hostile text as text", async () => {
  await assert.rejects(async () => await svgToPdf("<svg/>"), {
    name: "RangeError",
    message: /must have a width and a height/,
  });
  const hostile = {
    ...figures[0]!,
    title: `</svg><script>"&' \u0000 😀 中文`,
    caption: ")\\( endstream endobj %%EOF",
  };
  const pdf = latin(await figureFile(hostile, "pdf") as Uint8Array);
  assert.equal(pdf.match(/%%EOF/g)?.length, 1);
});

Deno.test("figureFile() names its formats to whoever asks for another", async () => {
  for (const format of ["jpg", "toString"]) {
    await assert.rejects(async () => await figureFile(figures[0]!, format as FigureFormat), {
      name: "RangeError",
      message: /format must be one of svg, png, pdf: current value is/,
    });
  }
});
