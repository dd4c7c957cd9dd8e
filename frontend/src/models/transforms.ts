import { msg, t, tr, type Message } from "../i18n";
import type { PreviewStage, Transform } from "../api/transforms";
import type { OptionValue } from "../api/notices";
import type { Row } from "../api/types";

/** An option of an action, as the form shows it. */
export interface ActionOption {
  name: string;
  type: "TEXT" | "NUMBER" | "LIST" | "MAP" | "DURATION" | "SIZE";
  required: boolean;
  secret: boolean;
  address: boolean;
  fallback?: OptionValue;
  choices?: readonly string[];
  help: string;
}

function option(
  name: string,
  type: ActionOption["type"],
  help: Message,
  more: Partial<Pick<ActionOption, "required" | "fallback" | "choices">> = {},
): ActionOption {
  return {
    name,
    type,
    required: false,
    secret: false,
    address: false,
    ...more,
    get help() {
      return tr(help);
    },
  };
}

const pipe = (example: string, help: Message): ActionSpec => ({
  get help() {
    return tr(help);
  },
  options: [
    {
      ...option("pipe", "TEXT", msg("such as {example}"), { required: true }),
      get help() {
        return t("such as {example}", { example });
      },
    },
  ],
  start: { pipe: example },
});

export interface ActionSpec {
  /** What it does, in a few words. */
  help: string;
  options: readonly ActionOption[];
  /** What a new transform of the action starts with. */
  start: Record<string, unknown>;
}

/** The actions of transforms, those that people look for first at the beginning. */
export const ACTIONS: Readonly<Record<string, ActionSpec>> = {
  redact: {
    get help() {
      return t("replaces secrets");
    },
    options: [
      option("with", "TEXT", msg("what takes the place of a secret"), {
        fallback: "mask",
        choices: ["mask", "hash", "remove"],
      }),
      option("fields", "LIST", msg("the fields to search; all but the stream fields if empty")),
      option("patterns", "MAP", msg("own regular expressions by name; alone, only these are looked for")),
      option("keyFile", "TEXT", msg("for hash: the file with the key, on the server")),
    ],
    start: { kinds: ["card", "email", "bearer", "url_password", "cloud_key"] },
  },
  drop: {
    get help() {
      return t("does not store the records");
    },
    options: [],
    start: {},
  },
  sample: {
    get help() {
      return t("keeps one record of so many, which says so in _sampled");
    },
    options: [option("oneOf", "NUMBER", msg("10 keeps every tenth"), { required: true })],
    start: { oneOf: 10 },
  },
  join: {
    get help() {
      return t("joins the lines of stack traces");
    },
    options: [
      option("preset", "TEXT", msg("what continues a record; or a pattern of its first line below"), {
        choices: ["indentation", "java", "python", "go", "node", "dotnet"],
      }),
      option("start", "TEXT", msg("a regular expression of the first line, instead of a preset")),
      option("timeout", "DURATION", msg("how long a record waits for further lines"), { fallback: "300ms" }),
      option("maxLines", "NUMBER", msg("the most lines of a record")),
      option("maxSize", "SIZE", msg("the largest message")),
    ],
    start: { preset: "java" },
  },
  deduplicate: {
    get help() {
      return t("folds equal records of a short time into one");
    },
    options: [
      option("fields", "LIST", msg("records that are equal in these; the stream and the message if empty")),
      option("window", "DURATION", msg("how long"), { fallback: "10s" }),
    ],
    start: { window: "10s" },
  },
  limit: {
    get help() {
      return t("keeps at most so many records a second of each stream");
    },
    options: [option("rate", "NUMBER", msg("records a second"), { required: true })],
    start: { rate: 100 },
  },
  set: {
    get help() {
      return t("sets fields");
    },
    options: [option("values", "MAP", msg("the fields and their values"), { required: true })],
    start: { values: { env: "prod" } },
  },
  route: {
    get help() {
      return t("sends the records to a sink and does not store them");
    },
    options: [option("sink", "TEXT", msg("the name of the sink"), { required: true })],
    start: {},
  },
  plugin: {
    get help() {
      return t("lets a plug-in change or drop the records");
    },
    options: [
      option("type", "TEXT", msg("the transform of a plug-in, such as upper_case"), { required: true }),
      option("values", "MAP", msg("what the plug-in asks for; for a secret, the path of the file that holds it")),
    ],
    start: {},
  },
  extract: pipe('extract "user=<user> "', msg("takes fields out of the message")),
  extract_regexp: pipe('extract_regexp "user=(?P<user>\\\\w+)"', msg("takes fields out by a regular expression")),
  unpack_json: pipe("unpack_json", msg("makes fields of JSON")),
  unpack_logfmt: pipe("unpack_logfmt", msg("makes fields of name=value pairs")),
  unpack_syslog: pipe("unpack_syslog", msg("makes fields of a syslog line")),
  rename: pipe("rename usr as user", msg("renames fields")),
  copy: pipe("copy host as server", msg("copies fields")),
  delete: pipe("delete password", msg("deletes fields")),
  format: pipe('format "<method> <path>"', msg("writes the message anew")),
  replace: pipe('replace ("a", "b")', msg("replaces a text")),
  replace_regexp: pipe('replace_regexp ("id=[0-9]+", "id=?")', msg("replaces what matches")),
  math: pipe("math bytes / 1024 as kilobytes", msg("computes a field")),
  drop_empty_fields: pipe("drop_empty_fields", msg("drops empty fields")),
  decolorize: pipe("decolorize", msg("takes colours out of the message")),
};

export const SECRET_KINDS: Readonly<Record<string, Message>> = {
  card: msg("card numbers"),
  email: msg("email addresses"),
  ip: msg("IP addresses"),
  bearer: msg("tokens and credentials"),
  url_password: msg("passwords in URLs"),
  cloud_key: msg("keys of clouds"),
};

/** A new transform of an action, with a name that no other has. */
export function newTransform(action: string, others: readonly Transform[]): Transform {
  const names = new Set(others.map(({ name }) => name));
  let name = action.replaceAll("_", " ");
  for (let count = 2; names.has(name); count++) name = `${action.replaceAll("_", " ")} ${count}`;
  return { name, filter: "*", action, enabled: true, options: { ...ACTIONS[action]?.start } };
}

export const isEnabled = ({ enabled }: Pick<Transform, "enabled">) => enabled !== false;

/** What the form shows of an option: patterns are pairs of name and expression there. */
export function shownOption(transform: Transform, name: string): OptionValue | undefined {
  const value = transform.options?.[name];
  if (name === "patterns" && Array.isArray(value))
    return Object.fromEntries(
      (value as { name?: string; expression?: string }[]).map((one) => [one.name ?? "", one.expression ?? ""]),
    );
  return value as OptionValue | undefined;
}

/** An option with what may be chosen, if anything is known; what is set stays one of them. */
export function withChoices(option: ActionOption, known: readonly string[], transform: Transform): ActionOption {
  const set = shownOption(transform, option.name);
  return known.length === 0
    ? option
    : { ...option, choices: [...new Set(typeof set === "string" && set !== "" ? [...known, set] : known)] };
}

/** The transform with an option as the form has it; an absent value removes it. */
export function withOption(transform: Transform, name: string, value: OptionValue | undefined): Transform {
  const options = { ...transform.options };
  if (value === undefined) delete options[name];
  else if (name === "patterns" && typeof value === "object" && !Array.isArray(value))
    options[name] = Object.entries(value).map(([kind, expression]) => ({ name: kind, expression }));
  else options[name] = value;
  return { ...transform, options };
}

/** What is sent: without what is empty. */
export function transformBody({ name, filter = "", action, enabled, options }: Transform): Transform {
  const text = filter.trim();
  return {
    name: name.trim(),
    action,
    ...(text !== "" && text !== "*" && { filter: text }),
    ...(enabled === false && { enabled }),
    ...(options && Object.keys(options).length > 0 && { options }),
  };
}

export interface FieldChange {
  name: string;
  before: string | undefined;
  after: string | undefined;
}

/** The fields in which a record differs before and after a transform. */
export function changesOf(before: Row, after: Row): FieldChange[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names]
    .filter((name) => (before[name] ?? "") !== (after[name] ?? ""))
    .map((name) => ({ name, before: before[name], after: after[name] }));
}

export interface StageRow {
  row: Row;
  /** Absent where rows cannot be paired, as some were dropped or joined. */
  changes?: FieldChange[];
}

/** The records of a stage, changed ones first; with their changes where each record before has one after. */
export function stageRows(before: readonly Row[], stage: PreviewStage): StageRow[] {
  if (before.length !== stage.records.length) return stage.records.map((row) => ({ row }));
  const rows = stage.records.map((row, index) => ({ row, changes: changesOf(before[index] ?? {}, row) }));
  return [...rows.filter(({ changes }) => changes.length > 0), ...rows.filter(({ changes }) => changes.length === 0)];
}
