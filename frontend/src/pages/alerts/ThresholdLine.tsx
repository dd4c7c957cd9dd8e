import { useState, type KeyboardEvent, type PointerEvent } from "react";
import type { ChartFrame } from "../../components/chart/chartOptions";
import { t } from "../../i18n";
import { formatValue } from "../../models/alerts";
import { snap, snapStep } from "../../models/ruleTrial";

interface Props {
  frame: ChartFrame;
  value: number;
  comparison: string;
  /** What the threshold causes, for the label and for screen readers. */
  meaning: string;
  /** Called while the line moves. */
  onMove: (value: number) => void;
  /** Called when it was put down, or moved by a key. */
  onPut: (value: number) => void;
}

/** A threshold as a line over a chart, moved by dragging or with the arrow keys. */
export function ThresholdLine({ frame, value, comparison, meaning, onMove, onPut }: Props) {
  const [dragging, setDragging] = useState(false);
  const { low, high } = frame;
  const span = high - low;
  const share = Math.min(1, Math.max(0, (value - low) / span));
  const at = (event: PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.parentElement?.getBoundingClientRect();
    const y = event.clientY - (box?.top ?? 0) - frame.top;
    return snap(low + Math.min(1, Math.max(0, 1 - y / frame.height)) * span, span);
  };
  const onKey = (event: KeyboardEvent) => {
    const step = snapStep(span);
    const moves: Record<string, number> = {
      ArrowUp: value + step,
      ArrowRight: value + step,
      ArrowDown: value - step,
      ArrowLeft: value - step,
      PageUp: value + 10 * step,
      PageDown: value - 10 * step,
      Home: low,
      End: high,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onPut(snap(next, span));
  };
  return (
    <div
      className="threshold-line"
      role="slider"
      tabIndex={0}
      aria-label={t("Threshold")}
      aria-orientation="vertical"
      aria-valuemin={low}
      aria-valuemax={high}
      aria-valuenow={value}
      aria-valuetext={`${formatValue(value)}: ${meaning}`}
      data-dragging={dragging ? "" : undefined}
      data-high={share > 0.8 ? "" : undefined}
      style={{ left: frame.left, width: frame.width, top: frame.top + (1 - share) * frame.height }}
      onKeyDown={onKey}
      onPointerDown={(event) => {
        event.preventDefault();
        event.currentTarget.focus();
        event.currentTarget.setPointerCapture(event.pointerId);
        setDragging(true);
      }}
      onPointerMove={(event) => dragging && onMove(at(event))}
      onPointerUp={(event) => {
        if (!dragging) return;
        setDragging(false);
        onPut(at(event));
      }}
      onPointerCancel={() => setDragging(false)}
    >
      <span className="threshold-label">
        {comparison} {formatValue(value)} · {meaning}
      </span>
    </div>
  );
}
