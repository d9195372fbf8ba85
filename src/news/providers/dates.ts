/** Dates as providers write them. Null for what cannot be read: such an item never enters. */
import type { RawArticle } from "../article.ts";

type Published = RawArticle["published"];

const HOUR = 3_600_000, DAY = 24 * HOUR;
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");

/** "2025-10-06T22:18:30+08:00" and "...Z"; without an offset it is no instant, and a bare day is a day. */
export function isoDate(text: string | null | undefined): Published {
  if (!text) return null;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return checked(Date.parse(text), "day");
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})$/.test(text)) return null;
  return checked(Date.parse(text), "instant");
}

/** GDELT's "20251010T203000Z": when it saw an item, in quarters of an hour. */
export function seenDate(text: string): Published {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  if (!parts) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return checked(Date.UTC(year, month - 1, day, hour, minute, second), "seen");
}

/** SerpAPI's "Oct 6, 2025", "15 hours ago" (of `created`) and "10/06/2025, 07:00 AM, +0000 UTC". */
export function searchDate(text: string | null | undefined, created: number | null): Published {
  if (!text) return null;
  const exact = /^(\d{2})\/(\d{2})\/(\d{4}), (\d{2}):(\d{2}) (AM|PM), \+0000 UTC$/.exec(text);
  if (exact) {
    const [month, day, year, hour, minute] = exact.slice(1, 6).map(Number) as [
      number,
      number,
      number,
      number,
      number,
    ];
    return checked(
      Date.UTC(year, month - 1, day, hour % 12 + (exact[6] === "PM" ? 12 : 0), minute),
      "instant",
    );
  }
  const ago = /^(\d{1,3}) (minute|min|hour|day|week|month|year)s? ago$/i.exec(text);
  if (ago) return created === null ? null : agoOf(Number(ago[1]), ago[2]!.toLowerCase(), created);
  const named = /^([A-Za-z]{3})[a-z]* (\d{1,2}), (\d{4})$/.exec(text);
  if (!named) return null;
  const month = MONTHS.indexOf(named[1]!.toLowerCase());
  return month < 0 ? null : checked(Date.UTC(Number(named[3]), month, Number(named[2])), "day");
}

/** "n ago" is rounded down: the latest instant it can mean is taken, and for days and more the latest day. */
function agoOf(number: number, unit: string, created: number): Published {
  if (unit.startsWith("min")) return checked(created - number * 60_000, "instant");
  if (unit === "hour") return checked(created - number * HOUR, "instant");
  const days = { day: 1, week: 7, month: 28, year: 365 }[unit]!;
  const at = created - number * days * DAY;
  return checked(at - at % DAY, "day");
}

/** SerpAPI's "2025-10-07 12:00:00 UTC". */
export function createdAt(text: string | undefined): number | null {
  if (!text || !/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2} UTC$/.test(text)) return null;
  const at = Date.parse(`${text.slice(0, 10)}T${text.slice(11, 19)}Z`);
  return Number.isNaN(at) ? null : at;
}

function checked(at: number, to: "instant" | "day" | "seen"): Published {
  return Number.isFinite(at) && at >= 0 ? { at, to } : null;
}

/** "2025-10-06" of an instant, UTC. */
export function dayText(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
