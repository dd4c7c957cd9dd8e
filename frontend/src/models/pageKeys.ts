import { msg, type Message } from "../i18n";
import type { Page } from "./route";

/** Keys apart by spaces, `·` between alternatives, and what they do. */
export type KeyHint = readonly [keys: string, meaning: Message];

/** What a page offers beyond what it shows: its own keys, and what the pointer can do. */
export interface PageKeys {
  keys: readonly KeyHint[];
  hints: readonly Message[];
}

const QUERY_KEYS: readonly KeyHint[] = [
  ["/", msg("Focus the query")],
  ["Enter", msg("Run the query (Shift+Enter for a new line)")],
  ["Ctrl+/", msg("Make the stage at the caret a comment, or a stage again")],
];

export const PAGE_KEYS: Record<Page, PageKeys> = {
  overview: {
    keys: [],
    hints: [
      msg("Drag across the chart of levels to open that time in Explore"),
      msg("A figure, a legend or a row leads to its records, or to the page that says more"),
    ],
  },
  explore: {
    keys: [
      ...QUERY_KEYS,
      ["Esc", msg("Leave the field, close details, cancel the running query")],
      ["j · k", msg("Next or previous record; Enter opens it beside the list; arrow keys, Home and End work too")],
      ["x", msg("Choose the record, to compare, copy or pin it with others; Ctrl+click does the same")],
      ["f", msg("Find in the loaded rows; Enter or n for the next, Shift+Enter or N for the one before")],
      ["z", msg("Undo the last change of the query in Explore")],
      ["← · →", msg("Move the column whose head has the focus, or its edge")],
    ],
    hints: [
      msg("Drag across the histogram to zoom; “Explain” then says what differs inside"),
      msg("Alt+click on a value of a field asks for this value only"),
    ],
  },
  live: {
    keys: [
      ...QUERY_KEYS,
      ["p · Space", msg("Pause or resume the live tail")],
      ["1 · 6", msg("The minimum level of the live tail: 1 for all, 2 for DEBUG and above, 6 for FATAL")],
      ["↑ · ↓", msg("Next or previous record; Enter opens it and pauses")],
      ["← · ↑ · → · ↓", msg("Choose a cell of the map that has the focus; Enter shows its records in Explore")],
      ["Esc", msg("Leave the field, close details")],
    ],
    hints: [
      msg("“Highlights” colours rows by rules, which the address keeps for those you send it to"),
      msg("“Only taken out” shows what transforms and the record filter keep from being stored"),
    ],
  },
  dashboards: {
    keys: [
      ["r", msg("Query the open dashboard again")],
      ["e", msg("Edit the open dashboard, unless it is built in")],
      ["← · ↑ · → · ↓", msg("Move the panel whose handle has the focus; with Shift, resize it")],
      ["Esc", msg("Take back a drag, leave the screen mode")],
    ],
    hints: [msg("Drag across a chart to zoom all panels")],
  },
  templates: {
    keys: [],
    hints: [
      msg("A click on a template shows its first message and its records by day"),
      msg("Set a mark at a deploy; “New since” then lists what came with it"),
    ],
  },
  series: {
    keys: [],
    hints: [
      msg("A click on a name shows its chart; a click on a query opens it in Explore"),
      msg("“Alert” starts a rule that judges the series"),
    ],
  },
  alerts: {
    keys: [
      [
        "↑ · ↓",
        msg("Move the threshold in the chart of a rule's form, if it has the focus; Page Up and Page Down for more"),
      ],
    ],
    hints: [msg("Drag the threshold in the chart of a rule's form to see how often the rule would have fired")],
  },
  inputs: {
    keys: [],
    hints: [msg("“Sources and deliveries” lists who sends, and who went quiet")],
  },
  transforms: {
    keys: [["↑ · ↓", msg("Move the transform whose handle has the focus")]],
    hints: [msg("Drag a transform by its handle: they run from top to bottom")],
  },
  sinks: {
    keys: [],
    hints: [
      msg("“Test” sends one record past the queue; “Replay…” sends stored records again"),
      msg("A click on a filter shows the records that it selects"),
    ],
  },
  nodes: {
    keys: [],
    hints: [msg("A click on a node opens its own console"), msg("Nodes that are away are listed with the reason")],
  },
  admin: {
    keys: [],
    hints: [
      msg("A click on the query of a deletion shows what matches it now"),
      msg("What cannot be undone asks once more before it happens"),
    ],
  },
  capsule: {
    keys: [],
    hints: [msg("A capsule is read in your browser and sent nowhere; it also opens on its own, without a server")],
  },
};

/** What works on every page. */
export const GENERAL_KEYS: readonly KeyHint[] = [
  ["Ctrl+K", msg("Go to a page, a search, a field, or change a setting")],
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
  ["g n", msg("Nodes")],
  ["g m", msg("Admin")],
  ["t", msg("Light theme, dark theme, theme of the system")],
  ["u", msg("Toggle UTC and local time")],
  ["Esc", msg("Close a sheet or a menu")],
  ["?", msg("Show keyboard shortcuts")],
];
