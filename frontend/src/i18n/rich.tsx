import { Fragment, type ReactNode } from "react";
import { lookup, type Literal, type Names } from "./text";

/** Translates a text around elements: `rich("Sent to {link} just now", { link: <a href=…>{name}</a> })`. */
export function rich<S extends string>(text: Literal<S>, values: Record<Names<S>, ReactNode>): ReactNode {
  const parts = lookup(text).split(/\{(\w+)\}/);
  // Every second part is a name.
  return parts.map((part, index) => (
    <Fragment key={index}>{index % 2 === 0 ? part : (values as Record<string, ReactNode>)[part]}</Fragment>
  ));
}
