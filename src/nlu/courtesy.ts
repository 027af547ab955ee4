const courtesies = [
  'sorry|pardon(?: me)?|excuse me|my (?:bad|mistake|apologies)|apologies|oops',
  'hi|hello|hey|hiya|dear|there|all|good (?:morning|afternoon|evening|day)',
  'ok|okay|k|well|so|oh|ah|um|uh|hm+|right|alright|all right|fine|great|cool|perfect|actually',
  'thanks|thank you|thx|cheers|many|so much|very much|a lot|please',
  '对不起|不好意思|抱歉|打扰(?:一下|了)?|你好|您好|早上好|下午好|晚上好|哈喽|嗨|喂',
  '好|好的|好吧|行|嗯+|哦+|噢|啊|呀|了|那|谢谢(?:你|您)?|多谢|感谢|非常|麻烦(?:你|您)?(?:了)?|请问|请',
].join('|');

const onlyCourtesy = new RegExp(`^(?:(?:${courtesies})(?![\\p{Script=Latin}\\p{N}])[\\s\\p{P}]*)+$`, 'iu');

/** More than this is no courtesy; it also bounds the pattern's work. */
const LONGEST = 60;

/** Whether a stretch of text holds nothing but politeness: "sorry,", "hi there!", "好的，谢谢". */
export function isCourtesy(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length <= LONGEST && onlyCourtesy.test(trimmed);
}
