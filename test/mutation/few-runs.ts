// A change that a property notices at all is noticed within few runs, and each change pays for all of them.
import fc from 'fast-check'

fc.configureGlobal({ numRuns: 10 })
