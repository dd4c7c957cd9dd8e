import { Fragment } from "react";
import { msg, t, tr, type Message } from "../i18n";
import { Sheet } from "./Sheet";

const SHORTCUTS: [string, Message][] = [
  ["Ctrl+K", msg("Go to a page, a search, a field, or change a setting")],
  ["/", msg("Focus the query")],
  ["Enter", msg("Run the query (Shift+Enter for a new line)")],
  ["Ctrl+/", msg("Make the stage at the caret a comment, or a stage again")],
  ["Esc", msg("Leave the field, close details, cancel the running query")],
  ["j · k", msg("Next or previous record; Enter opens it beside the list; arrow keys, Home and End work too")],
  ["x", msg("Choose the record, to compare, copy or pin it with others; Ctrl+click does the same")],
  ["f", msg("Find in the loaded rows; Enter or n for the next, Shift+Enter or N for the one before")],
  ["z", msg("Undo the last change of the query in Explore")],
  ["p · Space", msg("Pause or resume the live tail")],
  ["1 · 6", msg("The minimum level of the live tail: 1 for all, 2 for DEBUG and above, 6 for FATAL")],
  ["g o", msg("Overview")],
  ["g e", msg("Explore")],
  ["g l", msg("Live")],
  ["g d", msg("Dashboards")],
  ["g t", msg("Templates")],
  ["g s", msg("Series")],
  ["g a", msg("Alerts")],
  ["g i", msg("Inputs")],
  ["g r", msg("Transforms")],
  ["g k", msg("Sinks")],
  ["g m", msg("Admin")],
  ["t", msg("Light theme, dark theme, theme of the system")],
  ["u", msg("Toggle UTC and local time")],
  ["?", msg("Show keyboard shortcuts")],
];

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  return (
    <Sheet title={t("Keyboard shortcuts")} onClose={onClose}>
      <dl className="keys">
        {SHORTCUTS.map(([keys, meaning]) => (
          <Fragment key={keys}>
            <dt>{keys.split(" ").map((key, index) => (key === "·" ? " · " : <kbd key={index}>{key}</kbd>))}</dt>
            <dd>{tr(meaning)}</dd>
          </Fragment>
        ))}
      </dl>
    </Sheet>
  );
}
