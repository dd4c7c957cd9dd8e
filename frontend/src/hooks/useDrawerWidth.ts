import { useState } from "react";

const KEY = "logcaster.drawer";
const LEAST = 280;
const USUAL = 520;

/** The share of the window that the rows keep. */
const SHARE_LEFT = 0.3;

function stored(): number {
  try {
    return Number(localStorage.getItem(KEY)) || USUAL;
  } catch {
    return USUAL;
  }
}

/** The width of the drawer beside the rows in pixels, remembered by this browser. */
export function useDrawerWidth(): [number, (width: number) => void] {
  const [width, setWidth] = useState(stored);
  const set = (wanted: number) => {
    const next = Math.round(Math.max(LEAST, Math.min(wanted, window.innerWidth * (1 - SHARE_LEFT))));
    setWidth(next);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // Where storage is blocked, the width lasts as long as the page.
    }
  };
  return [width, set];
}
