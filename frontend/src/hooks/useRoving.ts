import { useCallback, type RefCallback } from "react";

const STOPS = "button:not(:disabled), a[href], input[type=checkbox]";
/** What opens over a group has an order of its own. */
const APART = "dialog, .menu-sheet";
/** A row of a group with several: the vertical keys go from row to row, the horizontal ones within it. */
const ROW = "[data-row]";

/**
 * Makes a group of buttons and links one Tab stop: the arrow keys, Home and End move within it. Sideways keys also open and
 * close what the focused button unfolds. For the `ref` of an element; fields of text in it stay stops of their own.
 */
export function useRoving<E extends HTMLElement>(): RefCallback<E> {
  return useCallback((group: E | null) => {
    if (!group) return undefined;
    let current: HTMLElement | undefined;
    const stops = () =>
      [...group.querySelectorAll<HTMLElement>(STOPS)].filter((one) => {
        const apart = one.closest(APART);
        return !apart || !group.contains(apart);
      });
    function settle() {
      const all = stops();
      if (!current || !all.includes(current))
        current = all.find((one) => one.getAttribute("aria-selected") === "true") ?? all[0];
      for (const one of all) {
        const index = one === current ? 0 : -1;
        if (one.tabIndex !== index) one.tabIndex = index;
      }
    }
    function onFocus({ target }: FocusEvent) {
      if (!(target instanceof HTMLElement) || !stops().includes(target)) return;
      current = target;
      settle();
    }
    function onKey(event: KeyboardEvent) {
      const { target, key } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
      const all = stops();
      if (!(target instanceof HTMLElement) || !all.includes(target)) return;
      const next = nextOf(all, target, key);
      if (next === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      if (next === target) target.click();
      else next.focus();
    }
    settle();
    const observer = new MutationObserver(settle);
    observer.observe(group, { childList: true, subtree: true });
    group.addEventListener("focusin", onFocus);
    group.addEventListener("keydown", onKey);
    return () => {
      observer.disconnect();
      group.removeEventListener("focusin", onFocus);
      group.removeEventListener("keydown", onKey);
    };
  }, []);
}

/** Where a key leads from a button: itself if it is to be clicked, `undefined` if the key means nothing here. */
function nextOf(all: HTMLElement[], from: HTMLElement, key: string): HTMLElement | undefined {
  const at = all.indexOf(from);
  const step = key === "ArrowRight" || key === "ArrowDown" ? 1 : key === "ArrowLeft" || key === "ArrowUp" ? -1 : 0;
  if (key === "Home") return all[0];
  if (key === "End") return all.at(-1);
  if (step === 0) return undefined;
  const row = from.closest(ROW);
  if (!row) return all[(at + step + all.length) % all.length];
  if (key === "ArrowRight" || key === "ArrowLeft") {
    const unfolded = from.getAttribute("aria-expanded");
    if (unfolded === (step > 0 ? "false" : "true")) return from;
    const beside = all[at + step];
    return beside && row.contains(beside) ? beside : undefined;
  }
  const other = (step > 0 ? all.slice(at) : all.slice(0, at).reverse()).find((one) => !row.contains(one));
  // From below one comes to the last button of a row, but its first one is meant.
  const otherRow = other?.closest(ROW);
  return otherRow ? all.find((one) => otherRow.contains(one)) : other;
}
