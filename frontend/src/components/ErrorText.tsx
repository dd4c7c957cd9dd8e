import { errorText } from "../api/http";

interface Props {
  error: unknown;
  as?: "div" | "p" | "span";
  className?: string;
  /** Whether screen readers announce it immediately. */
  alert?: boolean;
}

/** The message of an error, if there is one. */
export function ErrorText({ error, as: Tag = "div", className = "", alert }: Props) {
  if (error === undefined || error === null) return null;
  return (
    <Tag role={alert ? "alert" : undefined} className={`${className} danger-text`.trim()}>
      {errorText(error)}
    </Tag>
  );
}
