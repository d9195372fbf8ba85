/** Figures, tables and markup show themselves where they end a notebook's cell; whoever draws them says how. */

/** The method that a Jupyter kernel of Deno asks a value for: its content by MIME type. */
const DISPLAY = Symbol.for("Jupyter.display");

type Bundle = Readonly<Record<string, string>>;

let drawn: (content: object) => Bundle = () => ({ "text/plain": "import popagent/mod.ts to see this drawn" });

/** Says how content is drawn where it ends a cell; nothing is drawn before it does. */
export function setDrawing(draw: (content: object) => Bundle): void {
  drawn = draw;
}

/** The same content, which a notebook draws. Nobody else sees it: it is not enumerated, compared, copied or stored. */
export function displayed<Content extends object>(content: Content): Content {
  return Object.defineProperty(content, DISPLAY, { value: () => drawn(content), enumerable: false });
}
