import type { ComponentProps } from "react";
import TimeChart from "../../components/chart/TimeChart";
import { formatRate } from "../../models/format";
import { HISTORY_MS } from "../../models/metricsHistory";

/** In pixels; equal for all charts, because they are side by side. */
const HEIGHT = 176;

interface Props extends Omit<ComponentProps<typeof TimeChart>, "span" | "format" | "height"> {
  /** The time of the latest reading; none before the first. */
  now: number | undefined;
}

/** Rates over the last 15 minutes. */
export function RecentChart({ now, ...chart }: Props) {
  return <TimeChart {...chart} span={now ? [now - HISTORY_MS, now] : undefined} format={formatRate} height={HEIGHT} />;
}
