import type { Diagnostic, Position } from '../../errors.ts';
import { nearestName } from '../../nearest-name.ts';
import { entityKinds } from '../../nlu/recognizer.ts';
import { isDefaultAction } from '../default-actions.ts';
import type { Payload } from '../../message.ts';
import type {
  Continuation,
  FlowDefinition,
  ResponseDefinition,
  Rejection,
  SlotDefinition,
  Step,
} from '../program.ts';
import { fault, type RuleId } from '../rules.ts';
import { recall } from '../source-place.ts';
import { checkChoiceValue } from '../type-comparison.ts';
import { unknownSlot } from '../type-expression.ts';
import { allSteps, continuationsOf } from '../walk-steps.ts';
import type { Check, CheckContext } from './check-context.ts';

/** Every name must be the name of something. */
export const checkNames: Check = (context) => {
  const checker = new NameChecker(context);
  for (const flow of context.flows.values()) checker.flow(flow);
  for (const slot of context.slots.values()) checker.slot(slot);
  for (const response of context.responses.values()) checker.response(response);
  for (const action of context.actions.values()) {
    for (const [index, name] of (action.sets ?? []).entries()) {
      if (!name.startsWith('user.')) {
        checker.slotName(name.replace(/^slots\./u, ''), recall(action, `sets.${index}`) ?? action.position);
      }
    }
  }
  for (const { kind, name, position } of context.inputs.tests ?? []) checker.mention(kind, name, position);
  return checker.diagnostics;
};

/** What the recognisers find in any text, without an annotation. */
const recogniserEntities: ReadonlySet<string> = new Set(entityKinds);

class NameChecker {
  readonly diagnostics: Diagnostic[] = [];
  private readonly context: CheckContext;
  private readonly intents: ReadonlySet<string> | undefined;
  private readonly implemented: ReadonlySet<string> | undefined;

  constructor(context: CheckContext) {
    this.context = context;
    const { examples, reservedIntents = [], actions } = context.inputs;
    const taught = examples?.flatMap(({ intent }) => (intent === undefined ? [] : [intent]));
    this.intents = taught && new Set([...taught, ...reservedIntents]);
    this.implemented = actions && new Set(actions);
  }

  flow(flow: FlowDefinition): void {
    // The engine begins its patterns itself, whatever a project from Rasa says of it.
    if (!flow.pattern)
      for (const trigger of flow.triggers) this.intentName(trigger.intent, recall(trigger) ?? flow.position);
    if (flow.guardElse) this.continuation(flow.guardElse, flow.position);
    const declared = { persisted_slots: flow.persistedSlots, inputs: flow.inputs, returns: flow.returns };
    for (const [key, slots] of Object.entries(declared)) {
      for (const [index, slot] of slots.entries())
        this.slotName(slot, recall(flow, `${key}.${index}`) ?? flow.position);
    }
    for (const step of allSteps(flow)) this.step(step);
  }

  private step(step: Step): void {
    for (const continuation of continuationsOf(step)) this.continuation(continuation, step.position);
    const at = (field: string): Position => recall(step, field) ?? step.position;
    switch (step.kind) {
      case 'collect':
        for (const [index, slot] of step.slots.entries()) this.slotName(slot, at(`slots.${index}`));
        for (const [index, name] of step.attempts.entries())
          this.question(name, step.slots, at(`attempts.${index}`));
        if (step.choicesFrom !== undefined) this.slotName(step.choicesFrom, at('choicesFrom'));
        this.rejections(step.rejections, step.position);
        break;
      case 'confirm':
        for (const [index, slot] of step.slots.entries()) this.slotName(slot, at(`slots.${index}`));
        this.responseName(step.utter, at('utter'));
        break;
      case 'say':
        if (step.say.kind === 'response') this.responseName(step.say.response, at('say'));
        break;
      case 'action':
        this.actionName(step.action, at('action'));
        break;
      case 'set_slots':
        for (const assignment of step.assignments) {
          this.slotName(assignment.slot, recall(assignment, 'slot') ?? step.position);
        }
        break;
      case 'call':
        this.flowName(step.flow, at('flow'));
        for (const slot of Object.keys(step.with)) this.slotName(slot, at(`with.${slot}`));
        for (const [mine, theirs] of Object.entries(step.returns)) {
          this.slotName(mine, at(`returns.${mine}`));
          this.slotName(theirs, at(`returns.${mine}`));
        }
        break;
      case 'link':
        this.flowName(step.flow, at('flow'));
        break;
      default:
    }
  }

  slot(slot: SlotDefinition): void {
    this.rejections(slot.rejections, slot.position);
    for (const [index, entity] of slot.entities.entries()) {
      this.entityName(entity, recall(slot, `entities.${index}`) ?? slot.position);
    }
    for (const [index, name] of slot.carryFrom.entries()) {
      this.slotName(name, recall(slot, `carryFrom.${index}`) ?? slot.position);
    }
    for (const mapping of slot.mappings) {
      if (mapping.kind === 'from_entity') this.entityName(mapping.entity, slot.position);
      if (!('intents' in mapping)) continue;
      for (const flow of mapping.activeFlows) this.flowName(flow, slot.position);
      const notIntents = mapping.kind === 'from_intent' ? [] : mapping.notIntents;
      for (const intent of [...mapping.intents, ...notIntents]) this.intentName(intent, slot.position);
    }
  }

  response(response: ResponseDefinition): void {
    for (const { buttons } of response.variants) {
      if ('from' in buttons) {
        this.slotName(buttons.from, recall(buttons, 'from') ?? response.position);
        for (const slot of Object.keys(buttons.set)) {
          this.slotName(slot, recall(buttons, `set.${slot}`) ?? response.position);
        }
        continue;
      }
      for (const button of buttons) this.payload(button.payload, button, response.position);
    }
  }

  private payload(payload: Payload, button: object, fallback: Position): void {
    const at = (field: string): Position => recall(button, field) ?? fallback;
    if (payload.kind === 'start_flow') this.flowName(payload.flow, at('start'));
    if (payload.kind === 'intent') this.intentName(payload.intent, at('payload'));
    if (payload.kind !== 'set_slots') return;
    for (const [name, value] of Object.entries(payload.slots)) {
      this.slotName(name, at('set'));
      const slot = this.context.slots.get(name);
      if (slot?.type === 'choice' && slot.choices.length > 0 && typeof value === 'string') {
        checkChoiceValue(slot, value, at('set'), { report: (found) => this.diagnostics.push(found) });
      }
    }
  }

  private rejections(rejections: readonly Rejection[], fallback: Position): void {
    for (const rejection of rejections)
      this.responseName(rejection.utter, recall(rejection, 'utter') ?? fallback);
  }

  private continuation(continuation: Continuation, fallback: Position): void {
    const position = recall(continuation) ?? fallback;
    if (continuation.kind === 'response') this.responseName(continuation.response, position);
    if (continuation.kind !== 'flow' || this.context.flows.has(continuation.flow)) return;
    const known = [...this.context.flows.keys(), ...this.context.responses.keys()];
    const message = `There is no flow or response "${continuation.flow}".`;
    this.report(
      'unknown-flow',
      position,
      message,
      continuation.flow,
      known,
      'Name a flow or a response, or write steps.',
    );
  }

  mention(kind: 'flow' | 'slot' | 'response' | 'action' | 'intent', name: string, position: Position): void {
    switch (kind) {
      case 'flow':
        this.flowName(name, position);
        break;
      case 'slot':
        this.slotName(name, position);
        break;
      case 'response':
        this.responseName(name, position);
        break;
      case 'action':
        if (!this.context.actions.has(name) && !this.context.responses.has(name))
          this.actionName(name, position);
        break;
      case 'intent':
        this.intentName(name, position);
        break;
    }
  }

  private flowName(name: string, position: Position): void {
    const { flows } = this.context;
    if (flows.has(name)) return;
    this.report(
      'unknown-flow',
      position,
      `There is no flow "${name}".`,
      name,
      flows.keys(),
      `Define it under \`flows\`.`,
    );
  }

  slotName(name: string, position: Position): void {
    const { slots } = this.context;
    if (!slots.has(name)) this.diagnostics.push(unknownSlot(name, slots.keys(), position));
  }

  private question(name: string, slots: readonly string[], position: Position): void {
    const { responses, actions } = this.context;
    if (responses.has(name) || actions.has(name) || this.implemented?.has(name)) return;
    const near = nearestName(name, responses.keys());
    const isOwnName = name === `utter_ask_${slots.join('_')}`;
    const message = isOwnName
      ? `There is no response "${name}" to ask for "${slots.join('", "')}".`
      : `There is no response "${name}".`;
    const fix = near && !isOwnName ? `Write "${near}".` : `Define "${name}" under \`responses\`.`;
    this.diagnostics.push(fault('unknown-response', position, message, fix));
  }

  private responseName(name: string, position: Position): void {
    const { responses } = this.context;
    if (responses.has(name) || this.context.actions.has(name)) return;
    const message = `There is no response "${name}".`;
    this.report(
      'unknown-response',
      position,
      message,
      name,
      responses.keys(),
      `Define it under \`responses\`.`,
    );
  }

  private actionName(name: string, position: Position): void {
    if (!this.implemented || this.implemented.has(name) || isDefaultAction(name)) return;
    const message = `There is no action "${name}".`;
    this.report(
      'unknown-action',
      position,
      message,
      name,
      this.implemented,
      `Export it from a file in actions/.`,
    );
  }

  private intentName(name: string, position: Position): void {
    if (!this.intents || this.intents.has(name)) return;
    const message = `There is no intent "${name}".`;
    this.report(
      'unknown-intent',
      position,
      message,
      name,
      this.intents,
      'Give it examples in training-data/.',
    );
  }

  private entityName(name: string, position: Position): void {
    const { entities } = this.context.inputs;
    const bare = name.split('/')[0] ?? name;
    if (!entities || entities.includes(bare) || recogniserEntities.has(bare) || this.context.slots.has(bare))
      return;
    const message = `There is no entity "${bare}".`;
    this.report('unknown-entity', position, message, bare, entities, 'Annotate it in training-data/.');
  }

  private report(
    rule: RuleId,
    position: Position,
    message: string,
    name: string,
    known: Iterable<string>,
    otherwise: string,
  ): void {
    const near = nearestName(name, known);
    this.diagnostics.push(fault(rule, position, message, near ? `Write "${near}".` : otherwise));
  }
}
