/** A logistic model over a few dense features: `sigmoid(bias + Σ weight · (x - mean) / deviation)`. */
export interface LogisticModel {
  readonly means: readonly number[];
  readonly deviations: readonly number[];
  readonly weights: readonly number[];
  readonly bias: number;
}

export interface LogisticRow {
  readonly features: readonly number[];
  /** 0 or 1. */
  readonly label: number;
  readonly weight: number;
}

/**
 * Fits by Newton's method with an L2 penalty on the weights of the standardised features.
 *
 * @param penalty - In units of rows of weight 1.
 */
export function fitLogistic(rows: readonly LogisticRow[], penalty: number): LogisticModel {
  const size = rows[0]?.features.length ?? 0;
  const { means, deviations } = standardise(rows, size);
  const inputs = rows.map(({ features }) => [
    ...features.map((value, index) => (value - (means[index] ?? 0)) / (deviations[index] ?? 1)),
    1,
  ]);
  let beta = new Array<number>(size + 1).fill(0);
  for (let step = 0; step < 25; step += 1) {
    const { gradient, hessian } = derivatives(rows, inputs, beta, penalty);
    const move = solve(hessian, gradient);
    beta = beta.map((value, index) => value - (move[index] ?? 0));
    if (move.every((value) => Math.abs(value) < 1e-8)) break;
  }
  return { means, deviations, weights: beta.slice(0, size), bias: beta[size] ?? 0 };
}

export function logisticProbability(model: LogisticModel, features: ArrayLike<number>): number {
  let logit = model.bias;
  for (let index = 0; index < model.weights.length; index += 1) {
    const standard = ((features[index] ?? 0) - (model.means[index] ?? 0)) / (model.deviations[index] ?? 1);
    logit += (model.weights[index] ?? 0) * standard;
  }
  return 1 / (1 + Math.exp(-logit));
}

function standardise(
  rows: readonly LogisticRow[],
  size: number,
): Pick<LogisticModel, 'means' | 'deviations'> {
  const means = new Array<number>(size).fill(0);
  const deviations = new Array<number>(size).fill(0);
  for (let index = 0; index < size; index += 1) {
    for (const { features } of rows)
      means[index] = (means[index] ?? 0) + (features[index] ?? 0) / rows.length;
    let variance = 0;
    for (const { features } of rows)
      variance += ((features[index] ?? 0) - (means[index] ?? 0)) ** 2 / rows.length;
    deviations[index] = Math.sqrt(variance) || 1;
  }
  return { means, deviations };
}

function derivatives(
  rows: readonly LogisticRow[],
  inputs: readonly (readonly number[])[],
  beta: readonly number[],
  penalty: number,
): { gradient: number[]; hessian: number[][] } {
  const size = beta.length;
  const gradient = beta.map((value, index) => (index < size - 1 ? penalty * value : 0));
  const hessian = beta.map((_, index) =>
    beta.map((_value, other) => (index === other ? (index < size - 1 ? penalty : 1e-9) : 0)),
  );
  for (const [row, { label, weight }] of rows.entries()) {
    const input = inputs[row] ?? [];
    const logit = input.reduce((sum, value, index) => sum + value * (beta[index] ?? 0), 0);
    const probability = 1 / (1 + Math.exp(-logit));
    const curvature = Math.max(probability * (1 - probability), 1e-6) * weight;
    for (let a = 0; a < size; a += 1) {
      gradient[a] = (gradient[a] ?? 0) + weight * (probability - label) * (input[a] ?? 0);
      const line = hessian[a] ?? [];
      for (let b = 0; b < size; b += 1)
        line[b] = (line[b] ?? 0) + curvature * (input[a] ?? 0) * (input[b] ?? 0);
    }
  }
  return { gradient, hessian };
}

/** Solves `matrix · x = vector` by elimination with pivots. */
function solve(matrix: readonly (readonly number[])[], vector: readonly number[]): number[] {
  const size = vector.length;
  const lines = matrix.map((line, index) => [...line, vector[index] ?? 0]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) {
      if (Math.abs(lines[row]?.[column] ?? 0) > Math.abs(lines[pivot]?.[column] ?? 0)) pivot = row;
    }
    const top = lines[pivot] ?? [];
    lines[pivot] = lines[column] ?? [];
    lines[column] = top;
    for (let row = column + 1; row < size; row += 1) {
      const line = lines[row] ?? [];
      const factor = (line[column] ?? 0) / (top[column] ?? 1);
      for (let at = column; at <= size; at += 1) line[at] = (line[at] ?? 0) - factor * (top[at] ?? 0);
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row -= 1) {
    const line = lines[row] ?? [];
    let value = line[size] ?? 0;
    for (let at = row + 1; at < size; at += 1) value -= (line[at] ?? 0) * (solution[at] ?? 0);
    solution[row] = value / (line[row] ?? 1);
  }
  return solution;
}
