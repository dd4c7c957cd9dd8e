/** The six levels, least severe first, as the server names them. */
export const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export type Level = (typeof LEVELS)[number];

/** What records without one of the six levels are shown as. */
export const NO_LEVEL = "NONE";
export type ShownLevel = Level | typeof NO_LEVEL;

/** From the bottom of a stack to its top: what hurts lies at the base line, where its size can be read. */
export const STACK_ORDER: readonly ShownLevel[] = ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", NO_LEVEL];

export function isLevel(text: string | undefined): text is Level {
  return (LEVELS as readonly string[]).includes(text ?? "");
}

export function shownLevel(text: string | undefined): ShownLevel {
  return isLevel(text) ? text : NO_LEVEL;
}

/** The style token that carries a level's colour; the colours themselves live in `styles/tokens.css`. */
export function levelToken(level: ShownLevel): string {
  return `--level-${level.toLowerCase()}`;
}

/** Class that gives an element its level's colour. The level's name must stand beside it: colour is never the only sign. */
export function levelClass(text: string | undefined): string {
  return `level level-${shownLevel(text).toLowerCase()}`;
}
