/** How one life of a server goes: `scripts/fire-server.ts`. */
export interface Life {
  /** Where the store, the model and what actions did lie, from life to life. */
  readonly folder: string;
  readonly bot: 'small' | 'shop';
  /** The shop bot's own; the repository's when absent. */
  readonly botFolder?: string;
  /** `none`: without the sentence encoder; as configured when absent. */
  readonly encoder?: string | undefined;
  /** Any free one when absent. */
  readonly port?: number;
  /** The process kills itself here. */
  readonly failPoint?: string;
  /** The so-manieth time that it passes there, from 1. */
  readonly failAt?: number;
  /** Where the webhook's replies go; without it there is no webhook. */
  readonly replyUrl?: string;
  /** Who sees `/inspect`; who has the operator's token when absent. */
  readonly inspect?: 'open' | 'token';
  readonly widgetFolder?: string;
}

/** What is under fire knows no patience: the default limits would be what is measured. */
export const fireLimits = {
  requests_per_address: 1e9,
  conversations_per_address: 1e9,
  messages_per_conversation: 1e9,
  streams_per_address: 1e6,
};

export const fireSecrets = { operator: 'operators-of-the-fire', webhook: 'webhooks-of-the-fire' };
