/** Draws the figures of the paper from stored results, then builds paper/main.pdf with the TeX engine that is there. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { drawPaper } from "popagent/adapters/evidence/draw_paper.ts";
import { PROJECT } from "popagent/adapters/files/project.ts";

const RESULTS = join(PROJECT, "results"), PAPER = join(PROJECT, "paper");
/** Engines that this paper compiles with, the first that is there being taken. */
const ENGINES = ["pdflatex", "lualatex"] as const;

/** True if a program can be started. */
async function isThere(program: string): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args: ["--version"], stdout: "null", stderr: "null" }).output())
      .success;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
}

async function engine(): Promise<(typeof ENGINES)[number] | null> {
  for (const one of ENGINES) if (await isThere(one)) return one;
  return null;
}

/** Runs the engine once. @returns Its log. */
async function compile(program: string): Promise<{ readonly success: boolean; readonly log: string }> {
  const args = ["-interaction=nonstopmode", "-halt-on-error", "main.tex"];
  const { success, stdout, stderr } = await new Deno.Command(program, { args, cwd: PAPER }).output();
  return { success, log: new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr) };
}

const missing = ["macros.tex", "results.tex"].filter((name) => !existsSync(join(PAPER, name)));
if (missing.length > 0) {
  console.error(
    `Cannot build the paper as ${
      missing.join(" and ")
    } must be there: export a grid first, deno task experiment export <grid>`,
  );
  Deno.exit(1);
}
const drawn = await drawPaper({ results: RESULTS, paper: PAPER }, ["pdf"]);
console.log(`${drawn.length} figures were drawn from stored results into paper/figures`);
const program = await engine();
if (program === null) {
  console.error(
    `Cannot build paper/main.pdf as a TeX engine must be there: none of ${
      ENGINES.join(", ")
    } was found. Figures, tables ` +
      "and macros need none and are in paper/. On Debian: apt-get install texlive-latex-base " +
      "texlive-latex-recommended (booktabs, geometry).",
  );
  Deno.exit(1);
}
for (const pass of [1, 2]) { // labels of tables are known from the second on
  const { success, log } = await compile(program);
  if (success) continue;
  const error = /^(!.*(?:\n.*){0,3})/m.exec(log)?.[1] ?? log.slice(-500);
  console.error(`Cannot build the paper as ${program} must end well (pass ${pass}):\n${error}`);
  Deno.exit(1);
}
console.log(`paper/main.pdf, by ${program}`);
