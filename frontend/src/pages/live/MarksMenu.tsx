import "./marks.css";
import { useId, useRef } from "react";
import { IconButton } from "../../components/IconButton";
import { Menu } from "../../components/Menu";
import { t, tr } from "../../i18n";
import { MARK_COLOURS, MOST_RULES, readExpression, SIGNALS, type MarkRule, type Signal } from "../../models/rowMarks";

interface Props {
  rules: readonly MarkRule[];
  onChange: (rules: MarkRule[]) => void;
}

/** Rules that colour rows, edited in a popup. */
export function MarksMenu({ rules, onChange }: Props) {
  return (
    <Menu align="right" label={rules.length > 0 ? t("Highlights ({count})", { count: rules.length }) : t("Highlights")}>
      {() => <MarksEditor rules={rules} onChange={onChange} />}
    </Menu>
  );
}

function MarksEditor({ rules, onChange }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const change = (index: number, part: Partial<MarkRule>) =>
    onChange(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));

  function add() {
    const colour = MARK_COLOURS.findIndex((_, index) => rules.every((rule) => rule.colour !== index));
    onChange([...rules, { text: "", colour: Math.max(0, colour), signal: "" }]);
    focusLast();
  }

  function remove(index: number) {
    onChange(rules.filter((_, at) => at !== index));
    focusLast();
  }

  /** The element that had the focus is gone, or the new one is not there yet. */
  function focusLast() {
    requestAnimationFrame(() => {
      const fields = list.current?.querySelectorAll<HTMLElement>("input, .marks-add");
      fields?.[Math.max(0, fields.length - 2)]?.focus();
    });
  }

  return (
    <div ref={list} className="marks-editor">
      <p className="muted">
        {t("A row takes the colour of the first rule that it matches: a word, /expression/ or field=value.")}
      </p>
      {rules.map((rule, index) => (
        <RuleRow
          key={index}
          rule={rule}
          number={index + 1}
          onChange={(part) => change(index, part)}
          onRemove={() => remove(index)}
        />
      ))}
      <button type="button" className="button marks-add" disabled={rules.length >= MOST_RULES} onClick={add}>
        {t("Add a rule")}
      </button>
    </div>
  );
}

interface RowProps {
  rule: MarkRule;
  number: number;
  onChange: (part: Partial<MarkRule>) => void;
  onRemove: () => void;
}

function RuleRow({ rule, number, onChange, onRemove }: RowProps) {
  const id = useId();
  const read = readExpression(rule.text);
  const problem = "problem" in read ? read : undefined;
  return (
    <div className="marks-rule">
      <span className="marks-sample" data-mark={rule.colour} aria-hidden="true" />
      <input
        className="input mono"
        value={rule.text}
        placeholder="timeout, /5\d\d/, app=shop"
        aria-label={t("What rule {number} looks for", { number })}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? id : undefined}
        spellCheck={false}
        onChange={(event) => onChange({ text: event.target.value })}
      />
      <select
        className="select"
        aria-label={t("Colour of rule {number}", { number })}
        value={rule.colour}
        onChange={(event) => onChange({ colour: Number(event.target.value) })}
      >
        {MARK_COLOURS.map((name, index) => (
          <option key={index} value={index}>
            {tr(name)}
          </option>
        ))}
      </select>
      <select
        className="select"
        aria-label={t("What rule {number} does when a record comes", { number })}
        value={rule.signal}
        onChange={(event) => onChange({ signal: event.target.value as Signal })}
      >
        {SIGNALS.map((signal) => (
          <option key={signal} value={signal}>
            {signal === "" ? t("colour only") : signal === "title" ? t("and mark the tab") : t("and a sound")}
          </option>
        ))}
      </select>
      <IconButton icon="trash" label={t("Remove rule {number}", { number })} onClick={onRemove} />
      {problem && (
        <span id={id} className="marks-problem" role="note">
          {tr(problem.problem)}
          {problem.detail !== undefined && `: ${problem.detail}`}
        </span>
      )}
    </div>
  );
}
