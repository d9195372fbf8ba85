/** An SVG as a file of its own: the letters that it needs travel with it. */
import { Buffer } from "node:buffer";
import { parseHTML } from "linkedom";
import subsetFont from "subset-font";
import { type Face, facePath, FACES } from "./fonts.ts";

/** The family inside the file; no machine has a face of this name, so that all show the embedded one. */
const FAMILY = "PopAgent Figure";

/** The SVG with its letters embedded as WOFF2, a few kB a face; equal drawings give equal bytes. */
export async function embedFonts(svg: string): Promise<string> {
  const letters = lettersIn(svg);
  const rules: string[] = [];
  for (const face of FACES) {
    if (letters[face] === "") continue;
    const bytes = await subsetFont(Buffer.from(await Deno.readFile(facePath(face))), letters[face], {
      targetFormat: "woff2",
    });
    const look = face === "bold" ? "font-weight:bold;" : face === "italic" ? "font-style:italic;" : "";
    rules.push(
      `@font-face{font-family:"${FAMILY}";${look}src:url(data:font/woff2;base64,${
        bytes.toString("base64")
      })}`,
    );
  }
  return svg.replace(
    /^(<svg[^>]* font-family=")[^"]*("[^>]*>)/,
    `$1${FAMILY}, sans-serif$2<style>${rules.join("")}</style>`,
  );
}

/** The different characters that each face draws, sorted. */
function lettersIn(svg: string): Record<Face, string> {
  const seen: Record<Face, Set<string>> = { normal: new Set(), bold: new Set(), italic: new Set() };
  const root = parseHTML(`<!DOCTYPE html><html><body>${svg}</body></html>`).document;
  for (const text of root.querySelectorAll("text") as unknown as Iterable<Element>) {
    const face = inherited(text, "font-weight") === "bold"
      ? "bold"
      : inherited(text, "font-style") === "italic"
      ? "italic"
      : "normal";
    for (const letter of text.textContent ?? "") seen[face].add(letter);
  }
  const sorted = (face: Face) => [...seen[face]].sort().join("");
  return { normal: sorted("normal"), bold: sorted("bold"), italic: sorted("italic") };
}

function inherited(element: Element | null, name: string): string | null {
  for (let node = element; node; node = node.parentElement) {
    const value = node.getAttribute(name);
    if (value !== null) return value;
  }
  return null;
}
