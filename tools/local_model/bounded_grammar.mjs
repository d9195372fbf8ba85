/**
 * A grammar (GBNF) that holds a model to a JSON Schema and to the bounds of its numbers and texts, which the grammar that
 * node-llama-cpp makes of a schema does not: strict objects, short lists, enums, texts, and numbers in the ranges that
 * answers have.
 */

/** Entries of a list: schemas for strict decoders state no lengths, and a weak model never ends a list by itself. */
const MOST_ITEMS = 5;

/** @param maxText Characters of a text. */
export function boundedGrammar(schema, maxText = 120) {
  return `root ::= ${rule(schema, maxText)}\n`;
}

function rule(schema, maxText) {
  if (schema.enum) return `(${schema.enum.map((one) => quoted(JSON.stringify(one))).join(" | ")})`;
  if (schema.type === "string") return `"\\"" [^"\\\\\\x00-\\x1f]{1,${maxText}} "\\""`;
  if (schema.type === "number") return number(schema.minimum, schema.maximum);
  if (schema.type === "array") {
    const item = rule(schema.items, maxText);
    return `"[" (${item} ("," ${item}){0,${MOST_ITEMS - 1}})? "]"`;
  }
  if (schema.type === "object") {
    const fields = Object.entries(schema.properties).map(([name, one]) =>
      `${quoted(`${JSON.stringify(name)}:`)} ${rule(one, maxText)}`
    );
    return `"{" ${fields.join(` "," `)} "}"`;
  }
  throw new RangeError(`Cannot make a grammar of ${JSON.stringify(schema)}`);
}

/** A number of few digits within [least, most], or without bounds; ranges that are not known here are refused. */
function number(least, most) {
  const range = `${least}..${most}`;
  if (range === "undefined..undefined") return `("-"? [0-9]{1,4} ("." [0-9]{1,6})?)`;
  if (range === "0..1") return `("0" ("." [0-9]{1,4})? | "1")`;
  if (range === "0..0.5") return `("0" ("." [0-4] [0-9]{0,3})?)`;
  if (range === "1..10") return `([1-9] ("." [0-9])? | "10")`;
  if (range === "-1..10") return `("-"? "0" ("." [0-9]{1,4})?)`;
  throw new RangeError(`Cannot make a grammar of a number in ${range}`);
}

function quoted(text) {
  return `"${text.replace(/[\\"]/g, "\\$&")}"`;
}
