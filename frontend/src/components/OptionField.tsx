import { useState } from "react";
import { t } from "../i18n";
import type { OptionSpec, OptionValue } from "../api/notices";
import { MASK, optionName, optionText, optionValue } from "../models/channels";
import { Field } from "./Field";

interface Props {
  option: OptionSpec;
  value: OptionValue | undefined;
  problem: string | undefined;
  onChange: (value: OptionValue | undefined) => void;
}

/** Shows the head and the first lines of a certificate; the box can be dragged larger. */
const LONG_TEXT_ROWS = 6;

/** The input that fits an option's type. */
export function OptionField({ option, value, problem, onChange }: Props) {
  const { name, type, required, secret, fallback, help } = option;
  const [text, setText] = useState(optionText(value));
  const label = required ? optionName(name) : t("{name}, optional", { name: optionName(name) });
  if (type === "FLAG") {
    return (
      <label className="option-flag">
        <span>{help}</span>
        <span>
          <input
            type="checkbox"
            checked={value === undefined ? fallback === true : value === true}
            onChange={(event) => onChange(event.target.checked)}
          />{" "}
          {optionName(name)}
        </span>
      </label>
    );
  }
  if (option.choices && option.choices.length > 0) {
    return (
      <Field name={label} hint={help} problem={problem}>
        <select
          className="select"
          value={typeof value === "string" ? value : ""}
          onChange={(event) => onChange(event.target.value || undefined)}
        >
          {(!required || value === undefined) && (
            <option value="">
              {typeof fallback === "string" ? t("{fallback} (default)", { fallback }) : t("not set")}
            </option>
          )}
          {option.choices
            .filter((choice) => choice !== fallback)
            .map((choice) => (
              <option key={choice}>{choice}</option>
            ))}
        </select>
      </Field>
    );
  }
  const change = (next: string) => {
    setText(next);
    onChange(optionValue(type, next));
  };
  const many = type === "LIST" || type === "MAP" || type === "LONG_TEXT";
  const hints = [help];
  if (type === "LIST") hints.push(t("one a line"));
  if (type === "MAP") hints.push(t("one “name: value” a line"));
  if (secret && text.includes(MASK)) hints.push(t("stored, and not shown"));
  const hint = hints.join("; ");
  const placeholder = fallback === undefined ? "" : optionText(fallback);
  // Typing over a mask replaces the whole secret.
  const whole = {
    onFocus: () => text === MASK && setText(""),
    onBlur: () => text === "" && value === MASK && setText(MASK),
  };
  return (
    <Field name={label} hint={hint} problem={problem} wide={many || type === "URL" || name === "pipe"}>
      {many ? (
        <textarea
          className="input mono"
          rows={type === "LONG_TEXT" ? LONG_TEXT_ROWS : 3}
          placeholder={placeholder}
          value={text}
          spellCheck={false}
          {...whole}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <input
          className={name === "pipe" ? "input mono" : "input"}
          type={secret && type !== "URL" ? "password" : "text"}
          autoComplete={secret ? "new-password" : "off"}
          inputMode={type === "NUMBER" ? "numeric" : type === "URL" ? "url" : "text"}
          placeholder={placeholder}
          value={text}
          spellCheck={false}
          {...whole}
          onChange={(event) => change(event.target.value)}
        />
      )}
    </Field>
  );
}
