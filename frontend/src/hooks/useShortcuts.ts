import { useEffect, useRef } from "react";

export type Shortcuts = Record<string, () => void>;

/** The time within which the second key of a sequence such as `g o` must follow. */
const SEQUENCE_MS = 1000;

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  return (
    target.isContentEditable ||
    target.closest(".cm-editor") !== null ||
    /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName)
  );
}

/** Whether the key activates what has the focus. */
function isPress(event: KeyboardEvent): boolean {
  return event.key === " " && event.target instanceof Element && event.target.closest("button, a, summary") !== null;
}

/** Whether a modal sheet covers the page or a menu is open; the page then ignores its shortcuts. */
const isCovered = () => document.querySelector("dialog[open], .menu-sheet") !== null;

/** Binds keys and two-key sequences while the component is mounted. Ignores keys typed into a field. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  useEffect(() => {
    latest.current = shortcuts;
  });
  useEffect(() => {
    let prefix = "";
    let prefixTime = 0;
    function onKey(event: KeyboardEvent) {
      if (
        event.ctrlKey ||
        event.metaKey ||
        event.altKey ||
        event.defaultPrevented ||
        isTyping(event.target) ||
        isPress(event) ||
        isCovered()
      )
        return;
      const sequence =
        prefix !== "" && event.timeStamp - prefixTime < SEQUENCE_MS ? `${prefix} ${event.key}` : event.key;
      const action = latest.current[sequence] ?? latest.current[event.key];
      const startsSequence = Object.keys(latest.current).some((name) => name.startsWith(`${event.key} `));
      prefix = sequence === event.key && startsSequence ? event.key : "";
      prefixTime = event.timeStamp;
      if (!action) return;
      event.preventDefault();
      action();
    }
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}
