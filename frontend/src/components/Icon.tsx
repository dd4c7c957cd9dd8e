/** The console's icons, drawn on a 16-pixel grid in the colour of the surrounding text. */
const PATHS = {
  sun: "M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6ZM8 1v1.8M8 13.2V15M1 8h1.8M13.2 8H15M3.1 3.1l1.2 1.2M11.7 11.7l1.2 1.2M3.1 12.9l1.2-1.2M11.7 4.3l1.2-1.2",
  moon: "M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7Z",
  help: "M6 6.1a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.3v.3M8 11.9v.2M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13Z",
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  close: "M4 4l8 8M12 4l-8 8",
  copy: "M5.5 5.5h7v8h-7zM3.5 10.5v-8h7",
  play: "M5 3.2v9.6L12.5 8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  back: "M10 3.5 5.5 8 10 12.5",
  chevron: "M6 3.5 10.5 8 6 12.5",
  down: "M3.5 6 8 10.5 12.5 6",
  up: "M3.5 10.5 8 6l4.5 4.5",
  search: "M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9ZM10.4 10.4 13.5 13.5",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  trash: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
  edit: "M3 13l.6-2.8 7-7 2.2 2.2-7 7z",
  star: "M8 2.2l1.7 3.6 3.9.5-2.9 2.7.8 3.9L8 11l-3.5 1.9.8-3.9L2.4 6.3l3.9-.5z",
  link: "M6.7 9.3 9.3 6.7M7.3 4.7l1.2-1.2a2.83 2.83 0 0 1 4 4l-1.2 1.2M8.7 11.3l-1.2 1.2a2.83 2.83 0 0 1-4-4l1.2-1.2",
  fields: "M2.5 4h11M2.5 8h7M2.5 12h9",
  pin: "M8 9.5V14M5 9.5h6M6 2.5h4M6.5 2.5v4L5 9.5M9.5 2.5v4l1.5 3",
  contrast: "M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8v12.4M8 5.5h5.6M8 9.5h5.9",
  globe:
    "M8 1.5a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13ZM1.5 8h13M8 1.5c2.4 2 2.8 4 2.8 6.5S10.4 12.5 8 14.5M8 1.5c-2.4 2-2.8 4-2.8 6.5s.4 4.5 2.8 6.5",
  timeline: "M2.5 4h5M6 8h6M9.5 12h4",
  bars: "M3 13.5V8M8 13.5V3M13 13.5v-8",
  history: "M8 4.8V8l2.3 1.4M2.7 6.3a5.5 5.5 0 1 1-.2 2.2M2.6 3v3.4H6",
  undo: "M5.5 3 2.5 6l3 3M2.5 6h6.7a3.8 3.8 0 0 1 0 7.6H6",
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.4"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
