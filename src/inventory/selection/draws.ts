import { type Rng, rng } from "../../core/rng.ts";

/** A stream and what was drawn of it so far. */
interface Drawn {
  readonly stream: Rng;
  values: Float64Array;
  choices: number;
}

/**
 * By seed and number of methods: an agent draws the same whatever it chooses from, as behind each of its partners. More
 * than any population asks for at once; the one made first goes first, or a worker that runs cell after cell would keep
 * the draws of all. What has gone is drawn again, the same.
 */
const drawn = new Map<string, Drawn>();
const MOST_KEPT = 256;

/**
 * The draws of a selection's first choices: a normal for each method, then a uniform; row-major [choice][methods + 1], at least
 * `choices` of them. Nobody writes to them.
 */
export function selectionDraws(seed: string, methods: number, choices: number): Float64Array {
  const key = `${methods}|${seed}`, width = methods + 1;
  const known = drawn.get(key) ??
    { stream: rng("selection", seed), values: new Float64Array(0), choices: 0 };
  drawn.set(key, known);
  if (drawn.size > MOST_KEPT) drawn.delete(drawn.keys().next().value!);
  if (known.choices < choices) {
    const values = new Float64Array(choices * width), { stream } = known;
    values.set(known.values);
    for (let choice = known.choices; choice < choices; choice++) {
      for (let m = 0; m < methods; m++) values[choice * width + m] = stream.normal();
      values[choice * width + methods] = stream.uniform();
    }
    Object.assign(known, { values, choices });
  }
  return known.values;
}
