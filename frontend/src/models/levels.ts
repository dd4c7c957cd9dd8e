/** The six levels, least severe first, as the server names them. */
export const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;
export type Level = (typeof LEVELS)[number];

/** Shown for records without one of the six levels. */
export const NO_LEVEL = "NONE";
export type ShownLevel = Level | typeof NO_LEVEL;

/** From the bottom of a stack to its top: severe levels are at the base line, where their size is easiest to read. */
export const STACK_ORDER: readonly ShownLevel[] = ["FATAL", "ERROR", "WARN", "INFO", "DEBUG", "TRACE", NO_LEVEL];

export function isLevel(text: string | undefined): text is Level {
  return (LEVELS as readonly string[]).includes(text ?? "");
}

export function shownLevel(text: string | undefined): ShownLevel {
  return isLevel(text) ? text : NO_LEVEL;
}

/** The CSS variable of a level's colour; the colours are defined in `styles/tokens.css`. */
export function levelToken(level: ShownLevel): string {
  return `--level-${level.toLowerCase()}`;
}

/** The class for a level's colour. Always show the level's name as well: colour must not be the only sign. */
export function levelClass(text: string | undefined): string {
  return `level level-${shownLevel(text).toLowerCase()}`;
}
