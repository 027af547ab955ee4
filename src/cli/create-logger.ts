import { pino, stdSerializers, type DestinationStream } from 'pino';
import type { Logger } from '../logger.ts';

/** One JSON line for each thing; an error with what it says and where it came from, which JSON alone would drop. */
export function createLogger(level = 'info', destination?: DestinationStream): Logger {
  const options = { level, serializers: { error: stdSerializers.err } };
  return destination ? pino(options, destination) : pino(options);
}
