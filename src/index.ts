export {
  defineAction,
  type ActionButton,
  type ActionContext,
  type ActionImplementation,
  type ActionResult,
  type ActionUtterance,
} from './actions/action.ts';
export { readBotFiles, type BotFiles } from './bot/bot-files.ts';
export { loadBot, type Bot } from './bot/load-bot.ts';
export { trainBot } from './bot/train-bot.ts';
export type { Channel, ChannelCapabilities } from './channels/channel.ts';
export { openBot, type OpenBotOptions, type RunningBot } from './compose.ts';
export type { Engine } from './engine.ts';
export { EngineError, type Diagnostic, type ErrorCode, type Position } from './errors.ts';
export type { Json, JsonObject } from './json.ts';
export type { Logger } from './logger.ts';
export type {
  Button,
  InboundContent,
  InboundMessage,
  Link,
  Locale,
  LocalizedText,
  Message,
  Payload,
} from './message.ts';
export type { Entity, Recognizer, Segment, Understanding } from './nlu/recognizer.ts';
