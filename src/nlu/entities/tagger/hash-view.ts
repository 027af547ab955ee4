import { addContextFeatures, addInsideFeatures, type Request } from './context-features.ts';
import { addTokenFeatures, FeatureBuffer, type SentenceView } from './token-features.ts';

/** Hashes of features: those of token `t` are `hashes[offsets[t]]` to `hashes[offsets[t + 1] - 1]`. */
export interface HashedFeatures {
  readonly hashes: Int32Array;
  readonly offsets: Int32Array;
}

/** Hashes a sentence's features, as far as they hold whatever was asked. */
export function hashView(view: SentenceView): HashedFeatures {
  return hashEach(view, (i, buffer) => {
    addTokenFeatures(view, i, buffer);
  });
}

/** Hashes what speaks for what was asked to begin at each token. */
export function hashRequest(view: SentenceView, request: Request): HashedFeatures {
  return hashEach(view, (i, buffer) => {
    addContextFeatures(view, i, request, buffer);
  });
}

/** Hashes what speaks for what was asked to go on at each token. */
export function hashInside(view: SentenceView, request: Request): HashedFeatures {
  return hashEach(view, (i, buffer) => {
    addInsideFeatures(view, i, request, buffer);
  });
}

function hashEach({ count }: SentenceView, add: (i: number, buffer: FeatureBuffer) => void): HashedFeatures {
  const buffer = new FeatureBuffer();
  const offsets = new Int32Array(count + 1);
  for (let i = 0; i < count; i++) {
    add(i, buffer);
    offsets[i + 1] = buffer.length;
  }
  return { hashes: buffer.hashes.slice(0, buffer.length), offsets };
}
