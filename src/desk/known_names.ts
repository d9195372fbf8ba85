/** Names in a request of a cell against those that there are. */
export { hint, requireKeys, requireKnown } from "../core/known_names.ts";
