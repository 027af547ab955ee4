/** Weights that are the mean of what they were after each step, without keeping each. */
export class AveragedWeights {
  readonly values: Float32Array;
  /** Each change times the step it came at: what has to be taken off for the mean. */
  readonly #late: Float64Array;

  constructor(values: Float32Array) {
    this.values = values;
    this.#late = new Float64Array(values.length);
  }

  move(at: number, by: number, step: number): void {
    this.values[at] = (this.values[at] ?? 0) + by;
    this.#late[at] = (this.#late[at] ?? 0) + by * step;
  }

  average(steps: number): void {
    for (let k = 0; k < this.values.length; k++)
      this.values[k] = (this.values[k] ?? 0) - (this.#late[k] ?? 0) / steps;
  }
}
