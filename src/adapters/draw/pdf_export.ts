/** SVG to PDF: vectors stay vectors, text stays text, fonts are embedded, equal drawings give equal bytes. */
import PDFDocument from "pdfkit";
import svgToPdfKit from "svg-to-pdfkit";
import { facePath, FACES } from "./fonts.ts";

/** Points in one px: a px is 1/96 inch, a point 1/72. */
const POINTS = 0.75;

/**
 * Draws an SVG as a one-page PDF of its size.
 *
 * @param svg A standalone SVG with width and height in px.
 * @throws {RangeError} If it has no size.
 */
export function svgToPdf(svg: string): Promise<Uint8Array> {
  const [width, height] = (["width", "height"] as const).map((name) =>
    Number(new RegExp(`^<svg[^>]* ${name}="([\\d.]+)"`).exec(svg)?.[1])
  ) as [number, number];
  if (!(width > 0 && height > 0)) {
    throw new RangeError(
      `Cannot draw a PDF as its SVG must have a width and a height: it begins ${svg.slice(0, 80)}`,
    );
  }
  const size: [number, number] = [POINTS * width, POINTS * height];
  const document = new PDFDocument({ size, margin: 0, info: { CreationDate: new Date(0) } });
  for (const face of FACES) document.registerFont(face, facePath(face));
  const chunks: Uint8Array[] = [];
  const written = new Promise<Uint8Array>((resolve, reject) => {
    document.on("data", (chunk: Uint8Array) => chunks.push(chunk));
    document.on("end", () => resolve(joined(chunks)));
    document.on("error", reject);
  });
  svgToPdfKit(document, svg, 0, 0, {
    width: size[0],
    height: size[1],
    fontCallback: (
      _family: string,
      bold: boolean,
      italic: boolean,
    ) => (bold ? "bold" : italic ? "italic" : "normal"),
  });
  document.end();
  return written;
}

function joined(chunks: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(chunks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const chunk of chunks) {
    out.set(chunk, at);
    at += chunk.length;
  }
  return out;
}
