/** What the parts of LogsQL are for, in a few words, and how each is written: shown beside the suggestions. */
export interface LanguageDoc {
  what: string;
  example: string;
}

function docs(table: Record<string, [what: string, example: string]>): ReadonlyMap<string, LanguageDoc> {
  return new Map(Object.entries(table).map(([name, [what, example]]) => [name, { what, example }]));
}

export const PIPE_DOCS = docs({
  block_stats: ["size of the stored blocks, by field", "block_stats"],
  blocks_count: ["number of blocks the query reads", "blocks_count"],
  collapse_nums: ["numbers in a text become <N>", "collapse_nums at _msg prettify"],
  copy: ["copies a field under another name", "copy app as service"],
  decolorize: ["takes terminal colours out", "decolorize _msg"],
  delete: ["takes fields away", "delete trace_id, pid"],
  drop_empty_fields: ["takes fields without a value away", "drop_empty_fields"],
  extract: ["cuts fields out of a text by a pattern", 'extract "user <user> from <ip>" from _msg'],
  extract_regexp: ["cuts fields out by a regular expression", 'extract_regexp "took (?P<ms>[0-9]+) ms"'],
  facets: ["the most frequent values of every field", "facets 10"],
  field_names: ["all field names with their counts", "field_names"],
  field_values: ["the values of a field with their counts", "field_values app limit 20"],
  fields: ["keeps only these fields", "fields _time, app, _msg"],
  filter: ["keeps only the rows that match", "filter duration:>100"],
  first: ["the first rows by an order, also per group", "first 5 by (duration desc) partition by (app)"],
  format: ["writes a text from fields", 'format "<app>@<host>" as where'],
  hash: ["a number made from a value", "hash(trace_id) as h"],
  join: ["adds the fields of another query's rows", "join by (user) (app:=auth | uniq by (user, ip))"],
  json_array_len: ["how many items a JSON array has", "json_array_len(items) as n"],
  last: ["the last rows by an order, also per group", "last 5 by (duration)"],
  len: ["how many bytes a value has", "len(_msg) as size"],
  limit: ["at most so many rows", "limit 100"],
  math: ["computes with fields", "math duration_ms / 1000 as seconds"],
  offset: ["leaves out the first rows", "sort by (_time) | offset 100"],
  pack_json: ["packs fields into one as JSON", "pack_json fields (app, host) as origin"],
  pack_logfmt: ["packs fields into one as key=value", "pack_logfmt as line"],
  pattern: ["the template of the message", "pattern | stats by (_pattern) count()"],
  rename: ["gives fields other names", "rename app as service"],
  replace: ["replaces a text within a field", 'replace ("secret", "***") at _msg'],
  replace_regexp: ["replaces what a regular expression finds", 'replace_regexp ("[0-9]+", "N") at _msg'],
  sample: ["one of so many rows, at random", "sample 100"],
  sort: ["orders rows", "sort by (duration desc) limit 10"],
  split: ["cuts a value into a JSON array", 'split "," from tags as tag'],
  stats: ["counts, sums, averages … by groups", "stats by (app, _time:5m) count() n"],
  stream_context: ["records around those found", "stream_context before 5 after 5"],
  top: ["the most frequent values", "top 10 by (app, level)"],
  union: ["adds the rows of another query", "union (app:=other)"],
  uniq: ["each combination of values once", "uniq by (host, app)"],
  unpack_json: ["fields out of a JSON text", "unpack_json from _msg fields (user, status)"],
  unpack_logfmt: ["fields out of key=value text", "unpack_logfmt from _msg"],
  unpack_syslog: ["fields out of a syslog line", "unpack_syslog from _msg"],
  unpack_words: ["the words of a text as a JSON array", "unpack_words _msg as words"],
  unroll: ["a row for each item of a JSON array", "unroll by (tags)"],
});

export const FUNCTION_DOCS = docs({
  avg: ["the mean of the numbers", "avg(duration_ms) mean"],
  count: ["how many rows", "count() n"],
  count_empty: ["how many rows lack the field", "count_empty(user) anonymous"],
  count_uniq: ["how many different values", "count_uniq(user) users"],
  count_uniq_hash: ["about how many different values, in less memory", "count_uniq_hash(trace_id) traces"],
  histogram: ["how the numbers are spread", "histogram(duration_ms) spread"],
  json_values: ["all rows of the group as JSON", "json_values(_msg, user) limit 10 rows"],
  max: ["the greatest value", "max(duration_ms) slowest"],
  median: ["the value in the middle", "median(duration_ms) usual"],
  min: ["the least value", "min(duration_ms) fastest"],
  quantile: ["below which such a share lies", "quantile(0.99, duration_ms) p99"],
  rate: ["rows per second", "rate() per_second"],
  rate_sum: ["sum of the numbers per second", "rate_sum(bytes) throughput"],
  row_any: ["any row of the group", "row_any(_msg) example"],
  row_max: ["the row where a field is greatest", "row_max(duration_ms, _msg) slowest"],
  row_min: ["the row where a field is least", "row_min(duration_ms) fastest"],
  sum: ["the sum of the numbers", "sum(bytes) total"],
  sum_len: ["how many bytes the values have in all", "sum_len(_msg) size"],
  uniq_values: ["each different value, as a list", "uniq_values(host) limit 10 hosts"],
  values: ["all values, as a list", "values(status) statuses"],
});

/** What may stand after a field's colon besides a value. */
export const FILTER_DOCS = docs({
  '=""': ["has exactly this value", 'app:="nginx"'],
  '~""': ["matches a regular expression", 'path:~"^/api/v[12]"'],
  "in()": ["has one of these values", "status:in(500, 502)"],
  "range()": ["lies between two numbers", "duration_ms:range(100, 1000)"],
  "contains_any()": ["contains one of these words", "_msg:contains_any(timeout, refused)"],
  "contains_all()": ["contains all of these words", "_msg:contains_all(user, denied)"],
  "seq()": ["contains these phrases in this order", 'seq("login of", "failed")'],
  "i()": ["in any case of letters", "_msg:i(error)"],
  "ipv4_range()": ["lies in a network", 'ip:ipv4_range("10.0.0.0/8")'],
  "len_range()": ["is so many characters long", "_msg:len_range(1000, inf)"],
  "string_range()": ["lies between two texts", "user:string_range(a, c)"],
  "eq_field()": ["equals another field", "from:eq_field(to)"],
});
