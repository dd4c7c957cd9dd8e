import type { CSSProperties, KeyboardEvent, PointerEvent } from "react";
import { Icon } from "../../components/Icon";
import { IconButton } from "../../components/IconButton";
import { t } from "../../i18n";
import type { Panel } from "../../models/dashboards";
import { exploreHref } from "../../models/route";
import { encodeRange, type Span, type TimeRange } from "../../models/timeRange";
import { PanelContent } from "./PanelContent";

interface Props {
  panel: Panel;
  query: string;
  range: TimeRange;
  span: Span;
  onZoom: (start: number, end: number) => void;
  /** Present while the dashboard is edited. */
  edit?: PanelEdit | undefined;
}

export interface PanelEdit {
  onGrab: (event: PointerEvent<HTMLElement>, how: "move" | "resize") => void;
  onNudge: (dx: number, dy: number, how: "move" | "resize") => void;
  onEdit: () => void;
  onRemove: () => void;
  held: boolean;
}

const ARROWS: Record<string, readonly [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** A panel in its place on the grid. */
export function BoardPanel({ panel, query, range, span, onZoom, edit }: Props) {
  const title = panel.title || (panel.kind === "text" ? "" : t("Untitled"));
  const name = title || "text";
  const place = {
    "--x": panel.x + 1,
    "--y": panel.y + 1,
    "--w": panel.width,
    "--h": panel.height,
  } as CSSProperties;
  const onKey = (event: KeyboardEvent) => {
    const arrow = ARROWS[event.key];
    if (!arrow || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    edit?.onNudge(arrow[0], arrow[1], event.shiftKey ? "resize" : "move");
  };
  return (
    <section className="board-panel" style={place} aria-label={name} data-held={edit?.held ? "" : undefined}>
      {(title !== "" || edit) && (
        <header
          className="board-head"
          data-grab={edit ? "" : undefined}
          onPointerDown={(event) => {
            if (event.target instanceof Element && event.target.closest("button, a")) return;
            edit?.onGrab(event, "move");
          }}
        >
          {edit && (
            <button
              type="button"
              className="icon-button board-move"
              aria-label={t("Move {name}: arrow keys move, Shift with arrow keys resizes", { name })}
              title={t("Arrow keys move, Shift with arrow keys resizes")}
              onKeyDown={onKey}
              onPointerDown={(event) => edit.onGrab(event, "move")}
            >
              <Icon name="columns" />
            </button>
          )}
          <h2>
            {panel.query !== undefined && !edit ? (
              <a href={exploreHref(query, encodeRange(range))} title={t("Open the query in Explore")}>
                {title}
              </a>
            ) : (
              title
            )}
          </h2>
          {edit && (
            <>
              <span className="spacer" />
              <IconButton icon="edit" label={t("Edit {name}", { name })} onClick={edit.onEdit} />
              <IconButton icon="trash" label={t("Remove {name}", { name })} onClick={edit.onRemove} />
            </>
          )}
        </header>
      )}
      <div className="board-body">
        <PanelContent panel={panel} query={query} span={span} onZoom={onZoom} />
      </div>
      {edit && (
        <div className="board-corner" aria-hidden="true" onPointerDown={(event) => edit.onGrab(event, "resize")} />
      )}
    </section>
  );
}
