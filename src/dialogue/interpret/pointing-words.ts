/** What people say around the word that points at one of several things, and that means nothing by itself. */
const pointing = new Set(
  (
    'i i d i ll we we d the that this one ones a an it me us take have like want prefer choose pick go for with let s please ' +
    'would rather then ok okay yes yeah sure think would be do good fine thanks by at in on near next to book get give option number ' +
    'that s thats is which who has have got sounds looks nice great lovely perfect should must need needs something anything with only if possible no not there are any look looking'
  ).split(' '),
);
const pointingCharacters = /[我们就要选那这个家款班趟的吧了想订给来用它好呢请帮行可以嗯有没、 ]/gu;

export function isPointing(word: string): boolean {
  return pointing.has(word);
}

/**
 * The words of a text that its choice accounts for: all of it where nothing else is said, else the telling words alone.
 *
 * @param text - Folded.
 * @param telling - The words that say which one, folded.
 */
export function explainedWords(text: string, telling: readonly string[]): string {
  const rest = telling
    .reduce((left, word) => left.replace(word, ' '), text)
    .replaceAll(pointingCharacters, ' ');
  const isAll = rest.split(' ').every((word) => word === '' || pointing.has(word));
  return isAll ? text : telling.join(' ');
}
