/** A part of a text, with its address where the part is one. */
export interface TextPart {
  text: string;
  href?: string;
}

const ADDRESS = /https?:\/\/[^\s"'<>`{}|\\^]+/g;

/** A text in parts, of which the web addresses are links. Punctuation after an address belongs to the sentence. */
export function linkify(text: string): TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = withoutEnd(match[0]);
    if (!URL.canParse(address)) continue;
    if (match.index > end) parts.push({ text: text.slice(end, match.index) });
    parts.push({ text: address, href: address });
    end = match.index + address.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

function withoutEnd(address: string): string {
  const trimmed = address.replace(/[.,;:!?\]]+$/, "");
  // A closing bracket is a part of the address only where it was opened there.
  return trimmed.endsWith(")") && !trimmed.includes("(") ? withoutEnd(trimmed.slice(0, -1)) : trimmed;
}
