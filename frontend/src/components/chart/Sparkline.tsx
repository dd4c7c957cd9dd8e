interface Props {
  values: readonly number[];
  token?: string;
  /** The value at the top edge; by default the largest value. */
  top?: number;
}

/** A figure's recent history, starting at zero; decoration beside the figure itself. */
export function Sparkline({ values, token = "--accent", top }: Props) {
  const max = top ?? Math.max(...values, 1e-9);
  const last = Math.max(1, values.length - 1);
  const points = values.map(
    (value, index) => `${((index / last) * 100).toFixed(2)},${(22 - (value / max) * 20).toFixed(2)}`,
  );
  return (
    <svg className="spark" viewBox="0 0 100 24" preserveAspectRatio="none" aria-hidden="true">
      {values.length > 1 && (
        <>
          <polygon points={`0,24 ${points.join(" ")} 100,24`} fill={`var(${token})`} opacity="0.14" />
          <polyline
            points={points.join(" ")}
            fill="none"
            stroke={`var(${token})`}
            strokeWidth="1.25"
            vectorEffect="non-scaling-stroke"
          />
        </>
      )}
    </svg>
  );
}
