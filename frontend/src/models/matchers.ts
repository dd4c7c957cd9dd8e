/** Conditions on labels, one a line or separated by commas outside of quotes: `app=web`, `host=~"db.*"`. */
export function splitMatchers(text: string): string[] {
  return (text.match(/(?:[^,\n"]|"(?:\\.|[^"\\])*"|")+/g) ?? [])
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

/** What is wrong with a condition; `undefined` if nothing is. */
export function matcherProblem(matcher: string): string | undefined {
  const match = /^\s*([^=!]*?)\s*(=~|!~|!=|=)/.exec(matcher);
  if (!match) return `“${matcher}” needs one of = != =~ !~, such as app=web`;
  if (match[1] === "") return `“${matcher}” needs the name of a label before ${match[2]}`;
  if (!match[2]?.endsWith("~")) return undefined;
  const value = matcher
    .slice(match[0].length)
    .trim()
    .replace(/^"(.*)"$/s, "$1");
  try {
    new RegExp(value);
    return undefined;
  } catch {
    return `“${matcher}” has an invalid regular expression`;
  }
}

/** All conditions of a silence as texts. */
export function silenceMatchers(silence: { matchers: Record<string, string>; match: readonly string[] }): string[] {
  return [...Object.entries(silence.matchers).map(([label, value]) => `${label}=${value}`), ...silence.match];
}

/** Whether an alert meets a condition, as the server decides it: a label it does not have is empty. */
export function matches(matcher: string, labels: Readonly<Record<string, string>>): boolean {
  const match = /^\s*([^=!]*?)\s*(=~|!~|!=|=)\s*([^]*?)\s*$/.exec(matcher);
  if (!match) return false;
  const [, name = "", operator = "=", raw = ""] = match;
  const value = raw
    .replace(/^"([^]*)"$/, "$1")
    .replaceAll('\\"', '"')
    .replaceAll("\\\\", "\\");
  const found = labels[name] ?? "";
  const equal = operator.endsWith("~") ? new RegExp(`^(?:${value})$`, "s").test(found) : found === value;
  return equal !== operator.startsWith("!");
}
