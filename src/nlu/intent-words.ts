/** An intent's name as a person would say it: `request_refund` → `request refund`. */
export function intentWords(intent: string): string {
  return intent
    .replace(/[_/+.-]+/g, ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu})/gu, ' ')
    .trim();
}
