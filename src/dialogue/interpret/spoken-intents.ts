/** What is asked of every bot, whatever it was built for: it explains all of the words that carry it. */
export const controlIntents: ReadonlySet<string> = new Set([
  'cancel',
  'repeat',
  'skip',
  'explain',
  'handoff',
  'restart',
  'refuse',
  'resume',
  'capabilities',
  'are_you_a_bot',
]);

/** What is said to every bot beside what is meant: "yes", "no", "thanks". Something else may stand in the same sentence. */
export const courtesyIntents: ReadonlySet<string> = new Set(['affirm', 'deny', 'thank', 'goodbye']);
