/** Words with which people take something back: they raise the prior of a correction, and decide nothing alone. */
const correctionWords: readonly RegExp[] = [
  /\b(?:i meant|i mean|meant to say|sorry|actually|instead|rather|my mistake|wrong|correction|make (?:it|that)|change (?:it|that|the|my)|should be|not that|different|(?:move|switch) (?:it|that|the|my))\b/iu,
  /^(?:and|or|what about|how about)\b/iu,
  /^那(?=.*呢)|呢(?=[？?]?$)/u,
  /我是说|我是指|不对|说错|写错|打错|搞错|应该是|改成|改为|改到|改一下|要改|想改|换成|换一下|而不是|更正|抱歉/u,
];

/** Whether a text refuses something to put something else in its place. */
export function takesBack(text: string): boolean {
  return saysCorrection(text) || /\b(?:not|no)\b|不是|不要|不去|别/iu.test(text);
}

export function saysCorrection(text: string): boolean {
  return correctionWords.some((words) => words.test(text));
}

/** The text without the words that only take something back: a correction accounts for them. */
export function withoutCorrectionWords(text: string): string {
  return correctionWords.reduce((rest, words) => rest.replaceAll(new RegExp(words.source, 'giu'), ' '), text);
}
