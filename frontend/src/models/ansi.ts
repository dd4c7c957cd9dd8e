/** Text of one look, as terminals' escape sequences ask for it. */
export interface AnsiSpan {
  text: string;
  /** One of the eight colours: 0 black, 1 red, 2 green, 3 yellow, 4 blue, 5 magenta, 6 cyan, 7 white. */
  color?: number;
  background?: number;
  bold?: boolean;
  faint?: boolean;
  italic?: boolean;
  underline?: boolean;
}

const ESC = "\u001b";

/**
 * Escape sequences: CSI (colours and cursor movements), OSC (titles, links), and those of two characters. One that the text
 * ends in is one too: the text may have been cut there.
 */
const SEQUENCE =
  /\u001b(?:\[([0-9;:<=>?]*)[ -/]*([@-~]|$)|[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|[ -/]*[0-~]|$)/g;

export function hasAnsi(text: string): boolean {
  return text.includes(ESC);
}

/** The text without escape sequences. */
export function withoutAnsi(text: string): string {
  return hasAnsi(text) ? text.replace(SEQUENCE, "") : text;
}

/** The text in spans of one look each; escape sequences other than colours and styles are left out. */
export function ansiSpans(text: string): AnsiSpan[] {
  const spans: AnsiSpan[] = [];
  let style: Omit<AnsiSpan, "text"> = {};
  let at = 0;
  const add = (end: number) => {
    if (end > at) spans.push({ text: text.slice(at, end), ...style });
  };
  for (const match of text.matchAll(SEQUENCE)) {
    add(match.index);
    at = match.index + match[0].length;
    if (match[2] === "m") style = styled(style, (match[1] ?? "").split(/[;:]/).map(Number));
  }
  add(text.length);
  return spans;
}

function styled(before: Omit<AnsiSpan, "text">, codes: readonly number[]): Omit<AnsiSpan, "text"> {
  let style = { ...before };
  for (let index = 0; index < codes.length; index++) {
    const code = codes[index] ?? 0;
    if (code === 0) style = {};
    else if (code === 1) style.bold = true;
    else if (code === 2) style.faint = true;
    else if (code === 3) style.italic = true;
    else if (code === 4) style.underline = true;
    else if (code === 22) style = without(without(style, "bold"), "faint");
    else if (code === 23) style = without(style, "italic");
    else if (code === 24) style = without(style, "underline");
    else if (code === 39) style = without(style, "color");
    else if (code === 49) style = without(style, "background");
    else if (code === 38 || code === 48) {
      const [color, used] = extended(codes.slice(index + 1));
      index += used;
      if (color !== undefined) style[code === 38 ? "color" : "background"] = color;
    } else if (code >= 30 && code <= 37) style.color = code - 30;
    else if (code >= 90 && code <= 97) style.color = code - 90;
    else if (code >= 40 && code <= 47) style.background = code - 40;
    else if (code >= 100 && code <= 107) style.background = code - 100;
  }
  return style;
}

function without<T extends object>(style: T, name: keyof T): T {
  const rest = { ...style };
  delete rest[name];
  return rest;
}

/** A colour of the palette of 256, or of red, green and blue, as the nearest of the eight; and the numbers it took. */
function extended(codes: readonly number[]): [number | undefined, number] {
  if (codes[0] === 2) return [nearest(codes[1] ?? 0, codes[2] ?? 0, codes[3] ?? 0), 4];
  if (codes[0] !== 5) return [undefined, 0];
  const index = codes[1] ?? 0;
  if (index < 16) return [index % 8, 2];
  if (index >= 232) return [index < 244 ? 0 : 7, 2];
  const level = (digit: number) => Math.round((digit * 255) / 5);
  const cube = index - 16;
  return [nearest(level(Math.floor(cube / 36)), level(Math.floor(cube / 6) % 6), level(cube % 6)), 2];
}

/** Which of red, green and blue stand out. Colours are told apart by hue, as their brightness must suit the theme. */
function nearest(red: number, green: number, blue: number): number {
  const most = Math.max(red, green, blue);
  const least = Math.min(red, green, blue);
  if (most - least < 32) return most < 128 ? 0 : 7;
  const middle = (most + least) / 2;
  return (red > middle ? 1 : 0) + (green > middle ? 2 : 0) + (blue > middle ? 4 : 0);
}
