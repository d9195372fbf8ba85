import { isDeepStrictEqual } from "node:util";
import { UserError } from "popagent/core/user_error.ts";
import { type Settings, settingsSchema } from "popagent/experiments/config.ts";
import { type GeneratedSettings, treeOf } from "./generated_settings.ts";
import { resolved } from "./written_settings.ts";

/** How a generated configuration was read: whether it was accepted, and what is wrong with that, if anything. */
export interface ReadingOutcome {
  readonly accepted: boolean;
  readonly fault: string | null;
}

/** Reads a generated configuration and compares with what must come of it. */
export function outcomeFault(generated: GeneratedSettings): ReadingOutcome {
  const read = outcome(generated);
  const fault = faultOf(generated, read);
  const { yaml, sets } = generated;
  return {
    accepted: read.settings !== null,
    fault: fault &&
      `${fault}\n${sets.map((set) => `--set ${set}\n`).join("")}${yaml.slice(0, 3000)}\n=> ${read.message}`,
  };
}

interface Read {
  readonly settings: Settings | null;
  readonly message: string;
}

function outcome({ yaml, sets }: GeneratedSettings): Read {
  try {
    return { settings: resolved(yaml, ...sets).settings, message: "" };
  } catch (error) {
    return {
      settings: null,
      message: error instanceof UserError ? error.message : `no user's error: ${error}`,
    };
  }
}

function faultOf({ faults, meant }: GeneratedSettings, { settings, message }: Read): string | null {
  if (message !== "" && !message.startsWith("Cannot ")) return "an error of another kind";
  if (faults.length > 0) {
    const unsaid = faults.filter(({ says }) => !says.test(message));
    const cut = / and \d+ more$/.test(message);
    return unsaid.length === 0 || cut
      ? null
      : `nothing is said of ${unsaid.map(({ what }) => what).join("; ")}`;
  }
  const expected = settingsSchema.safeParse(treeOf(meant));
  if (expected.success) return isDeepStrictEqual(settings, expected.data) ? null : "not what was meant";
  const paths = expected.error.issues.map(({ path }) => path.join("."));
  const unsaid = paths.filter((path) => !message.includes(`  ${path}: `));
  return unsaid.length === 0 ? null : `nothing is said of ${unsaid.join(", ")}`;
}
