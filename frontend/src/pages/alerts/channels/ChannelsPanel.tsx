import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { deleteChannel, testChannel, updateChannel, type Channel, type ChannelKind } from "../../../api/notices";
import { AskTwice } from "../../../components/AskTwice";
import { ErrorText } from "../../../components/ErrorText";
import { IconButton } from "../../../components/IconButton";
import { Panel } from "../../../components/Panel";
import { Table } from "../../../components/Table";
import { useChange } from "../../../hooks/useChange";
import { t } from "../../../i18n";
import { channelName, labelsText, MASK, optionText } from "../../../models/channels";
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
      title={t("Channels")}
      note={t("where notices of alerts go")}
      error={error}
      aside={
        <button type="button" className="button" disabled={kinds.length === 0} onClick={() => setEditing({})}>
          {t("New channel")}
        </button>
      }
    >
      {!data && !error && <p className="empty-row">{t("Loading channels…")}</p>}
      {data?.length === 0 && (
        <p className="empty-row">
          {t(
            "No channels: alerts are only shown here and written to the server’s log. Add the place where your team looks, such as email, Slack or a webhook, and send a test.",
          )}
        </p>
      )}
      {data && data.length > 0 && (
        <Table className="channels" heads={[t("Channel"), t("Goes to"), t("On"), ""]}>
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
          {readOnly && `, ${t("described by the server’s settings")}`}
        </span>
      </td>
      <td className="channel-to">
        <Destination channel={channel} kind={kind} />
        {channel.match && (
          <div className="muted">
            {t("always takes {labels}", { labels: labelsText(channel.match).replaceAll("\n", ", ") })}
          </div>
        )}
        {channel.error && !test.isSuccess && (
          <div className="danger-text">{t("Last attempt failed: {error}", { error: channel.error })}</div>
        )}
        {test.isPending && <div className="muted">{t("Waiting for the receiver’s answer…")}</div>}
        {test.isSuccess && (
          <div className="channel-ok" role="status">
            {t("✓ The test was delivered.")}
          </div>
        )}
        <ErrorText error={test.error ?? change.error ?? remove.error} alert />
      </td>
      <td>
        <input
          type="checkbox"
          className="switch"
          role="switch"
          aria-label={t("{name} is on", { name })}
          checked={enabled}
          disabled={readOnly === true || change.isPending}
          onChange={(event) => change.mutate({ ...channel, enabled: event.target.checked })}
        />
      </td>
      <td className="channel-actions">
        <button
          type="button"
          className="button"
          aria-label={t("Send a test to {name}", { name })}
          disabled={test.isPending}
          onClick={() => test.mutate(id)}
        >
          {t("Test")}
        </button>{" "}
        {!readOnly && (
          <AskTwice label={t("Delete {name}", { name })} busy={remove.isPending} onConfirm={() => remove.mutate(id)}>
            <IconButton icon="edit" label={t("Edit {name}", { name })} onClick={onEdit} />
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
  if (told === undefined) return <span className="muted">{t("a secret address")}</span>;
  return <span className="mono">{optionText(options[told]).replaceAll("\n", ", ")}</span>;
}
