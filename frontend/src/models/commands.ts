/** Something that the command palette offers. */
export interface Command {
  /** What it belongs to, shown before its name. */
  group: string;
  name: string;
  /** More words that find it. */
  hint?: string;
  run: () => void;
}

/**
 * The commands that contain every word of a text, those whose names begin with it first, otherwise in their order.
 *
 * @param most how many at most
 */
export function findCommands(commands: readonly Command[], text: string, most: number): Command[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  const ranked = commands.flatMap((command) => {
    const name = command.name.toLowerCase();
    const all = `${command.group} ${name} ${command.hint ?? ""}`.toLowerCase();
    if (!words.every((word) => all.includes(word))) return [];
    const starts = words.every((word) => name.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)));
    const rank = name.startsWith(words[0] ?? "") ? 0 : starts ? 1 : words.every((word) => name.includes(word)) ? 2 : 3;
    return [{ command, rank }];
  });
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ command }) => command);
}
