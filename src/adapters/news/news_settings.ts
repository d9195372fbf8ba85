/** configs/news.yaml: where news is fetched from, and what is asked for. */
import * as z from "zod";
import { checked } from "../files/json_file.ts";
import { atPath } from "../files/system_error.ts";
import { parsedYaml } from "../files/yaml_file.ts";

/** The file that is read unless another is named. */
export const NEWS_SETTINGS = "configs/news.yaml";

const providerSchema = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }),
  key: z.string().regex(/^[A-Z][A-Z0-9_]*$/).nullable().describe(
    "Variable of the environment; null for none",
  ),
  gapSeconds: z.number().min(0).max(600).describe("Between the beginnings of two requests"),
  perPage: z.int().min(1).max(250),
  pages: z.int().min(1).max(1000).describe("Most pages of one query"),
  timeoutSeconds: z.number().min(0.05).max(600),
});
const text = z.string().min(3).max(100);

export const newsSettingsSchema = z.strictObject({
  providers: z.strictObject({ gdelt: providerSchema, bocha: providerSchema, serpapi: providerSchema }),
  queries: z.strictObject({ macro: z.array(text).max(50), micro: z.array(text).max(20) }),
});
/** The whole file. */
export type NewsSettings = Readonly<z.output<typeof newsSettingsSchema>>;
/** One provider in it. */
export type NewsProvider = NewsSettings["providers"]["gdelt"];

/** @throws {UserError} If it cannot be read, or breaks a rule: the path, the rule. */
export async function readNewsSettings(path = NEWS_SETTINGS): Promise<NewsSettings> {
  let content: string;
  try {
    content = await Deno.readTextFile(path);
  } catch (error) {
    throw atPath("read", path, error);
  }
  return checked(path, newsSettingsSchema, parsedYaml(content, path));
}

/** Hosts that news may be fetched from, as permissions name them. */
export function newsHosts({ providers }: NewsSettings): string[] {
  return [...new Set(Object.values(providers).map(({ baseUrl }) => new URL(baseUrl).host))].sort();
}

/** Variables that keys are read from. */
export function newsKeys({ providers }: NewsSettings): string[] {
  return Object.values(providers).flatMap(({ key }) => key ?? []).sort();
}
