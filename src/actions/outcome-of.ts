import type { Outcome, Utterance } from '../dialogue/effect.ts';
import type { LocalizedText } from '../message.ts';
import type { ActionButton, ActionResult, ActionUtterance } from './action.ts';

/**
 * Reads what an action returned, as far as its declaration allows.
 *
 * @param sets - Slots and `user.*` facts it may write; everything when it declares nothing.
 * @throws TypeError when it is not JSON, or sets what it may not.
 */
export function outcomeOf(
  result: ActionResult | undefined,
  action: string,
  sets: readonly string[] | undefined,
): Outcome {
  const { set = {}, user = {}, say = [] } = toJson(result ?? {}, action);
  const written = [...Object.keys(set), ...Object.keys(user).map((fact) => `user.${fact}`)];
  const undeclared = sets ? written.filter((name) => !sets.includes(name)) : [];
  if (undeclared.length > 0) {
    const names = undeclared.join(', ');
    throw new TypeError(`Action "${action}" sets ${names}, which its declaration's \`sets\` does not list.`);
  }
  return { kind: 'ran', set, user, say: say.map(utteranceOf) };
}

/** A plain copy, so that nothing an action keeps can change what was committed. */
function toJson(result: ActionResult, action: string): ActionResult {
  try {
    return JSON.parse(JSON.stringify(result)) as ActionResult;
  } catch (error) {
    throw new TypeError(`Action "${action}" returned what is not JSON.`, { cause: error });
  }
}

function utteranceOf(utterance: ActionUtterance): Utterance {
  if (typeof utterance === 'string') {
    return utterance.startsWith('utter_')
      ? { kind: 'response', response: utterance }
      : { kind: 'text', text: localized(utterance), literal: true };
  }
  const buttons = utterance.buttons?.map(({ title, payload }: ActionButton) => ({
    title: localized(title),
    payload,
  }));
  return 'response' in utterance
    ? { kind: 'response', response: utterance.response, buttons }
    : { kind: 'text', text: localized(utterance.text), literal: true, buttons };
}

function localized(text: LocalizedText | string): LocalizedText {
  return typeof text === 'string' ? { '*': text } : text;
}
