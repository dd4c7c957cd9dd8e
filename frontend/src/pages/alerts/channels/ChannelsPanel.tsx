import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { deleteChannel, testChannel, updateChannel, type Channel, type ChannelKind } from "../../../api/notices";
import { AskTwice } from "../../../components/AskTwice";
import { ErrorText } from "../../../components/ErrorText";
import { IconButton } from "../../../components/IconButton";
import { Panel } from "../../../components/Panel";
import { Table } from "../../../components/Table";
import { useChange } from "../../../hooks/useChange";
import { channelName, MASK, optionText } from "../../../models/channels";
import { ChannelForm } from "./ChannelForm";

interface Props {
  list: UseQueryResult<Channel[]>;
  kinds: readonly ChannelKind[];
}

/** The channels, with a test for each. */
export function ChannelsPanel({ list, kinds }: Props) {
  const [editing, setEditing] = useState<{ channel?: Channel }>();
  const { data, error } = list;
  return (
    <Panel
      title="Channels"
      note="where notices of alerts go"
      error={error}
      aside={
        <button type="button" className="button" disabled={kinds.length === 0} onClick={() => setEditing({})}>
          New channel
        </button>
      }
    >
      {!data && !error && <p className="empty-row">Loading channels…</p>}
      {data?.length === 0 && (
        <p className="empty-row">
          No channels: alerts are only shown here and written to the server’s log. Add the place where your team looks,
          such as email, Slack or a webhook, and send a test.
        </p>
      )}
      {data && data.length > 0 && (
        <Table className="channels" heads={["Channel", "Goes to", "On", ""]}>
          {data.map((channel) => (
            <ChannelRow
              key={channel.id}
              channel={channel}
              kind={kinds.find(({ type }) => type === channel.type)}
              onEdit={() => setEditing({ channel })}
            />
          ))}
        </Table>
      )}
      {editing && <ChannelForm {...editing} kinds={kinds} onClose={() => setEditing(undefined)} />}
    </Panel>
  );
}

interface RowProps {
  channel: Channel;
  kind: ChannelKind | undefined;
  onEdit: () => void;
}

function ChannelRow({ channel, kind, onEdit }: RowProps) {
  const change = useChange(updateChannel, ["channels"]);
  const remove = useChange(deleteChannel, ["channels", "routes"]);
  const test = useChange(testChannel, ["channels", "dead letters"]);
  const { id, name, type, enabled, readOnly } = channel;
  return (
    <tr data-off={enabled ? undefined : ""}>
      <td>
        <div className="channel-name">{name}</div>
        <span className="muted">
          {channelName(type)}
          {readOnly && ", described by the server’s settings"}
        </span>
      </td>
      <td className="channel-to">
        <Destination channel={channel} kind={kind} />
        {channel.error && !test.isSuccess && <div className="danger-text">Last attempt failed: {channel.error}</div>}
        {test.isPending && <div className="muted">Waiting for the receiver’s answer…</div>}
        {test.isSuccess && (
          <div className="channel-ok" role="status">
            ✓ The test was delivered.
          </div>
        )}
        <ErrorText error={test.error ?? change.error ?? remove.error} alert />
      </td>
      <td>
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-label={`${name} is on`}
          checked={enabled}
          disabled={readOnly === true || change.isPending}
          onChange={(event) => change.mutate({ ...channel, enabled: event.target.checked })}
        />
      </td>
      <td className="channel-actions">
        <button
          type="button"
          className="button"
          aria-label={`Send a test to ${name}`}
          disabled={test.isPending}
          onClick={() => test.mutate(id)}
        >
          Test
        </button>{" "}
        {!readOnly && (
          <AskTwice label={`Delete ${name}`} busy={remove.isPending} onConfirm={() => remove.mutate(id)}>
            <IconButton icon="edit" label={`Edit ${name}`} onClick={onEdit} />
          </AskTwice>
        )}
      </td>
    </tr>
  );
}

/** Options that say where a channel's notices go, best first. */
const TELLING = ["to", "url", "server", "host", "topic", "chatId", "channel"];

function Destination({ channel: { options }, kind }: { channel: Channel; kind: ChannelKind | undefined }) {
  const secret = new Set((kind?.options ?? []).filter((option) => option.secret).map(({ name }) => name));
  const told = TELLING.find((name) => options[name] !== undefined && !secret.has(name) && options[name] !== MASK);
  if (kind && !kind.options.some(({ name }) => TELLING.includes(name))) return null;
  if (told === undefined) return <span className="muted">a secret address</span>;
  return <span className="mono">{optionText(options[told]).replaceAll("\n", ", ")}</span>;
}
