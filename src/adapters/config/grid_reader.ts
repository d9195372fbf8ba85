/** The parts of a grid's file, read one by one; what is wrong is collected and said together, each with its line. */
import { UserError } from "../../core/user_error.ts";
import { complaint, complaintList, unknownComplaint } from "./complaint.ts";
import { type ListReading, readNames, readSeeds } from "./grid_lists.ts";
import { nearest } from "../../core/nearest.ts";
import { settingCatalogue } from "./resolve_settings.ts";
import { type Assignment, originText, printable, type WrittenValue } from "./written.ts";

/** A group under a name that the file gives. */
export interface NamedGroup {
  readonly name: string;
  readonly value: WrittenValue;
}

/** Why a setting must not stand somewhere; null if it may. */
type Refusal = (path: readonly string[]) => string | null;

/** Names of arms and markets: they stand in labels, between slashes. */
const NAME = /^[A-Za-z][\w=.+-]{0,59}$/;

export class GridReader {
  readonly #file: string;
  readonly #above: string;
  readonly #values: ReadonlyMap<string, WrittenValue>;
  readonly #complaints: string[];

  /** @param keys The keys that may stand here. */
  constructor(
    file: string,
    written: readonly Assignment[],
    keys: readonly string[],
    above = "",
    complaints: string[] = [],
  ) {
    this.#file = file;
    this.#above = above;
    this.#complaints = complaints;
    this.#values = new Map(written.map(({ path, value }) => [path.join("."), value]));
    for (const [key, { origin }] of this.#values) {
      if (keys.includes(key)) continue;
      const near = nearest(key, keys);
      const hint = near.length > 0 ? `Did you mean ${near.join(" or ")}?` : `There are ${keys.join(", ")}.`;
      this.complain(`  ${printable(this.#at(key))}: no such part of a grid${originText(origin)}. ${hint}`);
    }
  }

  complain(line: string): void {
    this.#complaints.push(line);
  }

  /** What stands under a key, to be read elsewhere; undefined where nothing does. */
  value(key: string): WrittenValue | undefined {
    return this.#values.get(key);
  }

  /** Complains of a value. @returns Nothing to go on with. */
  refuse(path: string, rule: string, value: WrittenValue, hint = ""): [] {
    this.complain(complaint(this.#at(path), rule, value, hint));
    return [];
  }

  unknownSetting(path: readonly string[], value: WrittenValue): [] {
    this.complain(unknownComplaint(path, value, settingCatalogue()));
    return [];
  }

  complainOfNone(key: string, rule: string): void {
    if (this.#complaints.length === 0) this.complain(`  ${this.#at(key)}: ${rule}: nothing stands there`);
  }

  /** The part of a file below a name. */
  within(above: string, value: WrittenValue, keys: readonly string[]): GridReader {
    const written = this.#groupEntries(above, value).map(([key, one]): Assignment => ({
      path: [key],
      value: one,
    }));
    return new GridReader(this.#file, written, keys, above, this.#complaints);
  }

  text(key: string, rule: string): string {
    const value = this.#values.get(key);
    if (value?.kind === "text" && value.text.trim() !== "") return value.text.trim();
    if (value) this.refuse(key, rule, value);
    else this.complain(`  ${this.#at(key)}: ${rule}: nothing stands there`);
    return "";
  }

  /** Seeds as "1-20" or "1,4,7", or "market"; null where nothing is stated. */
  seeds(key: string): readonly number[] | "market" | null {
    const value = this.#values.get(key);
    return value?.kind === "text" && value.text === "market"
      ? "market"
      : this.numbers(key, "Or write market: the seed of each market.");
  }

  /** Seeds as "1-20" or "1,4,7", or a list of them; null where nothing is stated. */
  numbers(key: string, more = ""): readonly number[] | null {
    const value = this.#values.get(key);
    return value === undefined ? null : this.#taken(key, readSeeds(value, more));
  }

  /** A list of known names, each once; empty where nothing is stated. */
  names(key: string, known: readonly string[]): readonly string[] {
    const value = this.#values.get(key);
    return value === undefined ? [] : this.#taken(key, readNames(value, known));
  }

  /** What stands below a key, under names that the file gives and that fit into a label. */
  groups(key: string): NamedGroup[] {
    return this.entries(key).flatMap(([name, value]) =>
      NAME.test(name) ? [{ name, value }] : this.refuse(
        `${key}.${name}`,
        "a name must begin with a letter and hold letters, digits, = . + - _",
        value,
      )
    );
  }

  entries(key: string): readonly (readonly [string, WrittenValue])[] {
    const value = this.#values.get(key);
    return value === undefined ? [] : this.#groupEntries(key, value);
  }

  /** Settings below a key of this part. */
  settings(key: string, refusal: Refusal): readonly Assignment[] {
    const value = this.#values.get(key);
    return value === undefined ? [] : this.assignments(value, key, refusal);
  }

  /** The settings of a group; a dotted key is a path. */
  assignments(value: WrittenValue, where: string, refusal: Refusal): readonly Assignment[] {
    return this.#groupEntries(where, value).flatMap(([key, one]) => {
      const path = key.split(".");
      const inner = one.kind === "group"
        ? one.entries.map(([name]) => [...path, ...name.split(".")])
        : [path];
      const rule = inner.map(refusal).find((found) => found !== null);
      return rule === undefined ? [{ path, value: one }] : this.refuse(`${where}.${key}`, rule!, one);
    });
  }

  requireUnique(key: string, named: readonly { readonly name: string }[]): void {
    const names = named.map(({ name }) => name);
    const twice = names.find((name, i) => names.indexOf(name) < i);
    if (twice !== undefined) {
      this.complain(`  ${key}: names must be unique: ${printable(twice)} stands there twice`);
    }
  }

  /** @throws {UserError} If anything was wrong. */
  end(): void {
    if (this.#complaints.length === 0) return;
    throw new UserError(
      `Cannot read the grid ${printable(this.#file)} as it breaks a rule:\n${
        complaintList(this.#complaints)
      }`,
    );
  }

  #taken<Item>(key: string, reading: ListReading<Item>): readonly Item[] {
    return "items" in reading ? reading.items : this.refuse(key, reading.rule, reading.value, reading.hint);
  }

  #groupEntries(where: string, value: WrittenValue): readonly (readonly [string, WrittenValue])[] {
    if (value.kind === "group") return value.entries;
    const empty = value.kind === "text" && !value.quoted && /^(|~|null)$/i.test(value.text);
    return empty ? [] : this.refuse(where, "must be a group", value);
  }

  #at(key: string): string {
    return this.#above === "" || key.startsWith(this.#above) ? key : `${this.#above}.${key}`;
  }
}
