/** Actions that the engine performs itself: what patterns are made of. A bot never implements them. */
export const defaultActions = [
  'action_listen',
  'action_cancel_flow',
  'action_correct_flow_slot',
  'action_clarify_flows',
  'action_continue_interrupted',
  'action_trigger_search',
  'action_free_reply',
  'action_chitchat',
  'action_repeat_bot_messages',
  'action_skip_question',
  'action_explain',
  'action_restart',
  'action_hangup',
  'action_suggest_flows',
  // What the patterns of projects from Rasa CALM are made of besides.
  'action_session_start',
  'action_clean_stack',
  'action_continue_interrupted_flow',
  'action_cancel_interrupted_flows',
] as const;

export type DefaultAction = (typeof defaultActions)[number];

const names: ReadonlySet<string> = new Set(defaultActions);

export function isDefaultAction(name: string): name is DefaultAction {
  return names.has(name);
}
