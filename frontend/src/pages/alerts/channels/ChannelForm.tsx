import { useState } from "react";
import { ApiError } from "../../../api/http";
import { createChannel, updateChannel, type Channel, type ChannelDraft, type ChannelKind } from "../../../api/notices";
import { ErrorText } from "../../../components/ErrorText";
import { Field } from "../../../components/Field";
import { OptionField } from "../../../components/OptionField";
import { Sheet } from "../../../components/Sheet";
import { useChange } from "../../../hooks/useChange";
import { t } from "../../../i18n";
import { channelName, labelsOf, labelsText, missingOption, secretsToRepeat } from "../../../models/channels";

interface Props {
  /** The channel to edit; absent for a new one. */
  channel?: Channel;
  kinds: readonly ChannelKind[];
  onClose: () => void;
}

/** A channel's settings. Which ones it has, the server says for each kind. */
export function ChannelForm({ channel, kinds, onClose }: Props) {
  const [draft, setDraft] = useState<ChannelDraft>(
    channel ?? { name: "", type: kinds[0]?.type ?? "webhook", options: {}, enabled: true },
  );
  const [match, setMatch] = useState(labelsText(channel?.match));
  const [tried, setTried] = useState(false);
  const kind = kinds.find(({ type }) => type === draft.type);
  const save = useChange(
    (sent: ChannelDraft) => (channel ? updateChannel({ ...sent, id: channel.id }) : createChannel(sent)),
    ["channels"],
  );
  const repeat = channel ? secretsToRepeat(channel.options, draft.options, kind) : [];
  const missing = missingOption(draft, kind);
  const labels = labelsOf(match);
  const named = draft.name.trim() !== "";
  const failed = problemOf(save.error);
  const options = [...(kind?.options ?? [])].sort((a, b) => Number(b.required) - Number(a.required));
  return (
    <Sheet title={channel ? t("Edit {name}", { name: channel.name }) : t("New channel")} onClose={onClose}>
      <form
        className="form sheet-form channel-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (named && labels && !missing && repeat.length === 0)
            save.mutate({ ...draft, name: draft.name.trim(), match: labels }, { onSuccess: onClose });
        }}
      >
        <Field name={t("Kind")}>
          <select
            className="select"
            value={draft.type}
            disabled={channel !== undefined}
            onChange={(event) => setDraft({ ...draft, type: event.target.value, options: {} })}
          >
            {kinds.map(({ type }) => (
              <option key={type} value={type}>
                {channelName(type)}
              </option>
            ))}
          </select>
        </Field>
        <Field name={t("Name")} problem={tried && !named ? t("Enter a name.") : failed.name}>
          <input
            className="input"
            placeholder="on-call"
            autoFocus
            value={draft.name}
            onChange={(event) => setDraft({ ...draft, name: event.target.value })}
          />
        </Field>
        {options.map((option) => (
          <OptionField
            key={`${draft.type} ${option.name}`}
            option={option}
            value={draft.options[option.name]}
            problem={
              (tried && missing?.name === option.name ? t("Required.") : undefined) ??
              (repeat.includes(option.name) ? t("Enter this again: its receiver has changed.") : undefined) ??
              failed[`options.${option.name}`]
            }
            onChange={(value) => {
              const options = { ...draft.options };
              if (value === undefined) delete options[option.name];
              else options[option.name] = value;
              setDraft({ ...draft, options });
            }}
          />
        ))}
        <Field
          name={t("Always takes alerts with all of these labels, one a line")}
          wide
          problem={labels ? failed.match : t("Each line is a label and its value, such as severity=critical.")}
          hint={t("Beside what the routes send here; empty for only that. Also severity, name and rule.")}
        >
          <textarea
            className="input mono"
            rows={2}
            placeholder="severity=critical"
            value={match}
            spellCheck={false}
            onChange={(event) => setMatch(event.target.value)}
          />
        </Field>
        <div className="form-foot">
          <button type="submit" className="button button-primary" disabled={save.isPending}>
            {channel ? t("Save") : t("Create")}
          </button>
          <button type="button" className="button" onClick={onClose}>
            {t("Cancel")}
          </button>
          {Object.keys(failed).length === 0 && <ErrorText as="span" error={save.error} alert />}
        </div>
      </form>
    </Sheet>
  );
}

/** The server's errors by property. */
function problemOf(error: unknown): Partial<Record<string, string>> {
  if (!(error instanceof ApiError)) return {};
  return Object.fromEntries(
    (error.problem.errors ?? []).map(({ property, reason }) => [property, `Server: ${reason}.`]),
  );
}
