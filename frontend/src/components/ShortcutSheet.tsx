import { Fragment } from "react";
import { Sheet } from "./Sheet";

const SHORTCUTS: [string, string][] = [
  ["Ctrl+K", "Go to a page, a search, a field, or change a setting"],
  ["/", "Focus the query"],
  ["Enter", "Run the query (Shift+Enter for a new line)"],
  ["Esc", "Leave the field, close details, cancel the running query"],
  ["j · k", "Next or previous record; Enter opens it; arrow keys work within the list"],
  ["f", "Find in the loaded rows; Enter or n for the next, Shift+Enter or N for the one before"],
  ["z", "Undo the last change of the query in Explore"],
  ["p", "Pause or resume the live tail"],
  ["g o", "Overview"],
  ["g e", "Explore"],
  ["g l", "Live"],
  ["g t", "Templates"],
  ["g s", "Series"],
  ["g a", "Alerts"],
  ["g i", "Inputs"],
  ["g r", "Transforms"],
  ["g k", "Sinks"],
  ["g m", "Admin"],
  ["t", "Light theme, dark theme, theme of the system"],
  ["u", "Toggle UTC and local time"],
  ["?", "Show keyboard shortcuts"],
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="Keyboard shortcuts" onClose={onClose}>
      <dl className="keys">
        {SHORTCUTS.map(([keys, meaning]) => (
          <Fragment key={keys}>
            <dt>{keys.split(" ").map((key, index) => (key === "·" ? " · " : <kbd key={index}>{key}</kbd>))}</dt>
            <dd>{meaning}</dd>
          </Fragment>
        ))}
      </dl>
    </Sheet>
  );
}
