const MEAN_DECAY = 0.9;
const SQUARE_DECAY = 0.999;
const EPSILON = 1e-8;

/**
 * Moves parameters against their gradients, each by a step of its own.
 *
 * @see Kingma, Ba 2015, "Adam", arXiv:1412.6980
 */
export class AdamOptimiser {
  readonly #memory: Float32Array;
  readonly #parameters: number;
  readonly #gradients: number;
  readonly #means: Float32Array;
  readonly #squares: Float32Array;
  #steps = 0;

  /** @param parameters - Where `count` parameters start in the memory; their gradients lie in the same order. */
  constructor(memory: Float32Array, parameters: number, gradients: number, count: number) {
    this.#memory = memory;
    this.#parameters = parameters;
    this.#gradients = gradients;
    this.#means = new Float32Array(count);
    this.#squares = new Float32Array(count);
  }

  step(learningRate: number): void {
    this.#steps += 1;
    const squareScale = 1 / Math.sqrt(1 - SQUARE_DECAY ** this.#steps);
    const rate = learningRate / (1 - MEAN_DECAY ** this.#steps);
    const [memory, means, squares] = [this.#memory, this.#means, this.#squares];
    for (let index = 0; index < means.length; index += 1) {
      const gradient = memory[this.#gradients + index] ?? 0;
      const mean = MEAN_DECAY * (means[index] ?? 0) + (1 - MEAN_DECAY) * gradient;
      const square = SQUARE_DECAY * (squares[index] ?? 0) + (1 - SQUARE_DECAY) * gradient * gradient;
      means[index] = mean;
      squares[index] = square;
      const at = this.#parameters + index;
      memory[at] = (memory[at] ?? 0) - (rate * mean) / (Math.sqrt(square) * squareScale + EPSILON);
    }
  }
}
