import { cleanup, configure } from "@testing-library/react";
import { afterEach, beforeEach, vi } from "vitest";

/** A canvas to draw on, whose every method does nothing; jsdom has none, and charts draw soon after their test. */
function drawsNothing(): object {
  const measured = () => ({ width: 0 });
  return new Proxy({}, { get: (target, name): unknown => Reflect.get(target, name) ?? measured, set: Reflect.set });
}

/** Provides what jsdom lacks: layout (everything is 1000 by 600 pixels) and the media query for the dark theme. */
class FixedSize implements ResizeObserver {
  private readonly notify: ResizeObserverCallback;

  constructor(notify: ResizeObserverCallback) {
    this.notify = notify;
  }

  observe(target: Element): void {
    const contentRect = { width: 1000, height: 600 } as DOMRectReadOnly;
    const box = [{ inlineSize: 1000, blockSize: 600 }];
    const entry = { target, contentRect, borderBoxSize: box, contentBoxSize: box, devicePixelContentBoxSize: box };
    this.notify([entry], this);
  }

  unobserve(): void {
    // Sizes never change here.
  }

  disconnect(): void {
    // Nothing to release.
  }
}

// For good, not for each test: a chart that is unmounted may still draw.
Object.assign(globalThis, { Path2D: drawsNothing });
Object.assign(HTMLCanvasElement.prototype, { getContext: drawsNothing });

// Tests wait for a condition, not for a time; this only bounds a failure, also on a machine that is busy with a build.
configure({ asyncUtilTimeout: 60_000 });

beforeEach(() => {
  vi.stubGlobal("ResizeObserver", FixedSize);
  vi.stubGlobal("matchMedia", () => ({
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
  for (const [name, size] of Object.entries({
    offsetWidth: 1000,
    clientWidth: 1000,
    offsetHeight: 600,
    clientHeight: 600,
  })) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
  Range.prototype.getClientRects = () => [] as unknown as DOMRectList;
  HTMLDialogElement.prototype.showModal = function showModal() {
    this.open = true;
  };
});

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  window.location.hash = "";
  localStorage.clear();
  delete document.documentElement.dataset.theme;
});
