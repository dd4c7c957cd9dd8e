import { useEffect, useMemo, useRef } from "react";
import type { Row } from "../../api/types";
import { rowMarker, type MarkRule } from "../../models/rowMarks";

/** The least time between two sounds. */
const QUIET_MS = 2_000;
/** Before the title while a marked record waits to be seen. */
const FLAG = "● ";

/** Says that a record of a rule with a signal has come: by a sound, or in the tab's title until one looks at it. */
export function useSignals(rules: readonly MarkRule[]): (rows: readonly Row[]) => void {
  const audio = useRef<AudioContext>(undefined);
  const sounded = useRef(0);
  const marker = useMemo(() => rowMarker(rules.filter(({ signal }) => signal !== "")), [rules]);
  const active = rules.some(({ signal }) => signal !== "");

  useEffect(() => {
    window.addEventListener("focus", unflag);
    return () => {
      window.removeEventListener("focus", unflag);
      unflag();
      void audio.current?.close().catch(() => undefined);
      audio.current = undefined;
    };
  }, []);

  return (rows) => {
    if (!active) return;
    for (const row of rows) {
      const signal = marker.ruleOf(row)?.signal;
      if (signal === "title") flag();
      else if (signal === "sound" && performance.now() - sounded.current > QUIET_MS) {
        sounded.current = performance.now();
        audio.current ??= new AudioContext();
        beep(audio.current);
      }
    }
  };
}

function flag(): void {
  if (!document.hasFocus() && !document.title.startsWith(FLAG)) document.title = FLAG + document.title;
}

function unflag(): void {
  if (document.title.startsWith(FLAG)) document.title = document.title.slice(FLAG.length);
}

function beep(audio: AudioContext): void {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  tone.frequency.value = 660;
  volume.gain.setValueAtTime(0.1, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}
