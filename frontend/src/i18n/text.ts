import { loadedSpeech, locale } from "./locale";

/** The names in braces of a text. */
export type Names<S extends string> = S extends `${string}{${infer N}}${infer Rest}` ? N | Names<Rest> : never;

/** Values for the names of a text; numbers are written as the language writes them. */
export type Values<S extends string> = Record<Names<S>, string | number>;

type Rest<S extends string> = [Names<S>] extends [never] ? [] : [values: Values<S>];

/** A text of the source alone, so that the test of the catalogues finds every one. */
export type Literal<S extends string> = string extends S ? never : S;

/** An English text that is kept, in a table of labels for example, and translated where it is shown. */
export type Message = string & { readonly message: unique symbol };

/** What tells equal English texts apart, "Open [[verb]]", and is never shown. */
const MEANING = / \[\[[^\]]+\]\]$/;

const INTEGERS = {
  en: new Intl.NumberFormat("en-US", { maximumFractionDigits: 3 }),
  ko: new Intl.NumberFormat("ko-KR", { maximumFractionDigits: 3 }),
};

/** The text in the console's language, which is the English one if it has no other. */
export function lookup(english: string): string {
  return loadedSpeech()?.texts[english] ?? english.replace(MEANING, "");
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  const filled = text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : typeof value === "number" ? INTEGERS[locale()].format(value) : value;
  });
  return loadedSpeech()?.finish(filled) ?? filled;
}

/** Translates a text: `t("Last seen {age} ago", { age })`. */
export function t<S extends string>(text: Literal<S>, ...rest: Rest<S>): string {
  const [values] = rest;
  return values === undefined ? lookup(text) : fill(lookup(text), values);
}

/** Translates a text with a count: `plural(rows, "{n} row", "{n} rows")`. A catalogue has it under the second text. */
export function plural<S extends string>(
  count: number,
  one: string,
  many: Literal<S>,
  ...rest: [Exclude<Names<S>, "n">] extends [never] ? [] : [values: Record<Exclude<Names<S>, "n">, string | number>]
): string {
  const text = loadedSpeech()?.texts[many] ?? (count === 1 ? one : many);
  const values: Record<string, string | number> | undefined = rest[0];
  return fill(text, { ...values, n: count });
}

/** Marks a text that is translated later, by `tr`. */
export function msg<S extends string>(text: Literal<S>): Message {
  return text as string as Message;
}

/** Translates what `msg` marked. */
export function tr(message: Message, values?: Readonly<Record<string, string | number>>): string {
  return values === undefined ? lookup(message) : fill(lookup(message), values);
}
