import { useState, type ReactNode } from "react";

interface FieldProps {
  name: string;
  problem?: string | undefined;
  /** A short explanation below the input. */
  hint?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}

/** A labelled input of a form, with its error. */
export function Field({ name, problem, hint, wide, children }: FieldProps) {
  return (
    <label className={wide ? "form-row" : undefined}>
      <span>{name}</span>
      {children}
      {hint && !problem && <span className="form-hint">{hint}</span>}
      {problem && <span className="danger-text">{problem}</span>}
    </label>
  );
}

interface NumberInputProps {
  /** `NaN` while the text is not a number. */
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  placeholder?: string;
}

/** An input for a number, which keeps the text as it is typed. */
export function NumberInput({ value, onChange, placeholder }: NumberInputProps) {
  const [text, setText] = useState(print(value));
  // A value from elsewhere, such as a dragged threshold, replaces the text.
  if (!Object.is(parse(text), value)) setText(print(value));
  return (
    <input
      className="input"
      inputMode="decimal"
      value={text}
      placeholder={placeholder}
      onChange={(event) => {
        setText(event.target.value);
        onChange(parse(event.target.value));
      }}
    />
  );
}

function parse(text: string): number | undefined {
  return text.trim() === "" ? undefined : Number(text);
}

function print(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "" : String(value);
}
