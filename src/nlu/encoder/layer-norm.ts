/** The variance is never taken below this. */
const EPSILON = 1e-12;

/**
 * Layer normalisation of one row of the memory: (x - mean) / deviation · gamma + beta.
 *
 * @see Ba, Kiros, Hinton 2016, arXiv:1607.06450
 */
export function layerNorm(
  memory: Float32Array,
  source: number,
  width: number,
  gamma: number,
  beta: number,
  target: number,
): void {
  let sum = 0;
  for (let index = 0; index < width; index += 1) sum += memory[source + index] ?? 0;
  const mean = sum / width;

  let squares = 0;
  for (let index = 0; index < width; index += 1) {
    const centred = (memory[source + index] ?? 0) - mean;
    squares += centred * centred;
  }
  const scale = 1 / Math.sqrt(squares / width + EPSILON);

  for (let index = 0; index < width; index += 1) {
    const normal = ((memory[source + index] ?? 0) - mean) * scale;
    memory[target + index] = normal * (memory[gamma + index] ?? 0) + (memory[beta + index] ?? 0);
  }
}
