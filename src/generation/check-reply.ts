/** Why a written reply is not said. */
export type ReplyFault =
  'empty' | 'too_long' | 'leaked_prompt' | 'promise' | 'foreign_link' | 'ungrounded_figure' | 'markup';

export interface ReplyCheckOptions {
  readonly systemPrompt: string;
  /** All that the model was given besides, and that it may take figures from. */
  readonly given: string;
  /** Hosts a reply may mention. */
  readonly allowedHosts: readonly string[];
}

/** UTF-16 code units. */
const LONGEST_REPLY = 1_200;
/** A run of the prompt this long, in letters and digits, is no accident. */
const LEAK_LENGTH = 32;

/** What a bot that only talks cannot have done, and may not say that it will. */
const PROMISES: readonly RegExp[] = [
  /\b(?:i|we)(?:'ve| have| had|'ll| will| am going to|'m going to| just| can confirm)\b[^.!?\n]{0,60}\b(?:refund|cancel|chang|updat|ship|sen[dt]|issu|process|book|order|credit|reimburs|replac|arrang|schedul|compensat|extend|waiv|approv|escalat|transfer|forward|contact|call you|e-?mail you|look(?:ed|ing)? up|check(?:ed)?)/i,
  /\b(?:your|the|this) (?:\w+ ){0,3}?(?:has been|have been|was|will be|is being|is now|are now) (?:\w+ ){0,2}?(?:refunded|cancell?ed|changed|updated|shipped|sent|issued|processed|booked|credited|reimbursed|replaced|arranged|scheduled|extended|waived|approved|escalated|transferred|forwarded|delivered)/i,
  /\b(?:you(?:'ll| will) (?:get|receive|be)|guarantee|i promise|we promise|free of charge|at no cost|discount of|legally|entitled to)\b/i,
  /(?:我|我们|本店|客服)[^。！？\n]{0,10}(?:已经?|会|将|马上|立即|现在就?|这就|保证|承诺)[^。！？\n]{0,16}(?:退|取消|修改|更改|更新|发货|寄|补发|处理|办理|安排|赔|补偿|转接|联系|核实|查)/,
  /(?:已经?|即将)(?:为您|帮您|给您|替您)[^。！？\n]{0,16}/,
  /(?:您的|该)[^。！？\n]{0,12}(?:已经?|将会?|会)(?:被)?(?:退款|退回|取消|修改|更新|发货|发出|寄出|处理|批准|延长|到账|送达)/,
  /保证|承诺|一定会|免费|赔偿|补偿/,
];

const ADDRESS =
  /\b(?:https?:\/\/|www\.)[^\s<>"'，。！？）)]+|\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b(?:\/[^\s<>"'，。！？）)]*)?/gi;

/** @returns The first reason not to say a reply; `undefined` for one that may be said. */
export function checkReply(text: string, options: ReplyCheckOptions): ReplyFault | undefined {
  if (text.trim() === '') return 'empty';
  if (text.length > LONGEST_REPLY) return 'too_long';
  if (/<\/?[a-z][^>]*>|\]\(|^#{1,6} |```/im.test(text)) return 'markup';
  if (leaks(text, options.systemPrompt)) return 'leaked_prompt';
  if (PROMISES.some((promise) => promise.test(text))) return 'promise';
  if ((text.match(ADDRESS) ?? []).some((address) => !isAllowed(address, options.allowedHosts)))
    return 'foreign_link';
  return hasNewFigure(text, options) ? 'ungrounded_figure' : undefined;
}

function leaks(text: string, systemPrompt: string): boolean {
  const said = lettersOf(text);
  const prompt = lettersOf(systemPrompt);
  for (let start = 0; start + LEAK_LENGTH <= said.length; start += 1)
    if (prompt.includes(said.slice(start, start + LEAK_LENGTH))) return true;
  return false;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
}

function isAllowed(address: string, allowedHosts: readonly string[]): boolean {
  const url = /^https?:/i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return false;
  const { hostname } = new URL(url);
  return allowedHosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}

/** A number that nobody gave the model is one it made up. Those inside placeholders are not figures. */
function hasNewFigure(text: string, { given, systemPrompt }: ReplyCheckOptions): boolean {
  const known = new Set([...figuresOf(given), ...figuresOf(systemPrompt)]);
  return figuresOf(text).some((figure) => !known.has(figure));
}

function figuresOf(text: string): readonly string[] {
  return (text.replace(/\[[A-Z0-9_]+\]/g, '').match(/\d+(?:[.,]\d+)*/g) ?? []).map((figure) =>
    figure.replaceAll(',', ''),
  );
}
