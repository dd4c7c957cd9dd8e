import type { Row } from "../api/types";

/** A link that the values of a field become; the server has checked that its host comes before all braces. */
export interface FieldLink {
  field: string;
  url: string;
  title: string;
}

/** How this installation differs from others. */
export interface Installation {
  name?: string | null;
  color?: string | null;
  links: FieldLink[];
}

export const PLAIN: Installation = { links: [] };

export const PRODUCT = "LogCaster";

/** The name in titles: the installation's before the product's. */
export function titleOf({ name }: Installation): string {
  return name ? `${name} · ${PRODUCT}` : PRODUCT;
}

/** A value as a part of an address; slashes stay, for paths of files, but none may climb out of its directory. */
function encoded(value: string): string | undefined {
  const parts = value.split("/");
  if (value === "" || parts.some((part) => part === "." || part === "..")) return undefined;
  // A lone half of a surrogate pair cannot be encoded.
  return parts.map((part) => encodeURIComponent(part.replace(/\p{Surrogate}/gu, "\ufffd"))).join("/");
}

/** The links of a record's field; those that need a field which the record lacks are left out. */
export function linksOf(links: readonly FieldLink[], row: Row, field: string): { title: string; href: string }[] {
  return links
    .filter((link) => link.field === field)
    .flatMap(({ url, title }) => {
      let whole = true;
      const href = url.replaceAll(/\{([^{}]+)\}/g, (_, name: string) => {
        const value = encoded((name === "value" ? row[field] : row[name]) ?? "");
        if (value === undefined) whole = false;
        return value ?? "";
      });
      return whole && /^https?:\/\//.test(href) && URL.canParse(href) ? [{ title, href }] : [];
    });
}

/** The icon of tabs, with a ring of the installation's colour. */
export function iconOf(color: string): string {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="${color}"/><rect x="4" y="4" width="24" height="24" rx="4" fill="#12332f"/><path d="M9 11h14M9 16h8M9 21h11" stroke="#7fb8ae" stroke-width="2.6" stroke-linecap="round"/><circle cx="22.5" cy="16" r="2.2" fill="#f0b453"/></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
