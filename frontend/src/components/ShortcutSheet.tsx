import { Fragment } from "react";
import { Sheet } from "./Sheet";

const SHORTCUTS: [string, string][] = [
  ["/", "Write the query"],
  ["Enter", "Run the query (Shift+Enter for a new line)"],
  ["Esc", "Leave the field, close a detail, cancel a running query"],
  ["j · k", "Next, previous record; Enter opens it; arrow keys within the list"],
  ["p", "Pause or resume the live tail"],
  ["g o", "Overview"],
  ["g e", "Explore"],
  ["g l", "Live"],
  ["g a", "Alerts"],
  ["g i", "Inputs"],
  ["g m", "Admin"],
  ["t", "Light or dark"],
  ["u", "Times in UTC or in your own zone"],
  ["?", "This sheet"],
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title="Keyboard" onClose={onClose}>
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
