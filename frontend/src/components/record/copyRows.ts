import type { ClipboardEvent } from "react";

/** The index of the row that contains a node, from the attribute `data-index`. */
function indexAt(node: Node): number | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  const index = Number(element?.closest<HTMLElement>("[data-index]")?.dataset.index ?? Number.NaN);
  return Number.isNaN(index) ? undefined : index;
}

/**
 * Copies selected rows as lines of text. The browser would put each cell on a line of its own, and leave out rows that are
 * not rendered. A selection inside one row is copied as it is, with spaces between cells.
 *
 * @param textOf the line of a row
 */
export function copyRows(event: ClipboardEvent, textOf: (index: number) => string | undefined): void {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return;
  const range = selection.getRangeAt(0);
  const from = indexAt(range.startContainer);
  const to = indexAt(range.endContainer);
  if (from === undefined || to === undefined) return;
  let text: string;
  if (from === to) {
    const cells = [...range.cloneContents().querySelectorAll("[role='gridcell'].cell")];
    if (cells.length < 2) return;
    text = cells
      .map((cell) => (cell.textContent ?? "").trim())
      .filter((part) => part !== "")
      .join("  ");
  } else {
    const lines: string[] = [];
    for (let index = from; index <= to; index++) {
      const line = textOf(index);
      if (line !== undefined) lines.push(line);
    }
    text = lines.join("\n");
  }
  event.preventDefault();
  event.clipboardData.setData("text/plain", text);
}
