import { Icon } from "../../components/Icon";
import { Menu } from "../../components/Menu";
import { CopyButton } from "../../components/CopyButton";
import {
  encodeBoard,
  exportText,
  fileName,
  type BoardState,
  type Dashboard,
  type DashboardDraft,
} from "../../models/dashboards";
import { t } from "../../i18n";
import { routeHash } from "../../models/route";
import type { Span, TimeRange } from "../../models/timeRange";
import { RangePicker } from "../explore/RangePicker";
import { VariablePicker } from "./VariablePicker";

interface Props {
  board: Dashboard;
  state: BoardState;
  range: TimeRange;
  span: Span;
  values: Record<string, string[]>;
  onState: (part: Partial<BoardState>) => void;
  onRefresh: () => void;
  onEdit: () => void;
  onCopy: () => void;
  onDelete: () => void;
}

/** The bar over a dashboard that is looked at. */
export function BoardBar(props: Props) {
  const { board, state, range, span, values, onState, onRefresh, onEdit, onCopy, onDelete } = props;
  const address = (part: Partial<BoardState>) =>
    new URL(routeHash("dashboards", encodeBoard({ ...state, ...part })), window.location.href).href;
  return (
    <div className="toolbar board-bar">
      <a className="button" href={routeHash("dashboards")}>
        <Icon name="back" /> {t("All")}
      </a>
      <div className="board-name">
        <h1>{board.name}</h1>
        {board.description && <p className="muted">{board.description}</p>}
      </div>
      <Variables board={board} values={values} span={span} state={state} onState={onState} />
      <RangePicker range={range} onChange={(next) => onState({ range: next })} />
      <button type="button" className="button" onClick={onRefresh}>
        {t("Refresh")}
        {board.refresh ? (
          <span className="muted"> {t("every {interval} [[refresh]]", { interval: board.refresh })}</span>
        ) : (
          ""
        )}
      </button>
      {!board.builtIn && (
        <button type="button" className="button" onClick={onEdit}>
          <Icon name="edit" /> {t("Edit")}
        </button>
      )}
      <Menu name={t("More")} label={t("More")} align="right">
        {(close) => (
          <div className="board-more">
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                onState({ kiosk: true });
              }}
            >
              {t("Kiosk: only the panels, on the whole screen")}
            </button>
            <CopyButton text={address({ kiosk: true })} label={t("Copy the kiosk link")} caption={t("Kiosk link")} />
            <CopyButton text={address({})} label={t("Copy the link")} caption={t("Link")} />
            <button type="button" className="menu-item" onClick={() => save(board)}>
              {t("Export as JSON")}
            </button>
            <button
              type="button"
              className="menu-item"
              onClick={() => {
                close();
                onCopy();
              }}
            >
              {t("Make a copy")}
            </button>
            {!board.builtIn && (
              <button
                type="button"
                className="menu-item danger-text"
                onClick={() => {
                  close();
                  onDelete();
                }}
              >
                {t("Delete…")}
              </button>
            )}
          </div>
        )}
      </Menu>
    </div>
  );
}

interface VariablesProps extends Pick<Props, "values" | "span" | "state" | "onState"> {
  board: DashboardDraft;
}

/** The choices of the dashboard's variables. */
export function Variables({ board, values, span, state, onState }: VariablesProps) {
  return board.variables.map((variable) => (
    <VariablePicker
      key={variable.name}
      variable={variable}
      chosen={values[variable.name] ?? []}
      span={span}
      onChange={(next) => onState({ chosen: { ...state.chosen, [variable.name]: next } })}
    />
  ));
}

function save(board: DashboardDraft) {
  const url = URL.createObjectURL(new Blob([exportText(board)], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName(board.name);
  link.click();
  URL.revokeObjectURL(url);
}
