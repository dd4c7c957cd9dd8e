/** What can be done with a field and its value in the details of a record. */
export interface FieldActions {
  /** Narrows the query to records with, or without, this value. */
  onFilter: (field: string, value: string, exclude: boolean) => void;
  /** Shows or hides the field as a column. */
  onColumn?: (field: string) => void;
  /** Shows all records with this value in order. */
  onTimeline?: (field: string, value: string) => void;
}
