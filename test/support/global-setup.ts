// Jest loads this file as it is, without the settings that map `.js` to `.ts`; tsx knows what is meant.
import { require as load } from 'tsx/cjs/api'
import type * as prepareModule from './prepare.js'

export default async function setUp(): Promise<void> {
  const { prepare } = load('./prepare.ts', __filename) as typeof prepareModule
  const makeValidator = load('../../src/build/before-tests.cjs', __filename) as () => void
  makeValidator()
  await prepare()
}
