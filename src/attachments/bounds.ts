const mebibyte = 1024 * 1024

/**
 * What one file may cost. Documents people work with stay far below; the figures are those of a machine that reads
 * one file at a time and has a gigabyte to spare.
 */
export const attachmentBounds = {
  fileBytes: 32 * mebibyte,
  /** Of all texts of a file together. */
  textCharacters: 32 * 1_000_000,
  /** Of all archives in a file together. */
  unpackedBytes: 256 * mebibyte,
  /** Deflate gets at most 1,032 to 1; office documents and logs stay below 100 to 1. */
  ratio: 200,
  /** Small entries may exceed the ratio: a kilobyte of spaces is no attack. */
  ratioFreeBytes: mebibyte,
  parts: 4_096,
  /** Of one picture in a PDF: a sheet of A4 at 600 dots to the inch has 35 million. */
  picturePoints: 40_000_000,
  /** Of all pictures in PDFs, unpacked to one byte a point: some fifteen sheets at 300 dots to the inch. */
  pictureBytes: 128 * mebibyte,
  archiveDepth: 4,
  /** Parts named one by one as unread; after them one line stands for all. */
  unreadParts: 200,
  milliseconds: 20_000,
  heapMebibytes: 512,
  /** Buffers lie outside of the heap. */
  bufferBytes: 768 * mebibyte,
  waiting: 64,
} as const

export type AttachmentBounds = { readonly [name in keyof typeof attachmentBounds]: number }
