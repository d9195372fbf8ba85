/** docs/TUTORIAL.md, done as a reader does it: its files written, its commands run, its cells run in a kernel. */
import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { PROJECT } from "popagent/adapters/files/project.ts";
import { runNotebook } from "popagent/adapters/notebook/run_notebook.ts";

const PAGE = await Deno.readTextFile(join(PROJECT, "docs", "TUTORIAL.md"));

/** What a reader needs to do once on an empty machine; the rest of the page is run. */
const BEFOREHAND = /^(git clone|cd|npx) /;

/** The blocks of the page by language, in order, `data/mine` being another folder. */
function blocks(mine: string): { readonly language: string; readonly text: string }[] {
  return [...PAGE.matchAll(/```(\w+)\n([\s\S]*?)```/g)].map(([, language, text]) => ({
    language: language!,
    text: text!.replaceAll("data/mine", mine),
  }));
}

/** The words of a command line as a shell sees them; double quotes keep words together. */
function words(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare!);
}

async function run(line: string): Promise<string> {
  const [program, ...args] = words(line);
  assert.equal(program, "deno", line);
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args,
    cwd: PROJECT,
    env: { NO_COLOR: "1", POPAGENT_DATA: "" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assert.equal(code, 0, `${line}\n${said}`);
  return said;
}

Deno.test("docs/TUTORIAL.md leads from an empty machine to one's own agent on one's own bars", async () => {
  await Deno.mkdir(join(PROJECT, "data"), { recursive: true });
  const home = await Deno.makeTempDir({ dir: join(PROJECT, "data"), prefix: "tutorial-" });
  const mine = `data/${basename(home)}`;
  try {
    const cells: string[] = [], said: string[] = [];
    for (const { language, text } of blocks(mine)) {
      const file = /^(?:\/\/|#) (data\/\S+)\n/.exec(text)?.[1];
      if (file !== undefined) await Deno.writeTextFile(join(PROJECT, file), text);
      else if (language === "ts") cells.push(text);
      else {
        for (const line of text.trim().split("\n")) {
          if (!BEFOREHAND.test(line)) said.push(await run(line));
        }
      }
    }
    assert.match(said.at(-1)!, /population-s1-/, "the run is listed");
    const notebook = { cells: cells.map((source) => ({ cell_type: "code", source: [source] })) };
    await Deno.writeTextFile(join(home, "mine.ipynb"), JSON.stringify(notebook));
    const runs = await runNotebook(join(home, "mine.ipynb"), {
      env: { POPAGENT_DATA: "" },
      cellTimeout: 120_000,
    });
    const shown = JSON.stringify(runs.map(({ outputs }) => outputs));
    assert.match(shown, /My rule/);
    assert.match(shown, /patient/, "one's own agent took part");
  } finally {
    await Deno.remove(home, { recursive: true });
  }
});

Deno.test("the commands of docs/TUTORIAL.md that need the network or an empty machine are the first three alone", () => {
  const commands = blocks("data/mine").filter(({ language }) => language === "sh").flatMap(({ text }) =>
    text.trim().split("\n")
  );
  assert.deepEqual(commands.map((line) => BEFOREHAND.test(line)), commands.map((_, i) => i < 3));
});
