/** A field for a time with seconds, in the format that `fromLocalInput` reads. */
export function MomentInput({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  return (
    <input
      className="input"
      type="datetime-local"
      step="1"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
