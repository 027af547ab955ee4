import type { Expectation, ExpectedMessage } from './golden-dialogue.ts';

/** An expectation in words, e.g. `expected slot order_id = "AB123456"`. */
export function describeExpectation(expectation: Expectation): string {
  switch (expectation.kind) {
    case 'bot_text':
      return `expected the bot to say "${expectation.text}"`;
    case 'bot_uttered':
      return `expected ${messageOf(expectation)}`;
    case 'bot_not_uttered':
      return `expected not to hear ${messageOf(expectation)}`;
    case 'bot_silent':
      return 'expected the bot to be silent';
    case 'slot_set':
      return `expected slot ${expectation.slot}${expectation.value === undefined ? ' to be set' : ` = ${JSON.stringify(expectation.value)}`}`;
    case 'slot_not_set':
      return `expected slot ${expectation.slot} not to be ${expectation.value === undefined ? 'set' : JSON.stringify(expectation.value)}`;
    case 'flow_started':
    case 'flow_completed':
    case 'flow_cancelled':
      return `expected ${expectation.kind.replace('_', ' ')}: ${expectation.flow}`;
    case 'action_executed':
      return `expected action ${expectation.action}${expectation.input ? ` with ${JSON.stringify(expectation.input)}` : ''}`;
    case 'action_not_executed':
      return `expected action ${expectation.action} not to run`;
    case 'clarification':
      return `expected a choice between ${expectation.names.join(', ')}`;
    case 'handed_off':
      return `expected a hand-over${expectation.queue ? ` to ${expectation.queue}` : ''}`;
    case 'not_logged':
      return `expected "${expectation.text}" not to be logged`;
    case 'not_sent_to_llm':
      return `expected "${expectation.text}" not to leave for a language model`;
    default:
      return expectation satisfies never;
  }
}

function messageOf({ response, pattern = '' }: ExpectedMessage): string {
  return response ?? `a message matching /${pattern}/`;
}
