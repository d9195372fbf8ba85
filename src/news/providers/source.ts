/** What a provider of news is to the one who asks it: pages to ask for, and how to read what comes. Pure. */
import type { Failure } from "../../llm/failure.ts";
import type { RawArticle } from "../article.ts";

/** A question to a provider: words, and the time that is asked about, always stated. ms UTC; `to` is left out. */
export interface SearchQuery {
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

/** One request; the key is put in by whoever sends it. */
export interface PageRequest {
  readonly url: string;
  /** JSON that is posted; null for a plain GET. */
  readonly body: string | null;
}

/** A reply as it arrived. */
export interface PageReply {
  readonly text: string;
  readonly contentType: string;
  /** When it arrived, ms UTC. */
  readonly now: number;
}

/** What a reply holds: items and where to go on, or why there are none. */
export type PageReading =
  | { readonly kind: "items"; readonly raws: readonly RawArticle[]; readonly next: string | null }
  | { readonly kind: "failed"; readonly failure: Failure };

/** How a provider is set up: configs/news.yaml. */
export interface ProviderSettings {
  readonly baseUrl: string;
  /** Items a page, as far as the provider takes it. */
  readonly perPage: number;
}

/** A provider. */
export interface NewsSource {
  readonly name: "bocha" | "serpapi" | "gdelt";
  /** How the key travels. */
  readonly keyIn: "header" | "query" | "nowhere";
  /** The request for a page. @param cursor What the page before said; null for the first. */
  readonly request: (query: SearchQuery, cursor: string | null, settings: ProviderSettings) => PageRequest;
  /** Reads a reply with status 200. */
  readonly read: (
    reply: PageReply,
    query: SearchQuery,
    cursor: string | null,
    settings: ProviderSettings,
  ) => PageReading;
}

/** A reading of a failure. */
export function failed(kind: Failure["kind"], text: string): PageReading {
  return { kind: "failed", failure: { kind, text: text.slice(0, 200), retryAfterMs: null } };
}

/** JSON of a reply; undefined for what is none. Raw control characters, which GDELT lets through, count as spaces. */
export function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      // deno-lint-ignore no-control-regex
      return JSON.parse(text.replace(/[\u0000-\u001f]/g, " "));
    } catch {
      return undefined;
    }
  }
}

/** What a body that is no JSON was: a page, nothing, or the beginning of something longer. All may pass. */
export function noJson({ text, contentType }: PageReply): PageReading {
  if (text.trim() === "") return failed("serverFault", "an empty reply");
  if (/html/i.test(contentType) || /^\s*</.test(text)) {
    return failed("serverFault", "a web page instead of JSON");
  }
  return failed("serverFault", `no whole JSON: it begins ${JSON.stringify(text.slice(0, 60))}`);
}
