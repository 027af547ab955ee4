/** Words with which people take something back: they raise the prior of a correction, and decide nothing alone. */
const correctionWords: readonly RegExp[] = [
  /\b(?:i meant|i mean|meant to say|sorry|actually|instead|rather|my mistake|wrong|correction|make (?:it|that)|change (?:it|that|the|my)|should be|not that)\b/iu,
  /^(?:and|or|what about|how about)\b/iu,
  /^那(?=.*呢)|呢(?=[？?]?$)/u,
  /我是说|我是指|不对|说错|写错|打错|搞错|应该是|改成|改为|换成|而不是|更正|抱歉/u,
];

export function saysCorrection(text: string): boolean {
  return correctionWords.some((words) => words.test(text));
}

/** The text without the words that only take something back: a correction accounts for them. */
export function withoutCorrectionWords(text: string): string {
  return correctionWords.reduce((rest, words) => rest.replaceAll(new RegExp(words.source, 'giu'), ' '), text);
}
