import { tokenize } from "./logsql";
import { quote } from "./queryEdit";

const PLACEHOLDER = /\$\{(\w+)\}/g;

/**
 * A query with the chosen values in place of `${name}`. They become strings, so whatever they contain cannot change the
 * rest of the query; `*` stands for all. Inside a string the first value is put in, escaped.
 */
export function withValues(query: string, chosen: Readonly<Record<string, readonly string[]>>): string {
  let result = "";
  let done = 0;
  const outside = (text: string) =>
    text.replace(PLACEHOLDER, (whole, name: string) => {
      const values = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
      if (!values) return whole;
      return values.length === 0 ? "*" : values.map(quote).join(", ");
    });
  for (const { kind, text, from, to } of tokenize(query)) {
    // A quoted name of a field is a string, too.
    const mark = text.charAt(0);
    const string = kind === "string" || (kind === "field" && /["'`]/.test(mark));
    if (!string) continue;
    result += outside(query.slice(done, from));
    result += text.replace(PLACEHOLDER, (whole, name: string) => {
      const values = Object.hasOwn(chosen, name) ? chosen[name] : undefined;
      return values ? inside(values[0] ?? "", mark) : whole;
    });
    done = to;
  }
  return result + outside(query.slice(done));
}

function inside(value: string, mark: string): string {
  if (mark === "`") return value.replaceAll("`", "");
  const escaped = quote(value).slice(1, -1);
  return mark === "'" ? escaped.replaceAll('\\"', '"').replaceAll("'", "\\'") : escaped;
}

/** The names of the variables in a query. */
export function variablesOf(query: string): string[] {
  return [...new Set([...query.matchAll(PLACEHOLDER)].map(([, name]) => name ?? ""))];
}
