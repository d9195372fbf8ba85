import { TEXT_WIDTH } from "./width.ts";
import { wrap } from "../../core/wrap.ts";

/** A sentence or several as lines that keep to the width of the page, all but the first indented further. */
export function paragraph(text: string, indent = "", further = indent): string {
  const lines = wrap(text, TEXT_WIDTH - further.length);
  return lines.map((line, i) => (i === 0 ? indent : further) + line).join("\n");
}
