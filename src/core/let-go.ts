/**
 * Gives the memory of bytes nobody reads any more back now, and not when V8 collects: it lies outside of the heap and counts
 * as old there from the start, so eight megabytes of it begin a collection of everything. They are empty afterwards. Bytes
 * that are a part of something larger stay as they are.
 */
export function letGo({ buffer, byteLength }: Uint8Array): void {
  if (buffer instanceof ArrayBuffer && byteLength > 0 && byteLength === buffer.byteLength) buffer.transfer(0)
}
