const PAGE_BYTES = 65_536;

/** Hands out places in a WebAssembly memory, each aligned to 16 bytes; the first page is the kernel's own. */
export class MemoryLayout {
  #bytes = PAGE_BYTES;

  /** @returns The byte offset of an array of so many numbers. */
  place(count: number, bytesEach = 4): number {
    const offset = this.#bytes;
    this.#bytes += Math.ceil((count * bytesEach) / 16) * 16;
    return offset;
  }

  /** A memory that holds everything placed so far. */
  createMemory(): WebAssembly.Memory {
    return new WebAssembly.Memory({ initial: Math.ceil(this.#bytes / PAGE_BYTES) });
  }
}
