import { parse } from "tldts";

/** The registrable domain of a web address (`bbc.co.uk` of `www.bbc.co.uk`); null for what is no address of the web. */
export function domainOf(url: string): string | null {
  if (!/^https?:\/\//i.test(url.trim())) return null;
  const { domain, isIp } = parse(url.trim(), { allowPrivateDomains: true });
  return isIp ? null : domain?.toLowerCase() ?? null;
}
