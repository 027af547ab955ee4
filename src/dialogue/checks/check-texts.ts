import type { Diagnostic, Position } from '../../errors.ts';
import type { LocalizedText } from '../../message.ts';
import { nearestName } from '../../nearest-name.ts';
import { fault, warning } from '../rules.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';

/** Texts must exist in every locale of the bot, be valid, and show only slots that exist. */
export const checkTexts: Check = (context) => {
  const diagnostics: Diagnostic[] = [];
  for (const text of allTexts(context)) {
    diagnostics.push(...missingTranslations(text, context), ...unknownLocales(text, context));
    if (text.kind !== 'name') diagnostics.push(...templateFaults(text, context));
  }
  return diagnostics;
};

interface PlacedText {
  readonly text: LocalizedText;
  readonly position: Position;
  /** What it is, for the message: `The response "utter_x"`. */
  readonly owner: string;
  /** Names and titles of items are no templates over slots. */
  readonly kind: 'template' | 'item' | 'name';
}

function allTexts(context: CheckContext): readonly PlacedText[] {
  return [...responseTexts(context), ...flowTexts(context), ...labelTexts(context)];
}

function responseTexts({ responses }: CheckContext): readonly PlacedText[] {
  return [...responses.values()].flatMap(({ name, variants, position }) => {
    const owner = `The response "${name}"`;
    return variants.flatMap((variant) => {
      const { buttons } = variant;
      const titles: readonly PlacedText[] =
        'from' in buttons
          ? [{ text: buttons.title, position, owner: `A button of "${name}"`, kind: 'item' }]
          : buttons.map(({ title }) => ({
              text: title,
              position,
              owner: `A button of "${name}"`,
              kind: 'template',
            }));
      const links = variant.links.map(({ title }): PlacedText => ({
        text: title,
        position,
        owner,
        kind: 'template',
      }));
      return [{ text: variant.text, position, owner, kind: 'template' }, ...titles, ...links];
    });
  });
}

function flowTexts({ flows }: CheckContext): readonly PlacedText[] {
  return [...flows.values()].flatMap((flow) => [
    { text: flow.name, position: flow.position, owner: `The name of "${flow.id}"`, kind: 'name' },
    ...allSteps(flow).flatMap((step): PlacedText[] => {
      const owner = `The step "${step.id}"`;
      if (step.kind === 'say' && step.say.kind === 'text') {
        return [{ text: step.say.text, position: step.position, owner, kind: 'template' }];
      }
      return step.kind === 'generate'
        ? [{ text: step.prompt, position: step.position, owner, kind: 'template' }]
        : [];
    }),
  ]);
}

function labelTexts({ slots }: CheckContext): readonly PlacedText[] {
  return [...slots.values()].flatMap((slot) => [
    ...(slot.label
      ? [
          {
            text: slot.label,
            position: slot.position,
            owner: `The label of "${slot.name}"`,
            kind: 'name' as const,
          },
        ]
      : []),
    ...slot.choices.flatMap(({ value, label }) =>
      label
        ? [{ text: label, position: slot.position, owner: `The label of "${value}"`, kind: 'name' as const }]
        : [],
    ),
  ]);
}

function missingTranslations(
  { text, position, owner }: PlacedText,
  { program }: CheckContext,
): readonly Diagnostic[] {
  const locales = Object.keys(text);
  if (locales.length === 0 || locales.includes('*')) return [];
  const missing = program.locales.filter(
    (locale) => !locales.includes(locale) && !locales.includes(languageOf(locale)),
  );
  if (missing.length === 0) return [];
  const names = missing.map((locale) => `"${locale}"`).join(', ');
  const fix = `Add the text in ${names}.`;
  return [fault('missing-translation', recall(text) ?? position, `${owner} has no text in ${names}.`, fix)];
}

function unknownLocales(
  { text, position, owner }: PlacedText,
  { program }: CheckContext,
): readonly Diagnostic[] {
  // The engine's own texts come in more languages than a bot speaks.
  if (position.file.startsWith('usher:')) return [];
  const known = new Set(['*', ...program.locales, ...program.locales.map(languageOf)]);
  return Object.keys(text).flatMap((locale) => {
    if (known.has(locale)) return [];
    const near = nearestName(locale, program.locales);
    const fix = near ? `Write "${near}".` : 'Add the locale to `locales` in usher.yml, or remove the text.';
    const message = `${owner} has a text in "${locale}", which is none of the bot's locales.`;
    return [warning('unknown-locale', recall(text, locale) ?? position, message, fix)];
  });
}

function languageOf(locale: string): string {
  return locale.split('-')[0] ?? locale;
}

function templateFaults(placed: PlacedText, context: CheckContext): readonly Diagnostic[] {
  const { templates } = context.inputs;
  if (!templates) return [];
  return Object.entries(placed.text).flatMap(([locale, template]) => {
    const position = recall(placed.text, locale) ?? placed.position;
    const problem = templates.validate(template);
    if (problem) {
      return [
        fault('invalid-text', position, `The text is not a valid template: ${problem.message}.`, problem.fix),
      ];
    }
    return placed.kind === 'item' ? [] : unknownPlaceholders(template, position, context);
  });
}

function unknownPlaceholders(
  template: string,
  position: Position,
  context: CheckContext,
): readonly Diagnostic[] {
  const { templates } = context.inputs;
  return (templates?.arguments(template) ?? []).flatMap(({ path }) => {
    const [root = path] = path.split('.');
    if (root === 'user' || root === 'context' || context.slots.has(root)) return [];
    const near = nearestName(root, context.slots.keys());
    const fix = near
      ? `Write "{${near}}".`
      : "Define the slot; to show braces, put them in single quotes: '{'.";
    return [
      fault('unknown-slot', position, `The text shows "{${path}}", but there is no slot "${root}".`, fix),
    ];
  });
}
