/** A part of a stack trace: lines to read, or calls that may be folded. */
export interface TracePart {
  kind: "text" | "frames";
  lines: string[];
}

/** Calls as Java, Kotlin, JavaScript, Python, Go, Ruby, .NET and Rust print them. */
const FRAME =
  /^\s+at\s|^\s+\.{3} \d+ (?:more|common frames)|^\s+File "[^"]+", line \d+|^\s+from .+:\d+:in |^\t\S+\.go:\d+|^\s+\d+: +0x|^\s+in \S+ at /;

/** Frames of a run that stay in sight when it is folded. */
export const FRAMES_SHOWN = 3;

/** Runs of fewer frames are not worth a fold. */
const LEAST_FRAMES = 6;

/** A message in runs of frames and of other lines; `undefined` where there are no frames to fold. */
export function traceOf(message: string): TracePart[] | undefined {
  if (!message.includes("\n")) return undefined;
  const parts: TracePart[] = [];
  let previous = false;
  for (const line of message.split("\n")) {
    // Python prints the code of a call below it.
    const frame: boolean = FRAME.test(line) || (previous && /^\s{4,}\S/.test(line));
    const kind = frame ? "frames" : "text";
    const last = parts[parts.length - 1];
    if (last?.kind === kind) last.lines.push(line);
    else parts.push({ kind, lines: [line] });
    previous = frame;
  }
  return parts.some(({ kind, lines }) => kind === "frames" && lines.length >= LEAST_FRAMES) ? parts : undefined;
}

export function isFoldable({ kind, lines }: TracePart): boolean {
  return kind === "frames" && lines.length >= LEAST_FRAMES;
}
