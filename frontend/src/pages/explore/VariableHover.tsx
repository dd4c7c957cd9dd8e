import { useEffect, useRef, useState, type MouseEvent, type ReactNode } from "react";
import type { Asked } from "../../api/query";
import { VariableValues } from "./VariableValues";

/** How long the pointer rests on a variable before its values are asked for, and how long they stay after it has left. */
const REST_MS = 250;

interface Props {
  asked: Asked;
  pattern: string;
  onFilter: (filter: string, exclude: boolean) => void;
  /** The template's text, whose variables say their `data-place`. */
  children: ReactNode;
}

interface Hover {
  place: number;
  left: number;
  top: number;
}

/** Shows how the values of the variable under the pointer are distributed. */
export function VariableHover({ asked, pattern, onFilter, children }: Props) {
  const [hover, setHover] = useState<Hover>();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    if (!hover) return undefined;
    const close = () => setHover(undefined);
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    // What it stands beside moves away.
    document.addEventListener("wheel", close, { passive: true });
    document.addEventListener("keydown", onKey);
    return () => {
      document.removeEventListener("wheel", close);
      document.removeEventListener("keydown", onKey);
    };
  }, [hover]);

  function after(next: Hover | undefined) {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setHover(next), REST_MS);
  }

  function over({ target }: MouseEvent) {
    if (!(target instanceof Element)) return;
    if (target.closest(".variable-card")) {
      clearTimeout(timer.current);
      return;
    }
    const variable = target.closest<HTMLElement>("[data-place]");
    if (!variable) return after(undefined);
    const { left, bottom } = variable.getBoundingClientRect();
    const place = Number(variable.dataset.place);
    if (hover?.place === place) clearTimeout(timer.current);
    else after({ place, left: Math.max(8, Math.min(left, window.innerWidth - 348)), top: bottom + 4 });
  }

  return (
    <div className="variable-hover" onMouseOver={over} onMouseLeave={() => after(undefined)}>
      {children}
      {hover && (
        <div
          className="variable-card variable-floating"
          style={
            hover.top > window.innerHeight - 320
              ? { left: hover.left, bottom: 12 }
              : { left: hover.left, top: hover.top }
          }
        >
          <VariableValues asked={asked} pattern={pattern} place={hover.place} onFilter={onFilter} />
        </div>
      )}
    </div>
  );
}
