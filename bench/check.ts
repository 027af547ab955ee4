/**
 * `usher check` on a bot of 200 flows, from its files to its findings, in a process that has done nothing before: one line of JSON.
 *
 * Each flow asks, looks something up, branches, confirms and acts; it has texts in two languages and twelve examples.
 * Usage: node scripts/run-ts.mjs bench/check.ts [flows]
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBotFiles } from '../src/bot/bot-files.ts';
import { checkBot } from '../src/bot/check-bot.ts';

const [flows = 200] = process.argv.slice(2).map(Number);
const folder = mkdtempSync(join(tmpdir(), 'usher-check-'));
for (const path of ['flows', 'training-data/en', 'training-data/zh'])
  mkdirSync(join(folder, path), { recursive: true });
writeFileSync(join(folder, 'usher.yml'), 'locales: [en, zh]\n');
for (let at = 0; at < flows; at += 1) {
  writeFileSync(join(folder, 'flows', `task-${at}.yml`), flowFile(at));
  for (const locale of ['en', 'zh'])
    writeFileSync(join(folder, 'training-data', locale, `task-${at}.yml`), examples(at, locale));
}

const startedAt = performance.now();
const before = process.cpuUsage();
const findings = await checkBot(readBotFiles(folder, undefined), {});
const { user, system } = process.cpuUsage(before);
rmSync(folder, { recursive: true });
const byRule: Record<string, number> = {};
for (const { rule } of findings) byRule[rule] = (byRule[rule] ?? 0) + 1;
console.log(
  JSON.stringify({
    bench: 'check',
    flows,
    findings: byRule,
    ms: Math.round(performance.now() - startedAt),
    // What it takes on a machine that does nothing else.
    cpuMs: Math.round((user + system) / 1000),
  }),
);

function flowFile(at: number): string {
  return `
slots:
  thing_${at}: { type: text }
  kind_${at}: { type: choice, choices: [small, large, other] }
  found_${at}: { type: boolean }
  cost_${at}: { type: money }
flows:
  task_${at}:
    description: The customer wants errand number ${at} of the house done.
    nlu_trigger: [ { intent: task_${at} } ]
    steps:
      - collect: thing_${at}
      - collect: kind_${at}
      - action: find_${at}
        with: { thing: slots.thing_${at} }
        on_error: utter_failed_${at}
        next:
          - if: slots.found_${at}
            then: by_kind
          - else: [ { say: utter_failed_${at}, next: END } ]
      - id: by_kind
        switch: slots.kind_${at}
        small: sure
        large: sure
        other: [ { say: utter_failed_${at}, next: END } ]
      - id: sure
        confirm: [thing_${at}, kind_${at}]
        else: [ { say: utter_failed_${at}, next: END } ]
      - action: do_${at}
        with: { thing: slots.thing_${at}, kind: slots.kind_${at} }
        on_error: utter_failed_${at}
      - say: utter_done_${at}
actions:
  find_${at}: { input: { thing: text }, sets: [found_${at}, cost_${at}] }
  do_${at}: { effect: true, requires: [confirmed], input: { thing: text, kind: choice } }
responses:
  utter_ask_thing_${at}: [ { text: { en: "Which thing?", zh: "哪个？" } } ]
  utter_ask_kind_${at}: [ { text: { en: "Which kind?", zh: "哪种？" } } ]
  utter_confirm_task_${at}: [ { text: { en: "Do it with {thing_${at}}, {kind_${at}}?", zh: "{thing_${at}}，{kind_${at}}，确认吗？" } } ]
  utter_failed_${at}: [ { text: { en: "That did not work.", zh: "没有成功。" } } ]
  utter_done_${at}: [ { text: { en: "Done: {thing_${at}}.", zh: "完成：{thing_${at}}。" } } ]
`;
}

/** A number in letters: examples that differ in digits alone are the same example. */
function spelt(number: number): string {
  return String(number).replace(/\d/gu, (digit) => 'abcdefghij'[Number(digit)] ?? '');
}

function examples(at: number, locale: string): string {
  const lines = Array.from({ length: 12 }, (_, line) =>
    locale === 'zh'
      ? `      - 请办理${spelt(at)}事项，说法${spelt(line)}`
      : `      - please do errand ${spelt(at)} in the way of ${spelt(line)}`,
  );
  return `version: "3.1"\nnlu:\n  - intent: task_${at}\n    examples: |\n${lines.join('\n')}\n`;
}
