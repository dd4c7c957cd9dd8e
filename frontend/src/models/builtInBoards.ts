import { lookup } from "../i18n/text";
import { msg } from "../i18n";
import type { Dashboard } from "./dashboards";

/** What the server's own dashboards say. Those that people made keep the words that they chose. */
const TEXTS: ReadonlySet<string> = new Set([
  msg("LogCaster: alerts"),
  msg("Alerts that fire, and the records behind most of them"),
  msg("Firing"),
  msg("Pending"),
  msg("Errors in this range"),
  msg("Alerts that fired or were resolved"),
  msg("Errors by app"),
  msg("LogCaster: ingest"),
  msg("What arrives, from whom, and what became of it"),
  msg("App"),
  msg("Received per second"),
  msg("Stored since the start"),
  msg("Dropped since the start"),
  msg("Buffer in use"),
  msg("Records by app"),
  msg("Loudest apps"),
  msg("Records by level"),
  msg("Loudest hosts"),
  msg("LogCaster: queries"),
  msg("What the machine does while queries run, and what the server says about them"),
  msg("CPU"),
  msg("Memory"),
  msg("Busiest disk"),
  msg("Load of the machine"),
  msg("The server's own log by part"),
  msg("What queries and others complained about"),
  msg("LogCaster: storage"),
  msg("What is on disk, and what takes the room"),
  msg("Records"),
  msg("On disk"),
  msg("Free"),
  msg("Records by host"),
  msg("Largest streams"),
  msg("Text of messages by app"),
  msg("What the storage says"),
]);

/** A dashboard in the language of the console, if it is one of the server's own. */
export function inLanguage(board: Dashboard): Dashboard {
  if (!board.builtIn) return board;
  const { description, variables, panels } = board;
  return {
    ...board,
    name: translated(board.name),
    ...(description !== undefined && { description: translated(description) }),
    variables: variables.map((one) => (one.label === undefined ? one : { ...one, label: translated(one.label) })),
    panels: panels.map((one) => (one.title === undefined ? one : { ...one, title: translated(one.title) })),
  };
}

function translated(text: string): string {
  return TEXTS.has(text) ? lookup(text) : text;
}
