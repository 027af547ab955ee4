import { createRandom, shuffledIndices, type Random } from '../random.ts';
import { paddedTo8, type DenseWeights } from './dense-classifier.ts';
import type { DenseSettings } from './dense-settings.ts';
import { createMatrixKernel, packPanels, unpackPanels, type MatrixKernel } from './matrix-kernel.ts';

export interface DenseExamples {
  /** Row by row, each of unit-length parts. */
  readonly vectors: Float32Array;
  readonly labels: ArrayLike<number>;
  readonly classes: number;
}

/** Numbers of a unit-length vector are small: brought to this length, all parts together lie where the layer's start suits them. */
const INPUT_LENGTH = Math.sqrt(8);

function scaleOf({ vectors, labels }: DenseExamples): number {
  const first = vectors.subarray(0, vectors.length / labels.length);
  const unitParts = Math.round(first.reduce((sum, number) => sum + number * number, 0));
  return INPUT_LENGTH / Math.sqrt(Math.max(1, unitParts));
}

/** Learns a classifier by Adam; same examples and settings, same weights. */
export function trainDenseClassifier(examples: DenseExamples, settings: DenseSettings): DenseWeights {
  const trainer = new DenseTrainer(examples, settings);
  for (let epoch = 0; epoch < settings.epochs; epoch += 1) trainer.runEpoch();
  return trainer.finish();
}

/** Where the trainer's matrices lie in the kernel's memory. Parameters and gradients lie in one span each, in step. */
function planTraining(inputs: number, hidden: number, columns: number, batch: number) {
  let floats = 0;
  const reserve = (length: number): number => {
    const start = floats;
    floats += length;
    return start;
  };
  const parameters = {
    first: reserve(inputs * hidden),
    firstBias: reserve(hidden),
    second: reserve(hidden * columns),
    secondBias: reserve(columns),
  };
  const parameterCount = floats;
  return {
    ...parameters,
    parameterCount,
    gradients: reserve(parameterCount),
    means: reserve(parameterCount),
    squares: reserve(parameterCount),
    zeros: reserve(Math.max(hidden, columns)),
    input: reserve(batch * inputs),
    inputColumns: reserve(inputs * batch),
    state: reserve(batch * hidden),
    stateColumns: reserve(hidden * batch),
    output: reserve(batch * columns),
    outputPanels: reserve(columns * batch),
    secondRows: reserve(columns * hidden),
    stateGradient: reserve(batch * hidden),
    statePanels: reserve(hidden * batch),
    total: floats,
  };
}

class DenseTrainer {
  readonly #examples: DenseExamples;
  readonly #settings: DenseSettings;
  readonly #inputs: number;
  readonly #scale: number;
  readonly #columns: number;
  readonly #plan: ReturnType<typeof planTraining>;
  readonly #kernel: MatrixKernel;
  readonly #random: Random;
  readonly #steps: number;
  #step = 0;

  constructor(examples: DenseExamples, settings: DenseSettings) {
    const { hidden, batch, seed, epochs } = settings;
    this.#examples = examples;
    this.#settings = settings;
    this.#inputs = examples.vectors.length / examples.labels.length;
    this.#scale = scaleOf(examples);
    this.#columns = paddedTo8(examples.classes);
    this.#plan = planTraining(this.#inputs, hidden, this.#columns, batch);
    this.#kernel = createMatrixKernel(this.#plan.total);
    this.#random = createRandom(seed);
    this.#steps = epochs * Math.ceil(examples.labels.length / batch);
    const spread = Math.sqrt(2 / this.#inputs);
    const { memory } = this.#kernel;
    for (let at = 0; at < this.#inputs * hidden; at += 1) memory[at] = normalNumber(this.#random) * spread;
  }

  runEpoch(): void {
    const order = shuffledIndices(this.#examples.labels.length, this.#random);
    for (let start = 0; start < order.length; start += this.#settings.batch) {
      this.#runBatch(order.subarray(start, start + this.#settings.batch));
    }
  }

  finish(): DenseWeights {
    const { memory } = this.#kernel;
    const { hidden } = this.#settings;
    const { classes } = this.#examples;
    const { first, firstBias, second, secondBias } = this.#plan;
    return {
      inputs: this.#inputs,
      hidden,
      classes,
      first: unpackPanels(memory, first, this.#inputs, hidden).map((weight) => weight * this.#scale),
      firstBias: memory.slice(firstBias, firstBias + hidden),
      second: unpackPanels(memory, second, hidden, classes),
      secondBias: memory.slice(secondBias, secondBias + classes),
    };
  }

  #runBatch(rows: Uint32Array): void {
    this.#loadInputs(rows);
    this.#forward();
    this.#outputGradient(rows);
    this.#backward();
    this.#update();
  }

  #update(): void {
    const { parameterCount, gradients, means, squares } = this.#plan;
    this.#step += 1;
    const learningRate = this.#settings.learningRate * (1 - this.#step / this.#steps);
    this.#kernel.adam({
      parameters: 0,
      gradients,
      means,
      squares,
      count: parameterCount,
      rate: learningRate / (1 - 0.9 ** this.#step),
      squareScale: 1 / Math.sqrt(1 - 0.999 ** this.#step),
    });
  }

  /** Rows that a short last batch lacks are zeros; so is their gradient. */
  #loadInputs(rows: Uint32Array): void {
    const { memory } = this.#kernel;
    const { input, inputColumns } = this.#plan;
    const { vectors } = this.#examples;
    const [width, batch] = [this.#inputs, this.#settings.batch];
    memory.fill(0, input, input + batch * width);
    for (const [place, row] of rows.entries()) {
      for (let column = 0; column < width; column += 1) {
        memory[input + place * width + column] = (vectors[row * width + column] ?? 0) * this.#scale;
      }
    }
    transpose(memory, input, inputColumns, batch, width);
  }

  #forward(): void {
    const { memory } = this.#kernel;
    const { input, first, firstBias, state, stateColumns, second, secondBias, output } = this.#plan;
    const { hidden, batch, dropout } = this.#settings;
    this.#multiply(input, this.#inputs, first, firstBias, state, hidden, true);
    const keep = 1 / (1 - dropout);
    for (let at = state; at < state + batch * hidden; at += 1) {
      memory[at] = this.#random() < dropout ? 0 : (memory[at] ?? 0) * keep;
    }
    transpose(memory, state, stateColumns, batch, hidden);
    this.#multiply(state, hidden, second, secondBias, output, this.#columns, false);
  }

  /** Softmax minus the smoothed target, over the number of rows; as panels. */
  #outputGradient(rows: Uint32Array): void {
    const { memory } = this.#kernel;
    const { output, outputPanels, gradients, secondBias } = this.#plan;
    const { batch, smoothing } = this.#settings;
    const { labels, classes } = this.#examples;
    const columns = this.#columns;
    const low = smoothing / classes;
    memory.fill(0, gradients + secondBias, gradients + secondBias + columns);
    for (let place = 0; place < batch; place += 1) {
      const logits = memory.subarray(output + place * columns, output + (place + 1) * columns);
      const row = rows[place];
      if (row === undefined) {
        logits.fill(0);
        continue;
      }
      softmaxInPlace(logits.subarray(0, classes));
      logits.fill(0, classes);
      for (let column = 0; column < classes; column += 1) {
        const target = column === labels[row] ? 1 - smoothing + low : low;
        const gradient = ((logits[column] ?? 0) - target) / rows.length;
        logits[column] = gradient;
        const bias = gradients + secondBias + column;
        memory[bias] = (memory[bias] ?? 0) + gradient;
      }
    }
    packPanels(memory, outputPanels, memory.subarray(output, output + batch * columns), batch, columns);
  }

  #backward(): void {
    const { memory } = this.#kernel;
    const plan = this.#plan;
    const { hidden, batch, dropout } = this.#settings;
    const columns = this.#columns;
    this.#multiplyPanels(plan.stateColumns, plan.outputPanels, plan.gradients + plan.second, hidden, columns);

    this.#transposeSecond();
    this.#multiply(plan.output, columns, plan.secondRows, plan.zeros, plan.stateGradient, hidden, false);
    const keep = 1 / (1 - dropout);
    memory.fill(0, plan.gradients + plan.firstBias, plan.gradients + plan.firstBias + hidden);
    for (let at = 0; at < batch * hidden; at += 1) {
      // A unit that was left out or below zero passes nothing back.
      const passes = (memory[plan.state + at] ?? 0) > 0;
      const gradient = passes ? (memory[plan.stateGradient + at] ?? 0) * keep : 0;
      memory[plan.stateGradient + at] = gradient;
      const bias = plan.gradients + plan.firstBias + (at % hidden);
      memory[bias] = (memory[bias] ?? 0) + gradient;
    }
    const gradient = memory.subarray(plan.stateGradient, plan.stateGradient + batch * hidden);
    packPanels(memory, plan.statePanels, gradient, batch, hidden);
    this.#multiplyPanels(
      plan.inputColumns,
      plan.statePanels,
      plan.gradients + plan.first,
      this.#inputs,
      hidden,
    );
  }

  /** The second matrix turned round, as panels. */
  #transposeSecond(): void {
    const { memory } = this.#kernel;
    const { second, secondRows } = this.#plan;
    const { hidden } = this.#settings;
    for (let panel = 0; panel < this.#columns; panel += 8) {
      for (let unit = 0; unit < hidden; unit += 1) {
        const source = second + panel * hidden + unit * 8;
        const target = secondRows + (unit - (unit % 8)) * this.#columns + panel * 8 + (unit % 8);
        for (let column = 0; column < 8; column += 1)
          memory[target + column * 8] = memory[source + column] ?? 0;
      }
    }
  }

  #multiply(
    a: number,
    inner: number,
    b: number,
    bias: number,
    c: number,
    columns: number,
    relu: boolean,
  ): void {
    const rows = this.#settings.batch;
    this.#kernel.multiply({ a, aStride: inner, b, bias, c, cStride: columns, rows, inner, columns, relu });
  }

  /** A product over the batch whose result lies in panels, as the parameters do. */
  #multiplyPanels(a: number, b: number, c: number, rows: number, columns: number): void {
    const inner = this.#settings.batch;
    const bias = this.#plan.zeros;
    const laidOut = { cStride: 8, cPanel: 8 * rows };
    this.#kernel.multiply({ a, aStride: inner, b, bias, c, ...laidOut, rows, inner, columns, relu: false });
  }
}

function transpose(
  memory: Float32Array,
  source: number,
  target: number,
  rows: number,
  columns: number,
): void {
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      memory[target + column * rows + row] = memory[source + row * columns + column] ?? 0;
    }
  }
}

function softmaxInPlace(logits: Float32Array): void {
  const highest = logits.reduce((most, logit) => Math.max(most, logit), -Infinity);
  let total = 0;
  for (let column = 0; column < logits.length; column += 1) {
    const power = Math.exp((logits[column] ?? 0) - highest);
    logits[column] = power;
    total += power;
  }
  for (let column = 0; column < logits.length; column += 1) logits[column] = (logits[column] ?? 0) / total;
}

/** A normally distributed number, by Box and Muller. */
function normalNumber(random: Random): number {
  const radius = Math.sqrt(-2 * Math.log(1 - random()));
  return radius * Math.cos(2 * Math.PI * random());
}
