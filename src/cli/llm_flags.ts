/** What the commands that ask language models have in common. */
import { basename } from "node:path";
import { Command } from "@commander-js/extra-typings";
import * as z from "zod";
import { CASSETTE_MODES, type CassetteMode } from "../adapters/llm/cassettes.ts";
import { type OpenLanguageModel, openLanguageModel } from "../adapters/llm/open_language_model.ts";
import { parsedJson } from "../adapters/files/json_file.ts";
import { atPath } from "../adapters/files/system_error.ts";
import { type AnswerForm, answerForm } from "../llm/answer_form.ts";
import { PINNED } from "../llm/ladder.ts";
import type { Message } from "../llm/chat_call.ts";
import { UserError } from "../core/user_error.ts";
import { RUNS_FOLDER } from "./paths.ts";
import { RUN_NAME } from "./stored_run.ts";

/** Where models, cassettes and the journal of spending are. */
export const MODELS = "configs/models.yaml", CASSETTES = "data/llm/cassettes";
export const SPENDING = "data/llm/spending.sqlite";

/** Adds the flag that says where the table of models is. */
export function withModels<Args extends unknown[]>(command: Command<Args>) {
  return command.option("--models <file>", "the table of models", MODELS);
}

/** Adds the flags that say how long answers may be and where calls are kept. */
export function withCassetteFlags<Args extends unknown[], Options extends Record<string, unknown>>(
  command: Command<Args, Options>,
) {
  return command
    .option("--max-tokens <count>", "most tokens of an answer, thoughts included", `${PINNED.maxTokens}`)
    .option("--cassette-folder <folder>", "the folder of cassettes", CASSETTES);
}

/** Adds the flags that make up a call, sent or foreseen. */
export function withCallFlags<Args extends unknown[]>(command: Command<Args>) {
  return withCassetteFlags(
    withModels(command)
      .requiredOption("--model <name>", "a model of the table")
      .option("--system <text>", "what the model is told beforehand")
      .option("--schema <file>", "a JSON Schema that the answer must fit; left out, any text will do"),
  );
}

/** A command that asks a model about a finished run, with the flags that all of them have. */
export function aboutRun(name: string) {
  return withCassetteFlags(withModels(new Command(name).argument("<run>", RUN_NAME)))
    .option("--runs <folder>", "the folder of runs", RUNS_FOLDER)
    .requiredOption("--model <name>", "a model of the table")
    .option(
      "--cassettes <mode>",
      "record keeps new calls, replay sends nothing, live keeps nothing",
      "record",
    )
    .option("--plan", "say what it would ask and cost; ask nobody")
    .option("--json", "print JSON instead of text");
}

/** Opens the model that flags name. @param what Under which name its calls are charged. */
export async function flaggedModel(
  what: string,
  { cassettes, cassetteFolder, models }: {
    readonly cassettes: string;
    readonly cassetteFolder: string;
    readonly models: string;
  },
): Promise<OpenLanguageModel> {
  return await openLanguageModel({
    cassettes: cassetteMode(cassettes),
    folder: cassetteFolder,
    models,
    spending: SPENDING,
    run: `${what} ${new Date().toISOString()}`,
  });
}

/** A prompt as messages. */
export function messagesOf(prompt: string, system: string | undefined): readonly Message[] {
  const user: Message = { role: "user", content: prompt };
  return system === undefined ? [user] : [{ role: "system", content: system }, user];
}

/** The form of a file of JSON Schema; null where none is named. @throws {UserError} With the file and the rule. */
export async function formIn(path: string | undefined): Promise<AnswerForm<unknown> | null> {
  if (path === undefined) return null;
  let text: string;
  try {
    text = await Deno.readTextFile(path);
  } catch (error) {
    throw atPath("read", path, error);
  }
  const schema = parsedJson(path, text);
  const name = basename(path).replace(/\..*$/, "").replace(/[^A-Za-z0-9_-]/g, "_");
  try {
    return answerForm(name, 1, z.fromJSONSchema(schema as never));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(`Cannot read ${path} as it must be a JSON Schema of an object: ${why}`, { cause });
  }
}

/** @throws {UserError} If it is none of the modes. */
export function cassetteMode(text: string): CassetteMode {
  const mode = CASSETTE_MODES.find((one) => one === text);
  if (mode) return mode;
  throw new UserError(
    `Cannot read --cassettes as it must be ${CASSETTE_MODES.join(", ")}: current value is ${text}`,
  );
}
