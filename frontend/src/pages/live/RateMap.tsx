import "./rateMap.css";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import { hits } from "../../api/query";
import { colourOf } from "../../components/chart/colourOf";
import { useNow } from "../../hooks/useNow";
import { useSize } from "../../hooks/useSize";
import { useTheme } from "../../hooks/useTheme";
import { plural, t } from "../../i18n";
import { formatClock } from "../../models/format";
import { NO_LEVEL } from "../../models/levels";
import { addFilter } from "../../models/queryEdit";
import { CELL_MS, CELLS, cellRange, MAP_LEVELS, strength, type RateGrid } from "../../models/rateGrid";
import { exploreHref } from "../../models/route";
import { encodeRange } from "../../models/timeRange";

/** The height of a level's row in pixels. */
const ROW = 6;
/** The server's counts replace the own ones this often, as the tail may leave out records. */
const RECOUNT_MS = 30_000;

interface Props {
  grid: RateGrid;
  query: string;
  /** Whether the server can count what is shown; it cannot count what is not stored. */
  counted: boolean;
  paused: boolean;
}

interface Cell {
  index: number;
  level: number;
}

/** How many records of which level came when, over the last ten minutes; a cell leads to its records. */
export function RateMap({ grid, query, counted, paused }: Props) {
  const box = useRef<HTMLAnchorElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width } = useSize(box);
  const theme = useTheme();
  const clock = useNow(1_000);
  const [heldAt, setHeldAt] = useState<number>();
  const [cell, setCell] = useState<Cell>();
  if (paused && heldAt === undefined) setHeldAt(clock);
  if (!paused && heldAt !== undefined) setHeldAt(undefined);
  const now = heldAt ?? clock;
  const { dataUpdatedAt } = useQuery({
    queryKey: ["live", "rates", query],
    queryFn: async ({ signal }) => {
      const to = Date.now();
      const { start } = cellRange(0, to);
      const series = await hits({ query, start, end: to }, CELL_MS, "level", signal);
      grid.seed(series, start, to);
      return series.length;
    },
    enabled: counted,
    refetchInterval: RECOUNT_MS,
    retry: false,
  });

  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (!canvas.current || !context || width === 0) return;
    const ratio = window.devicePixelRatio || 1;
    canvas.current.width = Math.round(width * ratio);
    canvas.current.height = Math.round(ROW * MAP_LEVELS.length * ratio);
    context.scale(ratio, ratio);
    const most = grid.most(now);
    const step = width / CELLS;
    MAP_LEVELS.forEach((level, row) => {
      context.fillStyle = colourOf(`--fill-${level.toLowerCase()}`);
      for (let index = 0; index < CELLS; index++) {
        const count = grid.at(index, row, now);
        if (count === 0) continue;
        context.globalAlpha = strength(count, most);
        context.fillRect(index * step, row * ROW, Math.max(1, step - 0.5), ROW - 1);
      }
    });
    if (cell) {
      context.globalAlpha = 1;
      context.strokeStyle = colourOf("--text");
      context.strokeRect(cell.index * step - 0.5, cell.level * ROW - 0.5, step + 0.5, ROW);
    }
  }, [grid, width, now, theme, cell, dataUpdatedAt]);

  const chosen = cell ?? { index: CELLS - 1, level: MAP_LEVELS.indexOf("ERROR") };
  const level = MAP_LEVELS[chosen.level] ?? NO_LEVEL;
  const range = cellRange(chosen.index, now);
  const filter = level === NO_LEVEL ? 'level:""' : `level:=${level}`;
  const count = grid.at(chosen.index, chosen.level, now);
  const text = t("{records} of level {level} at {time}", {
    time: formatClock(range.start, false),
    level,
    records: plural(count, "{n} record", "{n} records"),
  });

  function point({ clientX, clientY, currentTarget }: PointerEvent) {
    const { left, top } = currentTarget.getBoundingClientRect();
    setCell({
      index: limited(Math.floor(((clientX - left) / Math.max(1, width)) * CELLS), CELLS),
      level: limited(Math.floor((clientY - top) / ROW), MAP_LEVELS.length),
    });
  }

  function onKey(event: KeyboardEvent) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const steps: Record<string, readonly [number, number]> = {
      ArrowLeft: [-1, 0],
      ArrowRight: [1, 0],
      ArrowUp: [0, -1],
      ArrowDown: [0, 1],
      PageUp: [-12, 0],
      PageDown: [12, 0],
      Home: [-CELLS, 0],
      End: [CELLS, 0],
    };
    const step = steps[event.key];
    if (!step) return;
    event.preventDefault();
    setCell({
      index: limited(chosen.index + step[0], CELLS),
      level: limited(chosen.level + step[1], MAP_LEVELS.length),
    });
  }

  return (
    <div className="rate-map">
      <a
        ref={box}
        className="rate-map-cells"
        style={{ height: ROW * MAP_LEVELS.length }}
        href={exploreHref(addFilter(query, filter), encodeRange({ kind: "between", ...range }))}
        aria-label={t(
          "Records by level over the last 10 minutes: {cell}. Arrow keys choose, Enter shows them in Explore",
          {
            cell: text,
          },
        )}
        onPointerMove={point}
        onPointerLeave={() => setCell(undefined)}
        onBlur={() => setCell(undefined)}
        onKeyDown={onKey}
      >
        <canvas ref={canvas} aria-hidden="true" />
      </a>
      <span className="rate-map-text muted" aria-live={cell ? "polite" : "off"}>
        {cell ? text : t("Last 10 minutes by level")}
      </span>
    </div>
  );
}

function limited(value: number, count: number): number {
  return Math.min(count - 1, Math.max(0, value));
}
