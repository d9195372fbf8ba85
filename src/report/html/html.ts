import { html as template, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";

/** Markup in which every value was escaped, but for markup. */
export type Html = HtmlEscapedString;

/** A piece of HTML or SVG as a tagged template: values are escaped, other pieces and lists of them are put in as they are. */
export function html(strings: TemplateStringsArray, ...values: readonly unknown[]): Html {
  const piece = template(strings, ...values);
  if (piece instanceof Promise) {
    throw new TypeError("Cannot write HTML as its values must be at hand: one is a promise");
  }
  return piece;
}

/** Text that is markup already: written by a library, or a style sheet. */
export function markup(text: string): Html {
  return raw(text);
}
