import assert from "node:assert/strict";
import { ANSWER_FORM } from "../../src/experiments/language/answer.ts";
// @ts-types="./bounded_grammar.d.ts"
import { boundedGrammar } from "../../tools/local_model/bounded_grammar.mjs";

Deno.test("boundedGrammar() knows every range of the traders' answer, and refuses one it does not know", () => {
  const grammar = boundedGrammar(ANSWER_FORM.jsonSchema);
  assert.match(grammar, /^root ::= "\{" "\\"rationale\\":"/);
  assert.ok(grammar.includes(String.raw`"\"leverage\":" ([1-9] ("." [0-9])? | "10")`));
  assert.throws(() => boundedGrammar({ type: "number", minimum: 3, maximum: 4 }), /in 3\.\.4/);
});

Deno.test("boundedGrammar() makes of a list one of at most five, and of a number without bounds one of few digits", () => {
  const number = `("-"? [0-9]{1,4} ("." [0-9]{1,6})?)`;
  assert.equal(
    boundedGrammar({ type: "array", items: { type: "number" } }),
    `root ::= "[" (${number} ("," ${number}){0,4})? "]"\n`,
  );
});
