/** What a notebook prints of a large object that ends a cell: a few lines instead of its thousands of numbers. */

/** The method that a Jupyter kernel of Deno asks a value for: its content by MIME type. */
const DISPLAY = Symbol.for("Jupyter.display");

/**
 * The same object with a summary for notebooks. Nobody else sees it: it is not enumerated, compared, copied or stored.
 *
 * @param lines Made when a cell ends in the object.
 */
export function withSummary<Thing extends object>(
  thing: Thing,
  lines: (thing: Thing) => readonly string[],
): Thing {
  return Object.defineProperty(thing, DISPLAY, {
    value: () => ({ "text/plain": lines(thing).join("\n") }),
    enumerable: false,
  });
}
