// fast-check for properties: the same draws on every run, so that a commit fails for its own faults. `test/slow
// props` tries more and others, and names their seed.
import fc from 'fast-check'

const other = process.env['K3S_VARS_TEST_SEED']
fc.configureGlobal({
  ...fc.readConfigureGlobal(),
  ...(other === undefined ? { seed: 1 } : { seed: Number(other), numRuns: 2000 }),
})

export default fc
