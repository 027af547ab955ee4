// AssemblyScript, compiled by scripts/build-kernel.mjs to ../kernel.wasm.
// The matrix product of ../matrix-kernel.ts; all pointers are byte offsets into the imported memory.

/** Bytes of a panel's row: 8 columns. */
const PANEL: usize = 32;

/** From one panel of C to the next are `cPanel` bytes. */
export function multiply(
  a: usize,
  aStride: usize,
  b: usize,
  bias: usize,
  c: usize,
  cStride: usize,
  cPanel: usize,
  rows: usize,
  inner: usize,
  columns: usize,
  relu: bool,
): void {
  for (let column: usize = 0; column < columns; column += 8) {
    let row: usize = 0;
    for (; row + 4 <= rows; row += 4) {
      tile4(a + row * aStride, aStride, b, bias, c + row * cStride, cStride, inner, relu);
    }
    for (; row < rows; row += 1) tile1(a + row * aStride, b, bias, c + row * cStride, inner, relu);
    b += inner * PANEL;
    bias += PANEL;
    c += cPanel;
  }
}

/** Four rows by eight columns of the result, held in eight registers. */
function tile4(
  a0: usize,
  aStride: usize,
  b: usize,
  bias: usize,
  c: usize,
  cStride: usize,
  inner: usize,
  relu: bool,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  let left0 = v128.load(bias);
  let right0 = v128.load(bias, 16);
  let left1 = left0;
  let right1 = right0;
  let left2 = left0;
  let right2 = right0;
  let left3 = left0;
  let right3 = right0;
  const end = a0 + (inner << 2);
  for (let at: usize = 0; a0 + at < end; at += 4) {
    const left = v128.load(b);
    const right = v128.load(b, 16);
    b += PANEL;
    const x0 = v128.load32_splat(a0 + at);
    left0 = f32x4.add(left0, f32x4.mul(x0, left));
    right0 = f32x4.add(right0, f32x4.mul(x0, right));
    const x1 = v128.load32_splat(a1 + at);
    left1 = f32x4.add(left1, f32x4.mul(x1, left));
    right1 = f32x4.add(right1, f32x4.mul(x1, right));
    const x2 = v128.load32_splat(a2 + at);
    left2 = f32x4.add(left2, f32x4.mul(x2, left));
    right2 = f32x4.add(right2, f32x4.mul(x2, right));
    const x3 = v128.load32_splat(a3 + at);
    left3 = f32x4.add(left3, f32x4.mul(x3, left));
    right3 = f32x4.add(right3, f32x4.mul(x3, right));
  }
  store(c, left0, right0, relu);
  store(c + cStride, left1, right1, relu);
  store(c + 2 * cStride, left2, right2, relu);
  store(c + 3 * cStride, left3, right3, relu);
}

/** One row by eight columns; two products at a time, since one sum would wait for itself. */
function tile1(a: usize, b: usize, bias: usize, c: usize, inner: usize, relu: bool): void {
  let left0 = v128.load(bias);
  let right0 = v128.load(bias, 16);
  let left1 = f32x4.splat(0);
  let right1 = f32x4.splat(0);
  const end = a + (inner << 2);
  for (; a < end; a += 8) {
    const x0 = v128.load32_splat(a);
    left0 = f32x4.add(left0, f32x4.mul(x0, v128.load(b)));
    right0 = f32x4.add(right0, f32x4.mul(x0, v128.load(b, 16)));
    const x1 = v128.load32_splat(a, 4);
    left1 = f32x4.add(left1, f32x4.mul(x1, v128.load(b, 32)));
    right1 = f32x4.add(right1, f32x4.mul(x1, v128.load(b, 48)));
    b += 2 * PANEL;
  }
  store(c, f32x4.add(left0, left1), f32x4.add(right0, right1), relu);
}

function store(c: usize, left: v128, right: v128, relu: bool): void {
  if (relu) {
    const zero = f32x4.splat(0);
    left = f32x4.max(left, zero);
    right = f32x4.max(right, zero);
  }
  v128.store(c, left);
  v128.store(c, right, 16);
}

/** The same product with B as one byte a number, its panels 8 bytes a row, and a scale a column. */
export function multiplyCoded(
  a: usize,
  aStride: usize,
  b: usize,
  scales: usize,
  bias: usize,
  c: usize,
  cStride: usize,
  rows: usize,
  inner: usize,
  columns: usize,
  relu: bool,
): void {
  for (let column: usize = 0; column < columns; column += 8) {
    let row: usize = 0;
    for (; row + 4 <= rows; row += 4) {
      codedTile4(a + row * aStride, aStride, b, scales, bias, c + row * cStride, cStride, inner, relu);
    }
    for (; row < rows; row += 1) {
      codedTile1(a + row * aStride, b, scales, bias, c + row * cStride, inner, relu);
    }
    b += inner << 3;
    scales += PANEL;
    bias += PANEL;
    c += PANEL;
  }
}

function codedTile4(
  a0: usize,
  aStride: usize,
  b: usize,
  scales: usize,
  bias: usize,
  c: usize,
  cStride: usize,
  inner: usize,
  relu: bool,
): void {
  const a1 = a0 + aStride;
  const a2 = a1 + aStride;
  const a3 = a2 + aStride;
  let left0 = f32x4.splat(0);
  let right0 = left0;
  let left1 = left0;
  let right1 = left0;
  let left2 = left0;
  let right2 = left0;
  let left3 = left0;
  let right3 = left0;
  const end = a0 + (inner << 2);
  for (let at: usize = 0; a0 + at < end; at += 4) {
    const codes = v128.load8x8_s(b);
    const left = f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes));
    const right = f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes));
    b += 8;
    const x0 = v128.load32_splat(a0 + at);
    left0 = f32x4.add(left0, f32x4.mul(x0, left));
    right0 = f32x4.add(right0, f32x4.mul(x0, right));
    const x1 = v128.load32_splat(a1 + at);
    left1 = f32x4.add(left1, f32x4.mul(x1, left));
    right1 = f32x4.add(right1, f32x4.mul(x1, right));
    const x2 = v128.load32_splat(a2 + at);
    left2 = f32x4.add(left2, f32x4.mul(x2, left));
    right2 = f32x4.add(right2, f32x4.mul(x2, right));
    const x3 = v128.load32_splat(a3 + at);
    left3 = f32x4.add(left3, f32x4.mul(x3, left));
    right3 = f32x4.add(right3, f32x4.mul(x3, right));
  }
  storeScaled(c, left0, right0, scales, bias, relu);
  storeScaled(c + cStride, left1, right1, scales, bias, relu);
  storeScaled(c + 2 * cStride, left2, right2, scales, bias, relu);
  storeScaled(c + 3 * cStride, left3, right3, scales, bias, relu);
}

function codedTile1(
  a: usize,
  b: usize,
  scales: usize,
  bias: usize,
  c: usize,
  inner: usize,
  relu: bool,
): void {
  let left0 = f32x4.splat(0);
  let right0 = left0;
  let left1 = left0;
  let right1 = left0;
  const end = a + (inner << 2);
  for (; a < end; a += 8) {
    const codes0 = v128.load8x8_s(b);
    const x0 = v128.load32_splat(a);
    left0 = f32x4.add(left0, f32x4.mul(x0, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes0))));
    right0 = f32x4.add(right0, f32x4.mul(x0, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes0))));
    const codes1 = v128.load8x8_s(b, 8);
    const x1 = v128.load32_splat(a, 4);
    left1 = f32x4.add(left1, f32x4.mul(x1, f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(codes1))));
    right1 = f32x4.add(right1, f32x4.mul(x1, f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(codes1))));
    b += 16;
  }
  storeScaled(c, f32x4.add(left0, left1), f32x4.add(right0, right1), scales, bias, relu);
}

function storeScaled(c: usize, left: v128, right: v128, scales: usize, bias: usize, relu: bool): void {
  store(
    c,
    f32x4.add(f32x4.mul(left, v128.load(scales)), v128.load(bias)),
    f32x4.add(f32x4.mul(right, v128.load(scales, 16)), v128.load(bias, 16)),
    relu,
  );
}

/** One step of Adam over `count` parameters, a multiple of 4; see ../matrix-kernel.ts. */
export function adam(
  parameters: usize,
  gradients: usize,
  means: usize,
  squares: usize,
  count: usize,
  rate: f32,
  squareScale: f32,
): void {
  const end = count << 2;
  const steps = f32x4.splat(rate);
  const scales = f32x4.splat(squareScale);
  for (let at: usize = 0; at < end; at += 16) {
    const gradient = v128.load(gradients + at);
    const mean = f32x4.add(
      f32x4.mul(f32x4.splat(0.9), v128.load(means + at)),
      f32x4.mul(f32x4.splat(0.1), gradient),
    );
    const square = f32x4.add(
      f32x4.mul(f32x4.splat(0.999), v128.load(squares + at)),
      f32x4.mul(f32x4.splat(0.001), f32x4.mul(gradient, gradient)),
    );
    v128.store(means + at, mean);
    v128.store(squares + at, square);
    const size = f32x4.add(f32x4.mul(f32x4.sqrt(square), scales), f32x4.splat(1e-8));
    const move = f32x4.div(f32x4.mul(steps, mean), size);
    v128.store(parameters + at, f32x4.sub(v128.load(parameters + at), move));
  }
}
