import "./dashboards.css";
import { useEffect, useRef, useState } from "react";
import { createDashboard } from "../../api/dashboards";
import { isAbsent } from "../../api/http";
import { ErrorText } from "../../components/ErrorText";
import { Icon } from "../../components/Icon";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { navigate, useParams } from "../../hooks/useRoute";
import {
  decodeBoard,
  encodeBoard,
  importDraft,
  MOST_IMPORTED,
  NEW_DASHBOARD,
  type BoardState,
  type Dashboard,
  type DashboardDraft,
} from "../../models/dashboards";
import { t } from "../../i18n";
import { formatInteger } from "../../models/format";
import { routeHash } from "../../models/route";
import { BoardView } from "./BoardView";
import { SettingsForm } from "./SettingsForm";
import { useBoards } from "./useBoards";

/** Dashboards: the list of them, or the one that the address names. */
export default function DashboardsPage() {
  const [params, setParams] = useParams("dashboards");
  const { data, error } = useBoards();
  const state = decodeBoard(params);
  const board = data?.find(({ id }) => id === state.id);
  const onState = (part: Partial<BoardState>) => setParams(encodeBoard({ ...state, ...part }));
  const name = board?.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · Dashboards · LogCaster`;
  }, [name]);
  // A kiosk goes on with what it has while the server is away.
  if (board) return <BoardView key={board.id} board={board} state={state} onState={onState} />;
  if (state.id !== undefined && data) {
    return (
      <div className="page-pad">
        <h1 className="visually-hidden">{t("Dashboards")}</h1>
        <p className="empty-row">
          {t("There is no such dashboard; it may have been deleted.")}{" "}
          <a href={routeHash("dashboards")}>{t("All dashboards")}</a>
        </p>
      </div>
    );
  }
  if (state.id !== undefined && !error) return <p className="empty-row">{t("Loading the dashboard…")}</p>;
  return <BoardList boards={data} error={error} add={state.add} />;
}

interface ListProps {
  boards: readonly Dashboard[] | undefined;
  error: unknown;
  /** A query to add to a new dashboard. */
  add: string | undefined;
}

function BoardList({ boards, error, add }: ListProps) {
  const [creating, setCreating] = useState(add !== undefined);
  const [problem, setProblem] = useState<unknown>();
  const create = useChange(createDashboard, ["dashboards"]);
  const file = useRef<HTMLInputElement>(null);

  function open(made: Dashboard | undefined) {
    if (!made) return;
    const state = { id: made.id, range: undefined, chosen: {}, kiosk: false };
    navigate("dashboards", encodeBoard({ ...state, add, edit: made.panels.length === 0 }));
  }
  function make(draft: DashboardDraft) {
    setProblem(undefined);
    create.mutate(draft, { onSuccess: open });
  }
  async function read(chosen: File | undefined) {
    if (!chosen) return;
    try {
      if (chosen.size > MOST_IMPORTED) throw new Error(t("The file is too large for a dashboard."));
      make(importDraft(await chosen.text()));
    } catch (ex) {
      setProblem(ex);
    }
  }

  return (
    <div className="page-pad">
      <h1 className="visually-hidden">{t("Dashboards")}</h1>
      <Panel
        title={t("Dashboards")}
        note={t("queries side by side, for everybody")}
        error={isAbsent(error) ? undefined : error}
        aside={
          <div className="board-list-tools">
            <input
              ref={file}
              type="file"
              accept=".json,application/json"
              className="visually-hidden"
              tabIndex={-1}
              aria-label={t("File of a dashboard")}
              onChange={(event) => {
                void read(event.target.files?.[0]);
                event.target.value = "";
              }}
            />
            <button type="button" className="button" onClick={() => file.current?.click()}>
              {t("Import")}
            </button>
            <button type="button" className="button" onClick={() => setCreating(true)}>
              <Icon name="plus" /> {t("New dashboard")}
            </button>
          </div>
        }
      >
        <ErrorText as="p" className="empty-row" alert error={problem ?? create.error} />
        {isAbsent(error) && <p className="empty-row">{t("This server keeps no dashboards.")}</p>}
        {!boards && !error && <p className="empty-row">{t("Loading dashboards…")}</p>}
        {boards && (
          <Table heads={[t("Name"), t("Shows"), `${t("Panels")}#`, t("Opens with"), t("Refresh")]} className="stacked">
            {boards.map((board) => (
              <tr key={board.id}>
                <td className="stacked-wide">
                  <a href={routeHash("dashboards", { id: board.id })}>{board.name}</a>
                  {board.builtIn && <span className="muted"> {`· ${t("built in")}`}</span>}
                </td>
                <td className="muted">{board.description}</td>
                <td className="num">{formatInteger(board.panels.length)}</td>
                <td className="muted">{board.range ?? "1h"}</td>
                <td className="muted">{board.refresh ?? "–"}</td>
              </tr>
            ))}
          </Table>
        )}
      </Panel>
      {creating && (
        <SettingsForm
          draft={NEW_DASHBOARD}
          title={t("New dashboard")}
          verb={t("Create")}
          onSave={(draft) => {
            setCreating(false);
            make(draft);
          }}
          onClose={() => setCreating(false)}
        />
      )}
    </div>
  );
}
