/** A notice as the body of a request to a Slack incoming webhook. */
import { formatTime } from "../../core/time.ts";
import { cut, oneLine } from "./cut.ts";
import type { Notice } from "./notice.ts";

/**
 * What Slack takes, in UTF-16 units and counts. Source: block-kit types of slackapi/node-slack-sdk; blocks per message
 * and the length of the fallback text as Slack's pages have them.
 */
export const SLACK_LIMITS = {
  blocks: 50,
  header: 150,
  section: 3000,
  fields: 10,
  field: 2000,
  context: 2000,
  fallback: 4000,
} as const;

/** A block, as far as notices use them. */
export type SlackBlock =
  | { readonly type: "header"; readonly text: SlackPlain }
  | { readonly type: "section"; readonly text: SlackMarked }
  | { readonly type: "section"; readonly fields: readonly SlackMarked[] }
  | { readonly type: "context"; readonly elements: readonly SlackMarked[] };

/** Text as it is. */
export interface SlackPlain {
  /** Slack's name of it. */
  readonly type: "plain_text";
  /** Not escaped: nothing in it means anything. */
  readonly text: string;
  /** Names of emoji stay words. */
  readonly emoji: false;
}

/** Text with stars around what is bold; `verbatim`: neither addresses nor names in it become links or call anybody. */
export interface SlackMarked {
  /** Slack's name of it. */
  readonly type: "mrkdwn";
  /** Escaped. */
  readonly text: string;
  /** Nothing in it is looked for. */
  readonly verbatim: true;
}

/** The body of a request. */
export interface SlackMessage {
  /** What a phone shows before the message is opened. */
  readonly text: string;
  /** In the order in which they are shown. */
  readonly blocks: readonly SlackBlock[];
  /** No page is fetched for a link. */
  readonly unfurl_links: false;
  /** Nor is a picture. */
  readonly unfurl_media: false;
}

/**
 * The message of a notice. Text is escaped, so that nothing in it is a link, a mention or a command; what is too long
 * is cut, with a note where the whole is.
 *
 * @param again True if it may have been sent before.
 */
export function slackMessage(notice: Notice, again = false): SlackMessage {
  const { title, sections, facts, source, session, time, files, id } = notice;
  const foot = [
    `${session} · ${formatTime(time)} UTC · ${source}`,
    ...(files.length > 0 ? [`Files: ${files.join(", ")}`] : []),
    ...(again ? ["May have come before: its first sending was cut short."] : []),
    id,
  ];
  const top: SlackBlock[] = [{
    type: "header",
    text: { type: "plain_text", text: cut(oneLine(title) || id, SLACK_LIMITS.header), emoji: false },
  }];
  if (facts.length > 0) {
    const fields = facts.slice(0, SLACK_LIMITS.fields).map(({ name, value }) =>
      marked(`*${escaped(name)}*\n${escaped(value)}`, SLACK_LIMITS.field)
    );
    top.push({ type: "section", fields });
  }
  const said = sections.filter(({ head, text }) => `${oneLine(head)}${text.trim()}` !== ""); // Slack refuses empty ones
  const body = said.slice(0, SLACK_LIMITS.blocks - top.length - 1).map(({ head, text }): SlackBlock => ({
    type: "section",
    text: marked(
      `${head === "" ? "" : `*${escaped(oneLine(head))}*\n`}${escaped(text)}`,
      SLACK_LIMITS.section,
    ),
  }));
  return {
    text: cutEscaped(escaped(oneLine(`${session}: ${title}`)), SLACK_LIMITS.fallback),
    blocks: [...top, ...body, {
      type: "context",
      elements: foot.map((text) => marked(escaped(text), SLACK_LIMITS.context)),
    }],
    unfurl_links: false,
    unfurl_media: false,
  };
}

/** The three characters that Slack reads as its own; nothing else has to be written otherwise. */
function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Cuts an escaped text; half of an escape at its end goes too. */
function cutEscaped(text: string, most: number): string {
  return text.length <= most ? text : cut(text, most).replace(/&[a-z]{0,3}…$/, "…");
}

function marked(text: string, most: number): SlackMarked {
  return { type: "mrkdwn", text: cutEscaped(text, most), verbatim: true };
}
