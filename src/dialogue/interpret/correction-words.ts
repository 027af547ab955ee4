import { asks } from './question-words.ts';

/** Words with which people take something back: they raise the prior of a correction, and decide nothing alone. */
const correctionWords: readonly RegExp[] = [
  /\b(?:i meant|i mean|meant to say|sorry|actually|instead|rather|my mistake|wrong|correction|make (?:it|that)|change (?:it|that|the|my)|should be|not that|different|(?:move|switch) (?:it|that|the|my))\b/iu,
  /^(?:and|or|what about|how about)\b/iu,
  /^那(?=.*呢)|呢(?=[？?]?$)/u,
  /我是说|我是指|不对|说错|记错|弄错|写错|打错|搞错|应该是|改成|改为|改到|改一下|要改|想改|换成|换一下|而不是|更正|抱歉|不好意思/u,
];

/** Words with which people stop themselves: to put something right, or to ask something in between. */
const stoppingWords: readonly RegExp[] = [
  /^(?:(?:no|oh|ah|ok|okay|um|er|hm+|sorry)\b[\s,.!…-]*)*(?:wait|hold on|hang on|scratch that|strike that|w?h?oops|on second thoughts?)\b(?! (?:for|until|till|list)\b)(?: (?:a|one) (?:moment|minute|second|sec)\b)?/iu,
  /^[啊哦呃嗯哎呀，, ]*(?:等等|等一下|等下|等会儿?|慢着|且慢)(?=[，,。.！!…\s]|$)/u,
];

const refusingWords = /\b(?:no|nope|not)\b|不是|不要|不去|别|^不/iu;

/** Whether a text refuses something to put something else in its place. */
export function takesBack(text: string): boolean {
  return saysCorrection(text) || refusingWords.test(text);
}

/** The text without all words that only take something back: "no, not tomorrow, Friday" says two days. */
export function withoutTakingBack(text: string): string {
  return withoutCorrectionWords(text).replaceAll(new RegExp(refusingWords.source, 'giu'), ' ');
}

export function saysCorrection(text: string): boolean {
  return correctionWords.some((words) => words.test(text));
}

/** P(a text takes something back), by its words: "no wait" does, but before a question it only asks in between. */
export function correctionCue(text: string): number {
  if (saysCorrection(text)) return 0.95;
  if (!stoppingWords.some((words) => words.test(text))) return 0;
  const rest = withoutCorrectionWords(text).replace(/^[\s\p{P}]+/u, '');
  return asks(rest) ? 0 : 0.7;
}

/** The text without the words that only take something back: a correction accounts for them. */
export function withoutCorrectionWords(text: string): string {
  const all = [...stoppingWords, ...correctionWords];
  return all.reduce((rest, words) => rest.replaceAll(new RegExp(words.source, 'giu'), ' '), text);
}
