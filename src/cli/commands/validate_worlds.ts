/** The worlds of `popagent validate`: where the outcomes of each go, what it takes, what it runs and judges. */
import { dirname } from "node:path";
import { proofChecks } from "../../experiments/drawdown_proof.ts";
import { rungs } from "../../experiments/evidence/ladder.ts";
import { USUAL_LADDER } from "../../experiments/evidence/ladder_seeds.ts";
import { executionChecks } from "../../experiments/execution_proof.ts";
import { forecastChecks } from "../../experiments/forecast_proof.ts";
import { fourCellsChecks } from "../../experiments/language/four_cells_effects.ts";
import { languageChecks } from "../../experiments/language/proof.ts";
import { controlChecks } from "../../experiments/learning_control.ts";
import { methodChecks } from "../../experiments/method_proof.ts";
import { selectionChecks } from "../../experiments/selection_proof.ts";
import { drawdownProofText } from "../../report/text/drawdown_proof_text.ts";
import { forecastProofText } from "../../report/text/forecast_proof_text.ts";
import { fourCellsText } from "../../report/text/four_cells_text.ts";
import { ladderText, mustEnd } from "../../report/text/ladder_text.ts";
import { languageProofText } from "../../report/text/language_proof_text.ts";
import { learningControlText } from "../../report/text/learning_control_text.ts";
import { methodProofText } from "../../report/text/method_proof_text.ts";
import { paragraph } from "../../report/text/paragraph.ts";
import { selectionProofText } from "../../report/text/selection_proof_text.ts";
import { checkText } from "../../report/text/validation_text.ts";
import type { Validated, WorldRequest } from "../validation_request.ts";
import { runDrawdownProof } from "./validate_drawdown.ts";
import { runExecutionProof } from "./validate_execution.ts";
import { runForecastProof } from "./validate_forecasts.ts";
import { runValidationGrid } from "./validate_grid.ts";
import { runLadder, storedRungs } from "./validate_ladder.ts";
import { runLanguageProof } from "./validate_language.ts";
import { runLearningControl } from "./validate_learning.ts";
import { runMethodProof } from "./validate_methods.ts";
import { runFourCellsProof } from "./validate_news.ts";
import { runSelectionProof } from "./validate_selection.ts";

/** Flags that not every world takes; all take --markets, --first, --rows and --out. */
export const WORLD_FLAGS = ["ic", "workers", "data", "set", "store", "stored"] as const;

/** A world. */
export interface World {
  /** Where its outcomes go unless a file is named. */
  readonly out: string;
  /** Those of WORLD_FLAGS that change something in it. */
  readonly takes: readonly (typeof WORLD_FLAGS)[number][];
  /** Market seed of the first market unless --first names one; left out where it is the usual one. */
  readonly first?: number;
  /** Why it takes no --set; left out where it does. */
  readonly fixed?: string;
  readonly run: (request: WorldRequest) => Promise<Validated>;
}

const LADDER = "results/validation/ladder.json";
const measured = (world: string) =>
  `Cannot validate ${world} with --set (what is measured is fixed) as it would change nothing: leave it out`;

/** Every world by its name. */
export const WORLDS: Readonly<Record<string, World>> = {
  planted: {
    out: "data/validation.json",
    takes: ["ic", "workers", "set", "store"],
    run: (request) => runValidationGrid("planted", request),
  },
  null: {
    out: "data/validation.json",
    takes: ["workers", "set", "store"],
    run: (request) => runValidationGrid("null", request),
  },
  learning: {
    out: "data/learning_control.json",
    takes: ["workers", "set"],
    async run(request) {
      const control = await runLearningControl(request);
      return { text: learningControlText(control), checks: controlChecks(control.markets) };
    },
  },
  drawdown: {
    out: "data/drawdown_proof.json",
    takes: ["workers", "data", "set"],
    async run(request) {
      const { markets } = await runDrawdownProof({ ...request, data: request.data ?? null });
      return { text: drawdownProofText(markets), checks: proofChecks(markets) };
    },
  },
  language: {
    out: "data/language_proof.json",
    takes: ["ic", "set"],
    async run(request) {
      const proof = await runLanguageProof(request);
      return { text: languageProofText(proof), checks: languageChecks(proof.markets) };
    },
  },
  news: {
    out: "data/language_news.json",
    takes: ["ic", "set"],
    async run(request) {
      const proof = await runFourCellsProof(request);
      return { text: fourCellsText(proof), checks: fourCellsChecks(proof.markets) };
    },
  },
  forecasts: {
    out: "data/forecast_proof.json",
    takes: ["ic", "data"],
    fixed: measured("forecasts"),
    async run(request) {
      const proof = await runForecastProof(request);
      return { text: forecastProofText(proof), checks: forecastChecks(proof) };
    },
  },
  selection: {
    out: "data/selection_proof.json",
    takes: ["ic"],
    fixed: measured("selection"),
    async run(request) {
      const proof = await runSelectionProof(request);
      return { text: selectionProofText(proof), checks: selectionChecks(proof) };
    },
  },
  execution: {
    out: "data/execution_proof.json",
    takes: [],
    fixed: measured("execution"),
    async run(request) {
      const checks = executionChecks(await runExecutionProof(request));
      return { text: checks.map((check) => paragraph(checkText(check), "", "  ")).join("\n"), checks };
    },
  },
  methods: {
    out: "data/method_proof.json",
    takes: ["ic", "data"],
    fixed: measured("methods"),
    async run(request) {
      const proof = await runMethodProof(request);
      return { text: methodProofText(proof), checks: methodChecks(proof) };
    },
  },
  ladder: {
    out: LADDER,
    takes: ["workers", "store", "stored"],
    first: USUAL_LADDER[0],
    fixed:
      "Cannot validate the ladder with --set as its rungs are asked of the default settings: leave it out",
    async run(request) {
      const ladder = await runLadder(request);
      const judged = rungs(await storedRungs(dirname(LADDER)), ladder);
      const checks = judged.filter(({ must }) => must).flatMap((rung) => rung.checks);
      return { text: ladderText(judged, ladder), checks, told: mustEnd(judged) };
    },
  },
};
