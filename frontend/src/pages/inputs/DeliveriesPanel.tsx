import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { isAbsent } from "../../api/http";
import { forgetDelivery, getArrival, getDeliveries, type Delivery } from "../../api/sources";
import { AskTwice } from "../../components/AskTwice";
import { ErrorText } from "../../components/ErrorText";
import { Panel } from "../../components/Panel";
import { Table } from "../../components/Table";
import { useChange } from "../../hooks/useChange";
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
  if (isAbsent(error)) return null;
  const missing = (data ?? []).filter((sender) => sender.missing > 0).length;
  const sorted = [...(data ?? [])].sort(
    (a, b) => b.missing - a.missing || Date.parse(b.lastSeen) - Date.parse(a.lastSeen),
  );
  return (
    <Panel
      title="Deliveries"
      note={
        data &&
        data.length > 0 &&
        (missing > 0 ? `of ${formatInteger(missing)}, something is missing` : "nothing is missing")
      }
      error={error}
    >
      {!data && !error && <p className="empty-row">Loading deliveries…</p>}
      {data?.length === 0 && (
        <p className="empty-row">
          No sender numbers what it sends yet. LogCaster’s client, Beats and the systemd journal do; gaps in their
          numbers appear here.
        </p>
      )}
      {sorted.length > 0 && (
        <>
          <Arrived clients={sorted} />
          <Table className="deliveries" heads={["Client", "Received#", "Missing#", "Gaps", "Last seen", ""]}>
            {sorted.map((sender) => (
              <SenderRow key={`${sender.protocol} ${sender.client}`} sender={sender} />
            ))}
          </Table>
        </>
      )}
    </Panel>
  );
}

function SenderRow({ sender }: { sender: Delivery }) {
  const [all, setAll] = useState(false);
  const forget = useChange(forgetDelivery, ["deliveries"]);
  const { client, protocol, unit, received, repeated, missing, gaps, lastSeen, restarts } = sender;
  const shown = all ? gaps : gaps.slice(-GAPS_SHOWN);
  return (
    <tr>
      <td>
        {client}
        <div className="muted delivery-kind">
          {protocol}
          {restarts > 0 && `, ${formatInteger(restarts)} restarts`}
          {repeated > 0 && `, ${formatInteger(repeated)} repeated`}
        </div>
        <ErrorText error={forget.error} />
      </td>
      <td className="num">
        {formatInteger(received)} {unit}
      </td>
      <td className={missing > 0 ? "num danger-text" : "num muted"}>{formatInteger(missing)}</td>
      <td className="delivery-gaps">
        {gaps.length === 0 && <span className="muted">none</span>}
        {shown.map((gap) => (
          <div key={gap.from}>
            {formatInteger(gap.count)} missing, numbers {gap.from}–{gap.to}, between{" "}
            {gap.between.map((time) => formatDateTime(Date.parse(time), false)).join(" and ")}
          </div>
        ))}
        {gaps.length > GAPS_SHOWN && !all && (
          <button type="button" className="link" onClick={() => setAll(true)}>
            all {formatInteger(gaps.length)} gaps
          </button>
        )}
      </td>
      <td className="muted">{formatDateTime(Date.parse(lastSeen), false)}</td>
      <td className="delivery-actions">
        <AskTwice
          label={`Forget ${client} and its gaps; its records stay`}
          verb="Forget"
          busy={forget.isPending}
          onConfirm={() => forget.mutate(sender)}
        />
      </td>
    </tr>
  );
}

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
        Did number{" "}
        <input
          className="input"
          inputMode="numeric"
          aria-label="Number"
          placeholder="121"
          value={number}
          onChange={(event) => setNumber(event.target.value)}
        />
      </label>
      <label>
        of{" "}
        <select
          className="select"
          aria-label="Client"
          value={client}
          onChange={(event) => setClient(event.target.value)}
        >
          {[...new Set(clients.map((one) => one.client))].map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      </label>
      <button type="submit" className="button" disabled={!Number.isInteger(sequence) || ask.isPending}>
        Arrive?
      </button>
      {ask.data && (
        <span role="status" className={ask.data.answer === "not_arrived" ? "danger-text" : undefined}>
          <b>{{ arrived: "Arrived.", not_arrived: "Not arrived.", unknown: "Unknown." }[ask.data.answer]}</b>{" "}
          {ask.data.reason}
        </span>
      )}
      <ErrorText as="span" error={ask.error} alert />
    </form>
  );
}
