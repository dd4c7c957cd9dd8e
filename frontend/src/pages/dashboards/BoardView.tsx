import { useState } from "react";
import { createDashboard, deleteDashboard, updateDashboard } from "../../api/dashboards";
import { ApiError } from "../../api/http";
import { ErrorText } from "../../components/ErrorText";
import { Icon } from "../../components/Icon";
import { useChange } from "../../hooks/useChange";
import { useShortcuts } from "../../hooks/useShortcuts";
import { navigate } from "../../hooks/useRoute";
import {
  chosenValues,
  draftOf,
  encodeBoard,
  newId,
  type BoardState,
  type Dashboard,
  type Panel,
} from "../../models/dashboards";
import { t } from "../../i18n";
import { formatClock } from "../../models/format";
import { bottom, place, tidy } from "../../models/grid";
import { isStepwise } from "../../models/panelData";
import { decodeRange, DEFAULT_RANGE } from "../../models/timeRange";
import { BoardBar, Variables } from "./BoardBar";
import { BoardGrid } from "./BoardGrid";
import { PanelForm } from "./PanelForm";
import { SettingsForm } from "./SettingsForm";
import { useSpan } from "./useSpan";

interface Props {
  board: Dashboard;
  state: BoardState;
  onState: (part: Partial<BoardState>) => void;
}

/** A dashboard: looked at, edited, or as a kiosk. */
export function BoardView({ board, state, onState }: Props) {
  const [draft, setDraft] = useState<Dashboard | undefined>(() =>
    state.add !== undefined && !board.builtIn
      ? withQuery(board, state.add)
      : state.edit && !board.builtIn
        ? board
        : undefined,
  );
  const [form, setForm] = useState<Panel | "settings" | undefined>(() =>
    state.add === undefined ? undefined : draft?.panels.at(-1),
  );
  const [deleting, setDeleting] = useState(false);
  const save = useChange(updateDashboard, ["dashboards"]);
  const copy = useChange(createDashboard, ["dashboards"]);
  const remove = useChange(deleteDashboard, ["dashboards"]);
  const shown = draft ?? board;
  const range = state.range ?? decodeRange(shown.range) ?? DEFAULT_RANGE;
  const { span, again } = useSpan(range, draft ? undefined : board.refresh);
  const values = chosenValues(shown.variables, state.chosen);
  useShortcuts({
    r: again,
    ...(state.kiosk && { Escape: () => onState({ kiosk: false }) }),
    ...(!draft && !board.builtIn && !state.kiosk && { e: () => edit() }),
  });

  const edit = () => {
    setDraft(board);
    onState({ edit: true });
  };
  const leave = () => {
    setDraft(undefined);
    setForm(undefined);
    save.reset();
    onState({ edit: false, add: undefined });
  };
  const zoom = (start: number, end: number) => onState({ range: { kind: "between", start, end } });
  const change = (panels: Panel[]) => draft && setDraft({ ...draft, panels });
  const apply = (panel: Panel) => {
    if (!draft) return;
    const known = draft.panels.some(({ id }) => id === panel.id);
    change(
      known
        ? draft.panels.map((one) => (one.id === panel.id ? { ...panel, ...rectOf(one) } : one))
        : place([...draft.panels, panel], panel.id, panel),
    );
    setForm(undefined);
  };
  const changed = save.error instanceof ApiError && save.error.problem.code === "dashboard_changed";

  return (
    <div className="board" data-kiosk={state.kiosk ? "" : undefined}>
      {state.kiosk ? (
        <div className="kiosk-bar">
          <h1>{board.name}</h1>
          <span className="muted">{span.end !== undefined && formatClock(span.end, false)}</span>
          <button type="button" className="button button-quiet" onClick={() => onState({ kiosk: false })}>
            <Icon name="close" /> {t("Leave")}
          </button>
        </div>
      ) : draft ? (
        <div className="toolbar board-bar">
          <div className="board-name">
            <h1>{draft.name}</h1>
            <p className="muted">{t("Drag titles to move panels and corners to resize them.")}</p>
          </div>
          <Variables board={draft} values={values} span={span} state={state} onState={onState} />
          <button type="button" className="button" onClick={() => setForm(newPanel(draft.panels))}>
            <Icon name="plus" /> {t("Panel")}
          </button>
          <button type="button" className="button" onClick={() => setForm("settings")}>
            {t("Settings")}
          </button>
          <button type="button" className="button" onClick={leave}>
            {t("Discard")}
          </button>
          <button
            type="button"
            className="button button-primary"
            disabled={save.isPending}
            onClick={() => save.mutate({ ...draft, version: board.version }, { onSuccess: leave })}
          >
            {t("Save")}
          </button>
        </div>
      ) : (
        <BoardBar
          board={board}
          state={state}
          range={range}
          span={span}
          values={values}
          onState={onState}
          onRefresh={again}
          onEdit={edit}
          onCopy={() =>
            copy.mutate(
              { ...draftOf(board), name: `${board.name} (copy)` },
              { onSuccess: (made) => made && navigate("dashboards", encodeBoard({ ...state, id: made.id })) },
            )
          }
          onDelete={() => setDeleting(true)}
        />
      )}
      {deleting && (
        <div className="notice board-notice" role="alert">
          {t("Delete “{name}” for everybody?", { name: board.name })}{" "}
          <button
            type="button"
            className="button button-danger"
            disabled={remove.isPending}
            onClick={() => remove.mutate(board.id, { onSuccess: () => navigate("dashboards") })}
          >
            {t("Delete")}
          </button>{" "}
          <button type="button" className="button" onClick={() => setDeleting(false)}>
            {t("Keep")}
          </button>
        </div>
      )}
      {changed && draft && (
        <div className="notice board-notice" role="alert">
          {t("Somebody else changed this dashboard. Save your version as a copy, or discard it.")}{" "}
          <button
            type="button"
            className="button"
            onClick={() =>
              copy.mutate(
                { ...draftOf(draft), name: t("{name} (copy)", { name: draft.name }) },
                {
                  onSuccess: (made) =>
                    made && navigate("dashboards", encodeBoard({ ...state, id: made.id, edit: false })),
                },
              )
            }
          >
            {t("Save as a copy")}
          </button>
        </div>
      )}
      <ErrorText
        as="p"
        className="board-notice"
        alert
        error={(changed ? undefined : save.error) ?? copy.error ?? remove.error}
      />
      {shown.panels.length === 0 ? (
        <p className="empty-row">
          {t("No panels yet.")}{" "}
          {draft
            ? t("Add one above, or from a stats query in Explore: Add to dashboard.")
            : board.builtIn
              ? ""
              : t("Choose Edit to add some.")}
        </p>
      ) : (
        <BoardGrid
          panels={shown.panels}
          values={values}
          range={range}
          span={span}
          onZoom={zoom}
          onChange={draft && change}
          onEdit={(id) => setForm(draft?.panels.find((one) => one.id === id))}
        />
      )}
      {draft && form === "settings" && (
        <SettingsForm
          draft={draft}
          title={t("Settings of the dashboard")}
          verb={t("Apply")}
          onSave={(next) => {
            setDraft({ ...next, id: draft.id, version: draft.version });
            setForm(undefined);
          }}
          onClose={() => setForm(undefined)}
        />
      )}
      {draft && form !== undefined && form !== "settings" && (
        <PanelForm
          key={form.id}
          panel={form}
          variables={draft.variables.map(({ name }) => name)}
          onSave={apply}
          onClose={() => setForm(undefined)}
        />
      )}
    </div>
  );
}

function rectOf({ x, y, width, height }: Panel) {
  return { x, y, width, height };
}

function newPanel(panels: readonly Panel[]): Panel {
  return {
    id: newId(panels),
    kind: "line",
    query: "* | stats by (app) count() records",
    ...{ x: 0, y: bottom(panels), width: 6, height: 7 },
  };
}

/** The dashboard with a query from Explore as its last panel. */
function withQuery(board: Dashboard, query: string): Dashboard {
  const kind = isStepwise(query) || /\b_time\s*:/.test(query) ? "line" : "table";
  return { ...board, panels: tidy([...board.panels, { ...newPanel(board.panels), query, kind }]) };
}
