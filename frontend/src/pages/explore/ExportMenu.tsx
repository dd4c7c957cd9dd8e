import { useMutation } from "@tanstack/react-query";
import { errorText } from "../../api/http";
import { exportQuery, type Asked } from "../../api/query";
import { Menu } from "../../components/Menu";
import { formatInteger } from "../../models/format";

/** Most rows of one file: what a spreadsheet still opens. More than that is a matter for curl. */
const MOST_ROWS = 1_000_000;

const FORMATS = [
  { name: "CSV", type: "text/csv", file: "logcaster.csv" },
  { name: "JSON", type: "application/json", file: "logcaster.json" },
] as const;

/** Downloads all that the query finds, and not only the rows shown. */
export function ExportMenu({ asked }: { asked: Asked }) {
  const download = useMutation({
    mutationFn: async ({ type, file }: (typeof FORMATS)[number]) => {
      const url = URL.createObjectURL(await exportQuery(asked, MOST_ROWS, type));
      const link = document.createElement("a");
      link.href = url;
      link.download = file;
      link.click();
      // The browser has taken the file over by the next turn.
      setTimeout(() => URL.revokeObjectURL(url), 0);
    },
  });
  return (
    <Menu label={download.isPending ? "Exporting…" : "Export"} name="Export the result" align="right">
      {(close) => (
        <>
          {FORMATS.map((format) => (
            <button
              key={format.name}
              type="button"
              className="menu-item"
              disabled={download.isPending}
              onClick={() => download.mutate(format, { onSuccess: close })}
            >
              {format.name}
            </button>
          ))}
          <p className="menu-section muted">All rows of the query, at most {formatInteger(MOST_ROWS)}.</p>
          {download.error && <p className="menu-section danger-text">{errorText(download.error)}</p>}
        </>
      )}
    </Menu>
  );
}
