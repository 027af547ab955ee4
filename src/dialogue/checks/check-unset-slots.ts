import type { Diagnostic, Position } from '../../errors.ts';
import type { Expression } from '../expression.ts';
import type { FlowGraph, FlowNode } from '../flow-graph.ts';
import { asPath, stepWrites } from '../flow-writes.ts';
import type { KnownFacts } from '../known-facts.ts';
import { childExpressions } from '../parse-condition.ts';
import type { ButtonSource, Continuation, ResponseVariant, Step } from '../program.ts';
import { fault, type RuleId } from '../rules.ts';
import { recall } from '../source-place.ts';
import { allSteps } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';

/** What is read must have got a value before, on every path. */
export const checkUnsetSlots: Check = (context) => {
  const finder = new UnsetSlotFinder(context);
  for (const graph of context.analysis.graphs.values()) finder.graph(graph);
  return finder.diagnostics;
};

/** Where a value is needed: what is found there, and what the message says. */
interface Reading {
  readonly rule: RuleId;
  readonly position: Position;
  readonly where: string;
}

class UnsetSlotFinder {
  readonly diagnostics: Diagnostic[] = [];
  private readonly context: CheckContext;
  /** Slots that some step of the bot writes; of others it is not known where their values come from. */
  private readonly written: ReadonlySet<string>;
  private readonly reported = new Set<string>();

  constructor(context: CheckContext) {
    this.context = context;
    const { program } = context;
    this.written = new Set(
      Object.values(program.flows).flatMap((flow) =>
        allSteps(flow).flatMap((step) => (isUndeclared(step, context) ? [] : stepWrites(step, program))),
      ),
    );
  }

  graph(graph: FlowGraph): void {
    for (const node of graph.nodes.values()) {
      const facts = this.context.analysis.factsAt(graph.flow.id, node.id);
      if (facts) this.node(node, facts);
    }
    for (const edge of graph.edges) {
      const facts = this.context.analysis.factsAt(graph.flow.id, edge.from);
      const node = graph.nodes.get(edge.from);
      if (!facts || node?.kind !== 'step' || node.step.kind === 'switch') continue;
      let known =
        edge.cause === 'next' && node.step.kind === 'collect'
          ? facts.withSet(node.step.slots.map(asPath))
          : facts;
      if (node.step.kind !== 'collect' && node.step.kind !== 'noop' && node.step.kind !== 'say') continue;
      for (const { condition, holds } of edge.when) {
        this.condition(condition, known, node.position);
        known = known.assuming(condition, holds);
      }
    }
  }

  private node(node: FlowNode, facts: KnownFacts): void {
    if (node.kind === 'way_out') this.wayOut(node.way, facts);
    if (node.kind === 'step') this.step(node.step, facts);
  }

  private wayOut(way: Continuation, facts: KnownFacts): void {
    if (way.kind === 'response') this.response(way.response, facts);
  }

  private step(step: Step, facts: KnownFacts): void {
    const { position } = step;
    switch (step.kind) {
      case 'collect':
        this.collect(step, facts);
        break;
      case 'confirm':
        for (const [index, slot] of step.slots.entries()) {
          const at = recall(step, `slots.${index}`) ?? position;
          this.path(asPath(slot), facts, {
            rule: 'slot-may-be-unset',
            position: at,
            where: 'when it is confirmed',
          });
        }
        this.response(step.utter, facts.withSet(step.slots.map(asPath)));
        break;
      case 'say':
        if (step.say.kind === 'response') this.response(step.say.response, facts);
        else this.text(step.say.text, facts, position);
        break;
      case 'action':
        for (const value of Object.values(step.with))
          this.value(value, facts, position, `when "${step.action}" is run`);
        break;
      case 'switch':
        if (!step.otherwise && !step.cases.some(({ value }) => value === null)) {
          this.value(step.on, facts, position, 'when it is branched on');
        }
        break;
      case 'generate':
        this.text(step.prompt, facts, position);
        break;
      default:
    }
  }

  private collect(step: Extract<Step, { kind: 'collect' }>, facts: KnownFacts): void {
    const { position } = step;
    if (step.choicesFrom !== undefined) {
      const at = recall(step, 'choicesFrom') ?? position;
      this.path(asPath(step.choicesFrom), facts, {
        rule: 'slot-may-be-unset',
        position: at,
        where: 'when its choices are offered',
      });
    }
    for (const question of step.attempts) this.response(question, facts);
    const filled = facts.withSet(step.slots.map(asPath));
    for (const rejection of step.rejections) {
      this.condition(rejection.if, filled, position);
      this.response(rejection.utter, filled.assuming(rejection.if, true));
    }
  }

  /** Texts are looked at wherever they are said, with what is known there. */
  private response(name: string, facts: KnownFacts): void {
    for (const variant of this.context.responses.get(name)?.variants ?? []) {
      const known = variant.condition ? facts.assuming(variant.condition, true) : facts;
      this.variant(name, variant, known);
    }
  }

  private variant(name: string, variant: ResponseVariant, facts: KnownFacts): void {
    const position = this.context.responses.get(name)?.position;
    if (!position) return;
    this.text(variant.text, facts, position, ` when "${name}" is said`);
    if (isButtonSource(variant.buttons)) {
      const at = recall(variant.buttons, 'from') ?? position;
      const where = `when "${name}" offers its items`;
      this.path(asPath(variant.buttons.from), facts, { rule: 'slot-may-be-unset', position: at, where });
    }
  }

  private text(
    text: ResponseVariant['text'],
    facts: KnownFacts,
    fallback: Position,
    where = ' when it is said',
  ): void {
    const { templates } = this.context.inputs;
    if (!templates) return;
    for (const [locale, template] of Object.entries(text)) {
      const position = recall(text, locale) ?? fallback;
      for (const { path, kind } of templates.arguments(template)) {
        if (kind === 'select' || path.startsWith('user.') || path.startsWith('context.')) continue;
        this.path(asPath(path.split('.')[0] ?? path), facts, {
          rule: 'placeholder-may-be-unset',
          position,
          where: where.trim(),
        });
      }
    }
  }

  /** A value that is put somewhere, or calculated with. */
  private value(expression: Expression, facts: KnownFacts, fallback: Position, where: string): void {
    if (expression.kind === 'path') {
      if (expression.root !== 'slots') return;
      const position = recall(expression) ?? fallback;
      this.path(asPath(expression.path[0] ?? ''), facts, { rule: 'slot-may-be-unset', position, where });
      return;
    }
    if (isCondition(expression)) this.condition(expression, facts, fallback);
    else for (const child of childExpressions(expression)) this.value(child, facts, fallback, where);
  }

  /** In a condition, null has a meaning, except where values are put in order or calculated with. */
  private condition(expression: Expression, facts: KnownFacts, fallback: Position): void {
    if (expression.kind === 'binary' && (expression.operator === 'and' || expression.operator === 'or')) {
      this.condition(expression.left, facts, fallback);
      this.condition(
        expression.right,
        facts.assuming(expression.left, expression.operator === 'and'),
        fallback,
      );
      return;
    }
    const isOrdered = expression.kind === 'binary' && ORDER.has(expression.operator);
    if (isOrdered) {
      this.value(expression.left, facts, fallback, 'when it is compared');
      this.value(expression.right, facts, fallback, 'when it is compared');
    } else for (const child of childExpressions(expression)) this.condition(child, facts, fallback);
  }

  private path(path: string, facts: KnownFacts, { rule, position, where }: Reading): void {
    const slot = path.slice('slots.'.length);
    if (facts.isSet(path) || !this.context.slots.has(slot) || !this.written.has(path)) return;
    const key = `${position.file}:${position.line}:${position.column}:${slot}`;
    if (this.reported.has(key)) return;
    this.reported.add(key);
    const message = `"${slot}" may have no value ${where}.`;
    const fix = `Ask for "${slot}" or set it before, on every path that leads here.`;
    this.diagnostics.push(fault(rule, position, message, fix));
  }
}

const ORDER: ReadonlySet<string> = new Set(['<', '<=', '>', '>=', '+', '-', '*', '/', '%']);

function isCondition(expression: Expression): boolean {
  return (
    expression.kind === 'not' || (expression.kind === 'binary' && !'+-*/%'.includes(expression.operator))
  );
}

function isButtonSource(buttons: ResponseVariant['buttons']): buttons is ButtonSource {
  return 'from' in buttons;
}

function isUndeclared(step: Step, context: CheckContext): boolean {
  return step.kind === 'action' && context.actions.get(step.action)?.sets === undefined;
}
