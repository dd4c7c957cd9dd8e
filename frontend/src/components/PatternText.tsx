import "./pattern.css";
import { patternParts, variablesOf } from "../models/patterns";

interface Props {
  pattern: string;
  /** One of its messages; its values tell the kinds of the variables. */
  example?: string | undefined;
}

/** A template with its variables set apart, each in the colour of its kind. */
export function PatternText({ pattern, example }: Props) {
  const variables = variablesOf(pattern, example);
  let place = 0;
  /** The server counts values of these placeholders only. */
  let stars = 0;
  return patternParts(pattern).map(({ text, variable }, index) => {
    if (!variable) return text;
    const { kind, value } = variables[place++] ?? {};
    return (
      <i key={index} data-kind={kind} data-place={text === "<*>" ? stars++ : undefined} title={value}>
        {text}
      </i>
    );
  });
}
