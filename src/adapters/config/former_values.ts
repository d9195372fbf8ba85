/** Values that a setting once took. They are read as what they are called today, with a note. */
import { MUTATION_WAS } from "../../population/config.ts";
import { originText, type WrittenValue } from "./written.ts";

/** By setting: what each former value, in small letters, is called today. */
const FORMER_VALUES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "population.mutation": {
    ...MUTATION_WAS,
    yes: MUTATION_WAS.true,
    on: MUTATION_WAS.true,
    no: MUTATION_WAS.false,
  },
};

/** A former value as it is written today, and what to say about it. */
export interface ReadFormerValue {
  readonly value: WrittenValue;
  readonly note: string;
}

/** What a setting is given, if it is one of its former values; null if not. */
export function formerValue(path: string, value: WrittenValue): ReadFormerValue | null {
  const names = FORMER_VALUES[path];
  if (names === undefined || value.kind !== "text" || value.quoted) return null;
  const former = value.text.toLowerCase();
  if (!Object.hasOwn(names, former)) return null;
  const text = names[former]!;
  const note = `${path}: ${value.text}${originText(value.origin)} is read as ${text}, its name today`;
  return { value: { ...value, text }, note };
}
