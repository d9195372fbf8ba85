/**
 * A script in the place of a model that says what a champion does: rules read off the decisions shown. It is no language
 * model, and its text says so. Served on a loopback port it is recorded like a model:
 *
 *   deno run --allow-net=127.0.0.1:8182 --allow-read --allow-env tools/scripted_distiller.ts
 *   deno task llm distil latest --model scripted-distiller --cassette-folder results/llm/distilled/cassettes
 */
import { type Act, ACTS } from "../src/experiments/language/champion_actions.ts";
import { FEATURE_NAMES } from "../src/experiments/language/distilled_features.ts";
import type { DistilledFacts } from "../src/experiments/language/distilled_facts.ts";
import type { Distilled, DistilledRule } from "../src/experiments/language/distilled_rules.ts";

/** Rules that it gives. */
const MOST = 3;

/** The rule that gains most on the decisions shown, then the next of what it leaves. */
export function stumps({ decisions }: DistilledFacts): Distilled {
  let left = decisions.rows;
  const rules: DistilledRule[] = [];
  while (rules.length < MOST) {
    const usual = mostOf(left), found = bestRule(left, usual);
    if (found === null) break;
    rules.push(found);
    left = left.filter((row) => !holds(found, row));
  }
  return {
    text: `A script, no language model, read ${decisions.rows.length} decisions.`,
    rules,
    otherwise: left.length > 0 ? mostOf(left) : "flat",
  };
}

type Row = DistilledFacts["decisions"]["rows"][number];

function actOf(row: Row): Act {
  return row.at(-1) as Act;
}

function holds({ feature, comparison, threshold }: DistilledRule, row: Row): boolean {
  const value = row[1 + FEATURE_NAMES.indexOf(feature)] as number | null;
  return value !== null && (comparison === "above" ? value > threshold : value < threshold);
}

function mostOf(rows: readonly Row[]): Act {
  const count = (act: Act) => rows.filter((row) => actOf(row) === act).length;
  return ACTS.reduce((best, act) => count(act) > count(best) ? act : best);
}

/** The rule by which most decisions more are right than by doing what is usual; null where none is. */
function bestRule(rows: readonly Row[], usual: Act): DistilledRule | null {
  let best: DistilledRule | null = null, most = 0;
  for (const [i, feature] of FEATURE_NAMES.entries()) {
    for (const threshold of new Set(rows.map((row) => row[1 + i] as number | null))) {
      if (threshold === null) continue;
      for (const comparison of ["above", "below"] as const) {
        for (const action of ACTS) {
          const rule = { feature, comparison, threshold, action };
          const gain = rows.reduce(
            (sum, row) =>
              holds(rule, row) ? sum + Number(actOf(row) === action) - Number(actOf(row) === usual) : sum,
            0,
          );
          if (gain > most) [best, most] = [rule, gain];
        }
      }
    }
  }
  return best;
}

/** Answers chat completions about champions; other paths and models are not found. */
async function served(request: Request): Promise<Response> {
  const refuse = (message: string) => Response.json({ error: { message } }, { status: 404 });
  if (!new URL(request.url).pathname.endsWith("/chat/completions")) return refuse("no such path");
  const { model, messages } = await request.json() as {
    readonly model: string;
    readonly messages: readonly { readonly content: string }[];
  };
  if (model !== NAME) return refuse(`model_not_found: the script is ${NAME}`);
  const content = JSON.stringify(stumps(JSON.parse(messages[1]!.content)));
  return Response.json({
    id: "scripted",
    object: "chat.completion",
    created: 0,
    model: NAME,
    choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content, refusal: null } }],
  });
}

const NAME = "scripted-distiller", PORT = 8182;

if (import.meta.main) Deno.serve({ hostname: "127.0.0.1", port: PORT }, served);
