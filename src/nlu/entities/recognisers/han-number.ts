const digitValues = new Map(
  Array.from('零〇一二三四五六七八九', (char, i) => [char.charCodeAt(0), Math.max(i - 1, 0)] as const),
);
digitValues.set('两'.charCodeAt(0), 2);
digitValues.set('俩'.charCodeAt(0), 2);
digitValues.set('仨'.charCodeAt(0), 3);
const formal = '壹贰叁肆伍陆柒捌玖';
for (let i = 0; i < formal.length; i++) digitValues.set(formal.charCodeAt(i), i + 1);

const smallScales = new Map(
  Array.from('十百千拾佰仟', (char, i) => [char.charCodeAt(0), 10 ** ((i % 3) + 1)] as const),
);
smallScales.set('廿'.charCodeAt(0), 10);
const largeScales = new Map([
  ['万'.charCodeAt(0), 1e4],
  ['亿'.charCodeAt(0), 1e8],
]);

export interface HanNumber {
  readonly value: number;
  readonly end: number;
  /** Digits said one by one, as of years and codes: 二零二六. */
  readonly spelled: boolean;
}

export function isHanNumeral(code: number): boolean {
  return digitValues.has(code) || smallScales.has(code);
}

/** Reads the Chinese (or Japanese) numeral at `start`: 二十三, 两百五 (250), 一万二 (12,000), 二零二六. */
export function readHanNumber(folded: string, start: number): HanNumber | undefined {
  const spelled = readSpelled(folded, start);
  return spelled ?? readScaled(folded, start);
}

/** As many digits as a number holds exactly. */
const maxSpelled = 15;

function readSpelled(folded: string, start: number): HanNumber | undefined {
  let end = start;
  let value = 0;
  while (end < folded.length && end - start <= maxSpelled) {
    const digit = digitValues.get(folded.charCodeAt(end));
    if (digit === undefined) break;
    value = value * 10 + digit;
    end++;
  }
  const next = folded.charCodeAt(end);
  if (end - start < 2 || end - start > maxSpelled || smallScales.has(next) || largeScales.has(next))
    return undefined;
  return { value, end, spelled: true };
}

function readScaled(folded: string, start: number): HanNumber | undefined {
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  let lastScale = 0;
  let zero = false;
  let i = start;
  for (; i < folded.length; i++) {
    const code = folded.charCodeAt(i);
    const value = digitValues.get(code);
    const scale = smallScales.get(code);
    const large = largeScales.get(code);
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) break;
      if (value === 0) zero = true;
      digit = value;
    } else if (scale !== undefined) {
      if (digit === undefined && section === 0 && scale !== 10) break;
      if (lastScale !== 0 && scale >= lastScale) break;
      section += (digit ?? 1) * scale;
      digit = undefined;
      lastScale = scale;
      zero = false;
    } else if (large !== undefined && i > start) {
      total = (total + section + (digit ?? 0)) * large;
      section = 0;
      digit = undefined;
      lastScale = large;
      zero = false;
    } else break;
  }
  if (i === start) return undefined;
  // 两百五 is 250 and 三万五 is 35,000: a digit at the end takes the next lower place, unless a zero says otherwise.
  const place = digit !== undefined && lastScale >= 100 && !zero ? lastScale / 10 : 1;
  return { value: total + section + (digit ?? 0) * place, end: i, spelled: false };
}
