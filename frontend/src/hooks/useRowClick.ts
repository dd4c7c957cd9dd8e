import { useRef, type MouseEvent, type PointerEvent } from "react";

/** A pointer that moved further than this, in pixels, selects text and does not click. */
const SLACK = 4;

interface RowClick {
  onPointerDown: (event: PointerEvent) => void;
  onPointerMove: (event: PointerEvent) => void;
  onClick: (event: MouseEvent) => void;
}

function selects(within: Element): boolean {
  const selection = window.getSelection();
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return false;
  return selection.getRangeAt(0).intersectsNode(within);
}

/**
 * Clicks on rows whose text can be selected. A click counts only where the pointer stayed in place and no text is, or
 * was, selected. The second click of a double click, which selects a word, takes the first one back.
 *
 * @param onRow called for a click, and again to take it back
 * @param onSelecting called when a text is about to be selected
 */
export function useRowClick(onRow: (event: MouseEvent) => void, onSelecting?: () => void): RowClick {
  const pressed = useRef<{ x: number; y: number; selected: boolean; moved: boolean }>(undefined);
  const clicked = useRef(false);
  return {
    onPointerDown({ clientX: x, clientY: y, currentTarget }) {
      pressed.current = { x, y, selected: selects(currentTarget), moved: false };
    },
    onPointerMove({ clientX, clientY, buttons }) {
      const start = pressed.current;
      if (!start || start.moved || buttons !== 1 || Math.hypot(clientX - start.x, clientY - start.y) <= SLACK) return;
      start.moved = true;
      onSelecting?.();
    },
    onClick(event) {
      if (event.button !== 0 || (event.target as Element).closest("a, button, input")) return;
      if (event.detail === 2 && clicked.current && selects(event.currentTarget)) {
        clicked.current = false;
        onRow(event);
        return;
      }
      const start = pressed.current;
      pressed.current = undefined;
      clicked.current = !(start?.moved || start?.selected || selects(event.currentTarget)) && event.detail < 2;
      if (clicked.current) onRow(event);
    },
  };
}
