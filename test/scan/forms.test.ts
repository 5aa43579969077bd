// Each form of the table finds its own example, and says so.
import { expect, test } from '@jest/globals'
import { FORMS } from '../../src/scan/forms/forms.js'
import type { FormId } from '../../src/scan/forms/forms.js'
import { inspectText } from '../../src/scan/inspect-text.js'
import { STRONG } from './trees.js'

/** Found by a file's name, with Git's word, as the scenarios hold it; or twice, as the test below holds it. */
const OF_FILES: readonly FormId[] = ['vault-file', 'repeated']
const ROWS = (Object.keys(FORMS) as FormId[]).filter((id) => !OF_FILES.includes(id))

test('the example of repeated: each place has its form', () => {
  const [path, text] = FORMS.repeated.example
  const { hits } = inspectText(path, text.replaceAll('‹T›', STRONG))
  expect(hits.map(({ form, line }) => `${form}:${line}`)).toEqual(['repeated:1', 'variable:2'])
})

test.each(ROWS)('the example of %s', (id) => {
  const [path, text] = FORMS[id].example
  const whole = text.replaceAll('‹T›', STRONG)
  const line = whole.slice(0, whole.indexOf(STRONG)).split('\n').length
  const found = inspectText(path, whole).hits.map(({ form, line }) => `${form}:${line}`)
  expect(found).toEqual([`${id}:${line}`])
})
