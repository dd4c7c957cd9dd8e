/** The Explore page and its search. */
export default {
  "In all time": "전체 기간에서",
  "the {span} before": "직전 {span}",
  "the same time yesterday": "어제 같은 시간",
  "the same time last week": "지난주 같은 시간",
  "before {text} ({time})": "{text} 이전 ({time})",
  "the rest of the {span} around it": "전후 {span} 중 나머지",
};
