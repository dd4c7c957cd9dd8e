import "./transforms.css";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ApiError, isAbsent } from "../../api/http";
import { getTransforms, putTransforms, type Transform } from "../../api/transforms";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { useChange } from "../../hooks/useChange";
import { t } from "../../i18n";
import { useParams } from "../../hooks/useRoute";
import { moved } from "../../models/exploreState";
import { proposedTransform } from "../../models/noise";
import { ACTIONS, newTransform, transformBody } from "../../models/transforms";
import { HistoryPanel } from "./HistoryPanel";
import { PreviewPanel } from "./PreviewPanel";
import { TransformEditor } from "./TransformEditor";
import { TransformList } from "./TransformList";

interface Draft {
  transforms: Transform[];
  /** The version that was edited. */
  version: number;
}

/** The list with a proposed transform at its end, under a name of its own; undefined if it cannot be read. */
function withProposal({ transforms, version }: Draft, text: string): Draft | undefined {
  const proposed = proposedTransform(text);
  if (!proposed) return undefined;
  const taken = transforms.some(({ name }) => name === proposed.name);
  const name = taken ? `${proposed.name} (${transforms.length + 1})` : proposed.name;
  return { transforms: [...transforms, { ...proposed, name }], version };
}

/** The steps that records pass on their way in: an ordered list, edited with a preview of each step. */
export default function TransformsPage() {
  const client = useQueryClient();
  const { data, error } = useQuery({ queryKey: ["transforms"], queryFn: ({ signal }) => getTransforms(signal) });
  const [edited, setEdited] = useState<Draft>();
  const [chosen, setChosen] = useState(0);
  /** Counts what replaces the whole list, after which the form begins anew. */
  const [round, setRound] = useState(0);
  const save = useChange(putTransforms, ["transforms", "transform versions"]);
  // A proposal, such as that of the noise bill, becomes a change of the list that is not in force yet.
  const [params, setParams] = useParams("transforms");
  const proposal = params.get("new");
  const [taken, setTaken] = useState<string | null>(null);
  if (data && proposal !== taken) {
    setTaken(proposal);
    const draft = proposal === null ? undefined : withProposal(data, proposal);
    if (draft) {
      setEdited(draft);
      setChosen(draft.transforms.length - 1);
    }
  }
  useEffect(() => {
    if (taken !== null) setParams(new URLSearchParams(), "replace");
  }, [taken, setParams]);
  const list = edited?.transforms ?? data?.transforms ?? [];
  const index = Math.min(chosen, list.length - 1);
  const current = list[index];
  const dirty = edited !== undefined && JSON.stringify(edited.transforms) !== JSON.stringify(data?.transforms);

  function change(transforms: Transform[], at = index) {
    setEdited({ transforms, version: edited?.version ?? data?.version ?? 0 });
    setChosen(at);
    save.reset();
  }
  function forget() {
    setEdited(undefined);
    setRound(round + 1);
    save.reset();
  }
  function store() {
    if (!edited) return;
    save.mutate(
      { version: edited.version, transforms: edited.transforms.map(transformBody) },
      {
        onSuccess: (stored) => {
          client.setQueryData(["transforms"], stored);
          setEdited(undefined);
          setRound(round + 1);
        },
      },
    );
  }
  if (isAbsent(error))
    return (
      <div className="page-pad">
        <h1 className="visually-hidden">{t("Transforms")}</h1>
        <p className="empty-row">{t("This server has no transforms.")}</p>
      </div>
    );
  const conflict = save.error instanceof ApiError && save.error.status === 412;
  return (
    <div className="page-pad transforms-page">
      <h1 className="visually-hidden">{t("Transforms")}</h1>
      {dirty && (
        <div className="transform-save" role="status">
          <span>{t("The preview shows your changes; incoming records still pass the old list.")}</span>
          <button type="button" className="button button-primary" disabled={save.isPending} onClick={store}>
            {t("Apply to incoming records")}
          </button>
          <button type="button" className="button" onClick={forget}>
            {t("Discard")}
          </button>
          {conflict ? (
            <span className="danger-text" role="alert">
              {t("Somebody else has changed the list meanwhile. Discard your changes to see theirs.")}
            </span>
          ) : (
            <ErrorText as="span" error={save.error} alert />
          )}
        </div>
      )}
      <div className="transform-columns">
        <div className="transform-stack">
          <Panel
            title={t("Transforms")}
            note={t("records pass them from top to bottom, before they are stored")}
            error={error}
            className="transform-list"
          >
            {!data && !error && <p className="empty-row">{t("Loading transforms…")}</p>}
            {data && list.length === 0 && (
              <p className="empty-row">
                {t(
                  "Records are stored as they come. Add a transform to hide secrets, join stack traces, take messages apart, or keep noise out.",
                )}
              </p>
            )}
            <TransformList
              transforms={list}
              chosen={index}
              onChoose={setChosen}
              onMove={(from, to) => change(moved(list, from, to), to)}
              onChange={(at, next) => change(list.map((one, place) => (place === at ? next : one)))}
              onRemove={(at) => {
                change(
                  list.filter((_, place) => place !== at),
                  Math.max(0, at < index ? index - 1 : index),
                );
                setRound(round + 1);
              }}
            />
            {data && (
              <label className="transform-add">
                <span className="visually-hidden">{t("Add a transform")}</span>
                <select
                  className="select"
                  value=""
                  onChange={(event) => {
                    const at = index + 1;
                    change([...list.slice(0, at), newTransform(event.target.value, list), ...list.slice(at)], at);
                  }}
                >
                  <option value="" disabled>
                    {t("Add a transform…")}
                  </option>
                  {Object.entries(ACTIONS).map(([action, { help }]) => (
                    <option key={action} value={action}>
                      {action}: {help}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </Panel>
          {current && (
            <TransformEditor
              key={`${round} ${index} ${list.length}`}
              transform={current}
              onChange={(next) => change(list.map((one, place) => (place === index ? next : one)))}
            />
          )}
        </div>
        <div className="transform-stack">
          {list.length > 0 && <PreviewPanel transforms={list} chosen={index} onChoose={setChosen} />}
          <HistoryPanel dirty={dirty} onRolledBack={forget} />
        </div>
      </div>
    </div>
  );
}
