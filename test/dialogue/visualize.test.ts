import { expect, test } from 'vitest';
import { createMachine } from 'xstate';
import { flowSchemaJson } from '../../src/dialogue/flow-schema-json.ts';
import { parseProgram } from '../../src/dialogue/parse-program.ts';
import { stepKinds } from '../../src/dialogue/step-schema.ts';
import { drawPicture } from '../../src/dialogue/visualize/draw-picture.ts';
import { pictureFlow } from '../../src/dialogue/visualize/flow-picture.ts';
import { toMermaid } from '../../src/dialogue/visualize/to-mermaid.ts';
import { toStately } from '../../src/dialogue/visualize/to-stately.ts';
import { toSvg } from '../../src/dialogue/visualize/to-svg.ts';

const program = parseProgram(
  [
    {
      file: 'a.yml',
      text: `
slots: { state: { type: choice, choices: [open, closed] } }
flows:
  report:
    steps:
      - id: ask
        collect: state
      - switch: slots.state
        open: ask
        closed: [ { say: '<b>"Closed"</b>', next: END } ]
`,
    },
  ],
  { locales: ['en'] },
);
const flow = program.flows['report'];
if (!flow) throw new Error('no flow');

test('a flow is drawn as a Mermaid flowchart, with labels that cannot break out', () => {
  expect(toMermaid(pictureFlow(flow, program))).toBe(`flowchart TD
  n0(["report"])
  n1[/"ask: state"/]
  n2{"switch: state"}
  n3("say: #60;b#62;#34;Closed#34;#60;/b#62;")
  n4(["end"])
  n1 --> n2
  n2 -->|"open"| n1
  n3 --> n4
  n2 -->|"closed"| n3
  n0 --> n1
`);
});

test('a flow is drawn as SVG in which no text is markup', () => {
  const svg = toSvg(pictureFlow(flow, program));
  expect(svg).not.toContain('<b>');
  expect(svg.match(/<rect x=/gu)).toHaveLength(5);
  expect(svg.match(/<path d="M[^0]/gu)).toHaveLength(5);
});

test('each step of the machine is a box of the drawing: where a conversation stands can be shown', () => {
  const { boxes } = drawPicture(pictureFlow(flow, program));
  const steps = Object.keys(toStately(flow, program).states).filter((state) => !/[$:]/.test(state));
  expect(steps).toHaveLength(3);
  expect(boxes.map(({ id }) => id)).toEqual(expect.arrayContaining(steps));
});

test('the same flow gives the same picture', () => {
  expect(toSvg(pictureFlow(flow, program))).toBe(toSvg(pictureFlow(flow, program)));
});

test('XState takes the machine that is given to Stately', () => {
  const machine = toStately(flow, program);
  expect(JSON.parse(JSON.stringify(machine))).toEqual(machine);
  expect(Object.keys(createMachine(machine as Parameters<typeof createMachine>[0]).states)).toContain('ask');
});

test('the schema for editors knows every step, and refers to nothing that it does not define', () => {
  const schema = flowSchemaJson();
  const text = JSON.stringify(schema);
  const definitions = Object.keys(schema['$defs'] as object);
  expect(definitions).toEqual(expect.arrayContaining(stepKinds.map((kind) => `step_${kind}`)));
  const references = [...text.matchAll(/"\$ref":"#\/\$defs\/(\w+)"/gu)].map((match) => match[1]);
  expect(references.filter((id) => !definitions.includes(id ?? ''))).toEqual([]);
  expect(text).toContain('Ask even when the slot has a value.');
});
