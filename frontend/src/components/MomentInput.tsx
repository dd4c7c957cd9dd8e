/** A field for a moment to the second, as `fromLocalInput` reads it. */
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
