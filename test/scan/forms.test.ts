// Each form of the table finds its own example, and says so.
import { expect, test } from '@jest/globals'
import { FORMS } from '../../src/scan/forms/forms.js'
import type { FormId } from '../../src/scan/forms/forms.js'
import { inspectText } from '../../src/scan/inspect-text.js'
import { STRONG } from './trees.js'

/** Found by a file's name, with Git's word: the scenarios hold it. */
const OF_FILES: readonly FormId[] = ['vault-file']
const ROWS = (Object.keys(FORMS) as FormId[]).filter((id) => !OF_FILES.includes(id))

test.each(ROWS)('the example of %s', (id) => {
  const [path, text] = FORMS[id].example
  const whole = text.replaceAll('‹T›', STRONG)
  const line = whole.slice(0, whole.indexOf(STRONG)).split('\n').length
  const found = inspectText(path, whole).hits.map(({ form, line }) => `${form}:${line}`)
  expect(found).toEqual([`${id}:${line}`])
})
