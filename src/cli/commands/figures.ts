import { join } from "node:path";
import { Command } from "@commander-js/extra-typings";
import { FIGURE_FORMATS, figureFile } from "../../adapters/draw/figure_files.ts";
import { writeFileAtomic } from "../../adapters/files/atomic_file.ts";
import { requireWritableFolder } from "../../adapters/files/writable_folder.ts";
import { accountFigures } from "../../figures/account_figures.ts";
import { runFigures } from "../../figures/run_figures.ts";
import { type FigureWidth, WIDTHS } from "../../figures/theme.ts";
import { THEMES } from "../../figures/theme_colours.ts";
import { interactivePage } from "../../report/html/interactive_page.ts";
import { chosen, pathsIn } from "../chosen.ts";
import { FIGURES_FOLDER } from "../paths.ts";
import { say, tell } from "../print.ts";
import { runCandles } from "../run_candles.ts";
import { RUN_NAME, storedRun, withRuns } from "../stored_run.ts";

const FORMATS = [...FIGURE_FORMATS, "html"] as const;
const PAINTED = THEMES.filter((theme) => theme !== "auto");

const EXAMPLES = `
Examples:
  deno task popagent figures                                        every figure of the newest run, as SVG
  deno task popagent figures population-s1 --format png,pdf         of one run, in two formats
  deno task popagent figures --only equity,drawdown --theme dark    two of them, on a dark ground
  deno task popagent figures --candles SOL --from 2023-03-01 --to 2023-03-20
  deno task popagent figures --only equity --format html            read values by hovering, in any browser`;

/** popagent figures: a run's figures as files. */
export function figuresCommand() {
  return withRuns(new Command("figures").argument("[run]", RUN_NAME, "latest"))
    .description(
      "Writes the figures of a run as files: the same run gives the same bytes, fonts are embedded",
    )
    .option("--only <names>", "some figures by name, parted by commas")
    .option("--format <formats>", `${FORMATS.join(", ")}; parted by commas`, "svg")
    .option("--theme <theme>", `${PAINTED.join(", ")}; html follows the reader's own`, "light")
    .option(
      "--width <width>",
      `${Object.keys(WIDTHS).join(" or ")}; figures that know one width keep it`,
      "page",
    )
    .option("--candles <coins>", "candles of these coins too, with the headline's fills, like BTC,SOL")
    .option("--from <time>", "first bar of candles, UTC; a month before the last if left out")
    .option("--to <time>", "last bar of candles, UTC; the run's last if left out")
    .option("--extensions <paths>", "where the run's modules of one's own lie now, parted by commas")
    .option("-d, --data <folder>", "where the run's bars are now, if they were moved")
    .option("--out <folder>", "where they go", FIGURES_FOLDER)
    .addHelpText("after", EXAMPLES)
    .action(async (name, flags) => {
      const formats = chosen(flags.format, FORMATS, "--format");
      const [theme] = chosen(flags.theme, PAINTED, "--theme");
      const [width] = chosen(flags.width, Object.keys(WIDTHS) as FigureWidth[], "--width");
      const run = await storedRun(flags.runs, name);
      const { candles, ...place } = flags;
      const drawn = candles === undefined ? [] : await runCandles(run, {
        candles,
        from: place.from,
        to: place.to,
        data: place.data,
        extensions: pathsIn(place.extensions),
        width: width!,
      });
      const all = [...runFigures(run), ...accountFigures(run, width), ...drawn];
      const names = all.map(({ name }) => name);
      const only = flags.only === undefined ? names : chosen(flags.only, names, "--only");
      await requireWritableFolder(flags.out);
      for (const figure of all.filter(({ name }) => only.includes(name))) {
        for (const format of formats) {
          if (format === "html" && flags.only === undefined && !figure.panels.some(({ hover }) => hover)) {
            tell(`${figure.name} has no values to read by hovering: left out of html`);
            continue;
          }
          const file = join(flags.out, `${figure.name}.${format}`);
          const content = format === "html"
            ? interactivePage(figure)
            : await figureFile(figure, format, theme);
          await writeFileAtomic(file, content);
          say(file, flags.out);
        }
      }
    });
}
