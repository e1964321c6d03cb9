// Prints the map of the rooms as Mermaid, from the imports as they are: node_modules/.bin/node tools/draw-map.ts
import { join } from 'node:path'
import { drawMap } from './architecture/draw.ts'
import { parseTree, readTree } from './architecture/tree.ts'

process.stdout.write(`${drawMap(parseTree(readTree(join(import.meta.dirname, '..'))))}\n`)
