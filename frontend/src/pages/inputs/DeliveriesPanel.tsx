import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { forgetDelivery, getArrival, getDeliveries, type Delivery } from "../../api/sources";
import { AskTwice } from "../../components/AskTwice";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
import { useOwnNode } from "../../hooks/useMetrics";
import { msg, plural, t, tr } from "../../i18n";
import { formatDateTime, formatInteger } from "../../models/format";

const POLL_MS = 15_000;
const GAPS_SHOWN = 3;

/** Senders that number what they send, and what is missing of them. */
export function DeliveriesPanel() {
  const { data, error } = useQuery({
    queryKey: ["deliveries"],
    queryFn: ({ signal }) => getDeliveries(signal),
    refetchInterval: POLL_MS,
  });
  const here = useOwnNode();
  if (isAbsent(error)) return null;
  const own = (data ?? []).filter(({ node }) => node === undefined || node === here);
  const missing = (data ?? []).filter((sender) => sender.missing > 0).length;
  const sorted = [...(data ?? [])].sort(
    (a, b) => b.missing - a.missing || Date.parse(b.lastSeen) - Date.parse(a.lastSeen),
  );
  return (
    <Panel
      title={t("Deliveries")}
      note={
        data &&
        data.length > 0 &&
        (missing > 0
          ? t("of {missing}, something is missing", { missing: formatInteger(missing) })
          : t("nothing is missing"))
      }
      error={error}
    >
      {!data && !error && <p className="empty-row">{t("Loading deliveries…")}</p>}
      {data?.length === 0 && (
        <p className="empty-row">
          {t(
            "No sender numbers what it sends yet. LogCaster’s client, Beats and the systemd journal do; gaps in their numbers appear here.",
          )}
        </p>
      )}
      {sorted.length > 0 && (
        <>
          {own.length > 0 && <Arrived clients={own} />}
          <Table
            className="deliveries"
            heads={[t("Client"), `${t("Received")}#`, `${t("Missing")}#`, t("Gaps"), t("Last seen"), ""]}
          >
            {sorted.map((sender) => (
              <SenderRow
                key={`${sender.node ?? ""} ${sender.protocol} ${sender.client}`}
                sender={sender}
                own={own.includes(sender)}
              />
            ))}
          </Table>
        </>
      )}
    </Panel>
  );
}

/** @param own whether the node that answers received it; others are asked at their own console */
function SenderRow({ sender, own }: { sender: Delivery; own: boolean }) {
  const [all, setAll] = useState(false);
  const forget = useChange(forgetDelivery, ["deliveries"]);
  const { client, protocol, unit, received, repeated, missing, gaps, lastSeen, restarts, node } = sender;
  const shown = all ? gaps : gaps.slice(-GAPS_SHOWN);
  return (
    <tr>
      <td>
        {client}
        <div className="muted delivery-kind">
          {node !== undefined && `${node}, `}
          {protocol}
          {restarts > 0 && `, ${plural(restarts, "{n} restart", "{n} restarts")}`}
          {repeated > 0 && `, ${t("{repeated} repeated", { repeated })}`}
        </div>
        <ErrorText error={forget.error} />
      </td>
      <td className="num">
        {formatInteger(received)} {unit}
      </td>
      <td className={missing > 0 ? "num danger-text" : "num muted"}>{formatInteger(missing)}</td>
      <td className="delivery-gaps">
        {gaps.length === 0 && <span className="muted">{t("none")}</span>}
        {shown.map((gap) => (
          <div key={gap.from}>
            {t("{count} missing, numbers {from}–{to}, between {times}", {
              count: gap.count,
              from: `${gap.from}`,
              to: `${gap.to}`,
              times: gap.between.map((time) => formatDateTime(Date.parse(time), false)).join(" – "),
            })}
          </div>
        ))}
        {gaps.length > GAPS_SHOWN && !all && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            {t("all {count} gaps", { count: gaps.length })}
          </button>
        )}
      </td>
      <td className="muted">{formatDateTime(Date.parse(lastSeen), false)}</td>
      <td className="delivery-actions">
        {own && (
          <AskTwice
            label={t("Forget {client} and its gaps; its records stay", { client })}
            verb={t("Forget")}
            busy={forget.isPending}
            onConfirm={() => forget.mutate(sender)}
          />
        )}
      </td>
    </tr>
  );
}

const ANSWERS = { arrived: msg("Arrived."), not_arrived: msg("Not arrived."), unknown: msg("Unknown.") };

/** Answers “did my line arrive?” by client and number. */
function Arrived({ clients }: { clients: readonly Delivery[] }) {
  const [client, setClient] = useState(clients[0]?.client ?? "");
  const [number, setNumber] = useState("");
  const sequence = number.trim() === "" ? Number.NaN : Number(number);
  const ask = useChange(() => getArrival(client, sequence), []);
  return (
    <form
      className="arrived"
      onSubmit={(event) => {
        event.preventDefault();
        if (Number.isInteger(sequence)) ask.mutate();
      }}
    >
      <label>
        {t("Did number")}{" "}
        <input
          className="input"
          inputMode="numeric"
          aria-label={t("Number")}
          placeholder="121"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <label>
        {t("of")}{" "}
        <select
          className="select"
          aria-label={t("Client")}
          value={client}
          onChange={(event) => setClient(event.target.value)}
        >
          {[...new Set(clients.map((one) => one.client))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="button" disabled={!Number.isInteger(sequence) || ask.isPending}>
        {t("Arrive?")}
      </button>
      {ask.data && (
        <span role="status" className={ask.data.answer === "not_arrived" ? "danger-text" : undefined}>
          <b>{tr(ANSWERS[ask.data.answer])}</b> {ask.data.reason}
        </span>
      )}
      <ErrorText as="span" error={ask.error} alert />
    </form>
  );
}
