import type { Reading } from '../dialogue/dialogue.ts';
import type { Segment, Understanding } from '../nlu/recognizer.ts';
import type { Colours } from './terminal.ts';

/** What a message was understood as, and why, for a person to read. */
export function renderUnderstanding(understanding: Understanding, colours: Colours): string {
  const { locale, localeReliable, sentiment, segments, articles, notes } = understanding;
  return [
    `${colours.bold('language')}   ${locale}${localeReliable ? '' : colours.dim(' (the text does not show it)')}   ${colours.bold('mood')} ${sentiment.toFixed(2)}`,
    ...segments.flatMap((segment) => renderSegment(segment, colours)),
    ...articles
      .slice(0, 3)
      .map(
        ({ title, score, article }) =>
          `${colours.bold('article')}    ${percent(score)} ${title} ${colours.dim(article)}`,
      ),
    ...notes.map((note) => `${colours.yellow('note')}       ${note}`),
  ].join('\n');
}

function renderSegment(
  { text, intents, outOfScope, accepted, entities, nearest, shortcut }: Segment,
  colours: Colours,
): readonly string[] {
  return [
    `${colours.bold('segment')}    "${text}"`,
    ...intents.slice(0, 4).map(({ intent, probability, contextLogOdds }, index) => {
      const context =
        contextLogOdds === 0 ? '' : colours.dim(` (the context adds ${contextLogOdds.toFixed(1)})`);
      return `  ${index === 0 ? 'intent ' : '       '}  ${percent(probability)} ${bar(probability)} ${intent}${context}`;
    }),
    `  ${accepted ? colours.green('accepted') : colours.yellow('not sure')} ${percent(outOfScope)} that it is none of these${shortcut === true ? colours.dim(' (n-grams alone were sure)') : ''}`,
    ...entities.map(({ entity, role, text: span, value, source }) => {
      const shown = typeof value === 'string' ? value : JSON.stringify(value);
      return `  entity    ${entity}${role ? `/${role}` : ''} = ${shown}${shown === span ? '' : ` from "${span}"`} ${colours.dim(source)}`;
    }),
    ...nearest.map(({ text: example, intent, similarity }) =>
      colours.dim(`  like      ${similarity.toFixed(2)} "${example}" (${intent})`),
    ),
  ];
}

/** The readings that were weighed, best first, with the terms of each score. */
export function renderReadings(readings: readonly Reading[], colours: Colours): string {
  return readings
    .slice(0, 4)
    .map(({ commands, score, terms }, index) => {
      const named = commands.map((command) => commandName(command)).join(', ') || 'nothing';
      const why = Object.entries(terms)
        .map(([term, value]) => `${term} ${value.toFixed(1)}`)
        .join(', ');
      return `${index === 0 ? colours.bold('reading') : '       '}    ${score.toFixed(2).padStart(6)} ${named} ${colours.dim(why)}`;
    })
    .join('\n');
}

function commandName(command: Reading['commands'][number]): string {
  switch (command.kind) {
    case 'start_flow':
      return `start ${command.flow}`;
    case 'set_slot':
    case 'correct_slot':
      return `${command.kind === 'set_slot' ? 'set' : 'correct'} ${command.slot} = ${JSON.stringify(command.value)}`;
    case 'answer':
      return `answer from ${command.articles.join(', ')}`;
    case 'clarify':
      return `ask which: ${command.flows.join(' or ')}`;
    case 'chitchat':
      return `chitchat ${command.intent}`;
    case 'cannot_handle':
      return `cannot handle (${command.reason})`;
    default:
      return command.kind;
  }
}

function percent(share: number): string {
  return `${(share * 100).toFixed(0)} %`.padStart(5);
}

function bar(share: number): string {
  return '▇'.repeat(Math.round(share * 10)).padEnd(10, '·');
}
