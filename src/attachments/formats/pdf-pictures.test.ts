import assert from 'node:assert/strict'
import { test } from 'node:test'
import { attachmentBounds } from '../bounds.ts'
import { extract } from '../extract.ts'
import { type PdfPage, paintedOf, pdfOf, streamOf } from '../test-files.ts'

/** The objects of a PDF of one page begin with this one. */
const first = 7

const onePage = (page: Omit<PdfPage, 'lines'>, objects: readonly string[], lines: readonly string[] = []) =>
  pdfOf([{ lines, ...page }], {}, objects)

async function read(file: Uint8Array, bounds = {}, readsPictures = true) {
  const { pictures, unread } = await extract(file, { ...attachmentBounds, ...bounds }, readsPictures)
  const shown = pictures.map(({ path, bytes }) => {
    const [, size = '', points] = /^P5\n(\d+ \d+)\n255\n/.exec(Buffer.from(bytes).toString('latin1')) ?? []
    assert.equal(points, undefined)
    return [path, size, [...bytes.subarray(`P5\n${size}\n255\n`.length)]]
  })
  return { shown, unread }
}

/** Two rows of three points, none like another. */
const points = [10, 60, 110, 160, 210, 250]
const asWritten = [['page 1/picture 1', '3 2', points]]

test('a picture on a page of a PDF is handed on as a grey one, and nothing is unread', async () => {
  const file = onePage({ drawing: `q 60 0 0 40 9 9 cm /X${first} Do Q`, named: [first] }, [
    paintedOf(3, 2, points),
  ])
  assert.deepEqual(await read(file), { shown: asWritten, unread: [] })
})

test('a picture is upright as the page shows it: turned with its page, or painted upside down', async () => {
  const shownOf = async (matrix: string, turn: number) =>
    (
      await read(
        onePage({ drawing: `q ${matrix} 9 9 cm /X${first} Do Q`, named: [first], turn }, [
          paintedOf(3, 2, points),
        ]),
      )
    ).shown[0]
  const [a, b, c, d, e, f] = points
  assert.deepEqual((await shownOf('60 0 0 40', 90))?.slice(1), ['2 3', [d, a, e, b, f, c]])
  assert.deepEqual((await shownOf('60 0 0 40', 180))?.slice(1), ['3 2', [f, e, d, c, b, a]])
  assert.deepEqual((await shownOf('60 0 0 40', 270))?.slice(1), ['2 3', [c, f, b, e, a, d]])
  assert.deepEqual((await shownOf('60 0 0 -40', 0))?.slice(1), ['3 2', [d, e, f, a, b, c]])
  assert.deepEqual((await shownOf('-60 0 0 40', 0))?.slice(1), ['3 2', [c, b, a, f, e, d]])
  // The picture lies on its side, and the page is turned so that it stands.
  assert.deepEqual((await shownOf('0 60 -40 0', 90))?.slice(1), ['3 2', points])
})

test('a picture inside a form of the page is found, and stands as both of their matrices say', async () => {
  const form = streamOf(
    `q 60 0 0 -40 0 0 cm /X${first + 1} Do Q`,
    `/Type /XObject /Subtype /Form /BBox [0 -99 99 99] /Matrix [1 0 0 -1 0 0] /Resources << /XObject << /X${first + 1} ${first + 1} 0 R >> >>`,
  )
  const file = onePage({ drawing: `/X${first} Do`, named: [first] }, [form, paintedOf(3, 2, points)])
  assert.deepEqual(await read(file), { shown: asWritten, unread: [] })
})

test('a picture that is painted many times, on one page or on many, is read once', async () => {
  const again = `q 60 0 0 40 9 9 cm /X9 Do Q`
  const page = { lines: ['words'], drawing: `${again} 0 g ${again}`, named: [9] }
  const file = pdfOf([page, page], {}, [paintedOf(3, 2, points)])
  assert.deepEqual(await read(file), { shown: asWritten, unread: [] })
})

test('strips of a scan are one picture, from the top of the page to its bottom', async () => {
  const strips = [paintedOf(3, 1, points.slice(0, 3)), paintedOf(3, 1, points.slice(3))]
  const [top, bottom] = [`q 60 0 0 20 9 29 cm /X${first} Do Q`, `q 60 0 0 20 9 9 cm /X${first + 1} Do Q`]
  for (const drawing of [`${top} ${bottom}`, `${bottom} ${top}`]) {
    const file = onePage({ drawing, named: [first, first + 1] }, strips)
    assert.deepEqual(await read(file), { shown: asWritten, unread: [] })
  }
})

test('colours are grey, what is seen through is white, and words that only stand in that are seen', async () => {
  const shownOf = async (...objects: string[]) => {
    const { shown, unread } = await read(
      onePage({ drawing: `q 60 0 0 40 9 9 cm /X${first} Do Q`, named: [first] }, objects),
    )
    assert.deepEqual(unread, [])
    return shown[0]?.[2]
  }
  const colours = '/ColorSpace /DeviceRGB /BitsPerComponent 8'
  assert.deepEqual(await shownOf(paintedOf(2, 1, [255, 0, 0, 255, 255, 255], colours)), [76, 255])
  const veiled = `${colours} /SMask ${first + 1} 0 R`
  assert.deepEqual(
    await shownOf(paintedOf(2, 1, [0, 0, 0, 0, 0, 0], veiled), paintedOf(2, 1, [255, 0])),
    [0, 255],
  )
  assert.deepEqual(
    await shownOf(paintedOf(2, 1, [255, 255, 255, 255, 255, 255], veiled), paintedOf(2, 1, [255, 0])),
    [0, 255],
  )
})

test('a stencil and a picture in the words of a page are handed on, too', async () => {
  const stencil = paintedOf(8, 2, [0b11110000, 0b10101010], '/ImageMask true /BitsPerComponent 1')
  const { shown, unread } = await read(
    onePage({ drawing: `q 60 0 0 40 9 9 cm /X${first} Do Q`, named: [first] }, [stencil]),
  )
  assert.equal(shown[0]?.[1], '8 2')
  assert.deepEqual(unread, [])
  const inline = 'q 60 0 0 40 9 9 cm BI /W 3 /H 2 /BPC 8 /CS /G /F /AHx ID 0a3c6ea0d2fa> EI Q'
  assert.deepEqual(await read(onePage({ drawing: inline }, [])), { shown: asWritten, unread: [] })
})

test('a picture of one colour has nothing to read', async () => {
  const file = onePage({ drawing: `q 60 0 0 40 9 9 cm /X${first} Do Q`, named: [first] }, [
    paintedOf(3, 1, [9, 9, 9]),
  ])
  assert.deepEqual(await read(file), { shown: [], unread: [] })
})

const unreadable = [{ path: 'pictures', reason: 'picture-unreadable' }]

test('a picture that no page shows, or that the library cannot read, is told', async () => {
  const drawing = `q 60 0 0 40 9 9 cm /X${first} Do Q`
  const painted = paintedOf(3, 2, points)
  const hidden = onePage({ drawing, named: [first] }, [painted, paintedOf(2, 1, [1, 2])])
  assert.deepEqual(await read(hidden), { shown: asWritten, unread: unreadable })
  const wave = paintedOf(3, 2, points, '').replace('/ASCIIHexDecode', '/JPXDecode')
  assert.deepEqual(await read(onePage({ drawing, named: [first] }, [wave], ['words'])), {
    shown: [],
    unread: unreadable,
  })
})

test('a picture in the words of a page that the library cannot read is told, whatever else the page shows', async () => {
  const fax = 'q 60 0 0 40 9 9 cm BI /W 3 /H 2 /BPC 1 /IM true /F /CCF ID 00 EI Q'
  const drawing = `q 60 0 0 40 9 9 cm /X${first} Do Q ${fax}`
  const file = onePage({ drawing, named: [first] }, [paintedOf(3, 2, points)], ['words'])
  assert.deepEqual((await read(file)).unread, unreadable)
})

test('a picture that claims more points than are read is told, and not unpacked', async () => {
  const drawing = `q 60 0 0 40 9 9 cm /X${first} Do Q`
  const file = onePage({ drawing, named: [first] }, [paintedOf(3, 2, points)], ['words'])
  assert.deepEqual(await read(file, { picturePoints: 5 }), { shown: [], unread: unreadable })
})

test('more pictures than are unpacked are told', async () => {
  const pages = [7, 8].map((_, index) => ({
    lines: ['words'],
    drawing: `q 60 0 0 40 9 9 cm /X${9 + index} Do Q`,
    named: [9 + index],
  }))
  const file = pdfOf(pages, {}, [paintedOf(3, 2, points), paintedOf(3, 2, points.toReversed())])
  assert.deepEqual(await read(file, { pictureBytes: 30 }), {
    shown: asWritten,
    unread: [{ path: 'pictures', reason: 'too-many-parts' }],
  })
})

test('where nobody reads pictures they are told, and not unpacked', async () => {
  const drawing = `q 60 0 0 40 9 9 cm /X${first} Do Q`
  const file = onePage({ drawing, named: [first] }, [paintedOf(3, 2, points)], ['words'])
  assert.deepEqual(await read(file, {}, false), {
    shown: [],
    unread: [{ path: 'pictures', reason: 'picture' }],
  })
  assert.deepEqual(await read(onePage({}, [], ['words']), {}, false), { shown: [], unread: [] })
})

test('a page without words and pictures is told', async () => {
  assert.deepEqual((await read(onePage({}, []))).unread, [{ path: 'page 1', reason: 'no-text' }])
})
