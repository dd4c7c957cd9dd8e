import { useMemo, useState } from "react";
import { t } from "../../i18n";
import { clip } from "../../models/record";
import { formatInteger } from "../../models/format";
import { jsonIn } from "../../models/json";
import { FRAMES_SHOWN, isFoldable, traceOf, type TracePart } from "../../models/trace";
import { JsonTree } from "./JsonTree";
import { MessageText } from "./MessageText";

const MESSAGE_SHOWN = 20_000;

/** A whole message: JSON as a tree, the calls of a stack trace folded, or the text as it is. */
export function MessageView({ message, label = t("Message") }: { message: string; label?: string }) {
  const json = useMemo(() => jsonIn(message), [message]);
  const trace = useMemo(() => (json ? undefined : traceOf(message)), [json, message]);
  const [raw, setRaw] = useState(false);
  const structured = json ?? trace;
  return (
    <div className="message-view">
      <pre tabIndex={0} aria-label={label}>
        {json && !raw ? (
          <>
            {json.before !== "" && <MessageText text={json.before} />}
            <ul className="json">
              <JsonTree value={json.value} />
            </ul>
          </>
        ) : trace && !raw ? (
          trace.map((part, index) => <Part key={index} part={part} />)
        ) : (
          <Whole text={message} />
        )}
      </pre>
      {structured && (
        <button type="button" className="link message-raw" aria-pressed={raw} onClick={() => setRaw(!raw)}>
          {raw ? (json ? t("As a tree") : t("Fold calls")) : t("As sent")}
        </button>
      )}
    </div>
  );
}

function Whole({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const shown = clip(text, whole ? text.length : MESSAGE_SHOWN);
  return (
    <>
      <MessageText text={shown.text} />
      {shown.left > 0 && (
        <button type="button" className="link long-text-more" onClick={() => setWhole(true)}>
          {t("… show {left} more characters", { left: formatInteger(shown.left) })}
        </button>
      )}
    </>
  );
}

function Part({ part }: { part: TracePart }) {
  const [open, setOpen] = useState(false);
  const { lines } = part;
  if (!isFoldable(part) || open)
    return (
      <span className={part.kind === "frames" ? "trace-frames" : undefined}>
        <MessageText text={`${lines.join("\n")}\n`} />
      </span>
    );
  return (
    <span className="trace-frames">
      <MessageText text={`${lines.slice(0, FRAMES_SHOWN).join("\n")}\n`} />
      <button type="button" className="link trace-more" onClick={() => setOpen(true)}>
        {t("… {length} more calls", { length: lines.length - FRAMES_SHOWN })}
      </button>
      {"\n"}
    </span>
  );
}
