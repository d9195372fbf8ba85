/** What a setting may be. Bounds are inclusive unless `above` says that the lower one is not. */
export type SettingType =
  | {
    readonly kind: "number";
    readonly integer: boolean;
    readonly min: number;
    readonly max: number;
    readonly above: boolean;
  }
  | { readonly kind: "choice"; readonly values: readonly (string | number)[] }
  | { readonly kind: "switch" }
  | { readonly kind: "text"; readonly what: string }
  | { readonly kind: "list"; readonly of: SettingType; readonly least: number; readonly most: number };

/** The rule of a type in words: "must be a number from 0 to 1". */
export function ruleOf(type: SettingType, nullable = false): string {
  return `must be ${wordsOf(type)}${nullable ? ", or null" : ""}`;
}

/** A type in few signs: "0 to 1", "1 to 9, whole", "none | hybrid". */
export function rangeOf(type: SettingType, nullable = false): string {
  return `${signsOf(type)}${nullable ? " | null" : ""}`;
}

function signsOf(type: SettingType): string {
  if (type.kind === "number") {
    const low = `${type.above ? "above " : ""}${numberText(type.min)}`;
    return `${low} to ${numberText(type.max)}${type.integer ? ", whole" : ""}`;
  }
  if (type.kind === "choice") return type.values.join(" | ");
  if (type.kind === "switch") return "true | false";
  return type.kind === "list" ? `list of ${type.least} to ${type.most}` : "text";
}

/** A number as it may be written: 1_000_000, 0.1. */
function numberText(value: number): string {
  return String(value).replace(/^\d{5,}$/, (digits) => digits.replace(/\B(?=(\d{3})+$)/g, "_"));
}

/** A type in words: "an integer from 1 to 9". */
export function wordsOf(type: SettingType): string {
  switch (type.kind) {
    case "number": {
      const low = type.above
        ? `above ${numberText(type.min)} and at most`
        : `from ${numberText(type.min)} to`;
      return `${type.integer ? "an integer" : "a number"} ${low} ${numberText(type.max)}`;
    }
    case "choice":
      return type.values.length === 1 ? `${type.values[0]}` : oneOf(type.values.map(String));
    case "switch":
      return "true or false";
    case "text":
      return type.what;
    case "list": {
      const bounds = type.most === Infinity ? `at least ${type.least}` : `${type.least} to ${type.most}`;
      return `a list of ${bounds}, each ${wordsOf(type.of)}`;
    }
  }
}

function oneOf(names: readonly string[]): string {
  return `one of ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
}
