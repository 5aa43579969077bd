// The model of K3s, row by row as real servers (v1.36.3) were measured: what a start and a request do in each state.
import { describe, expect, test } from '@jest/globals'
import { KILL_POINTS, ModelCluster } from './model.js'
import type { KillPoint, Started, Text } from './model.js'

const three = (): ModelCluster =>
  new ModelCluster({
    servers: [{ name: 'l1' }, { name: 'l2', join: 'l1' }, { name: 'l3', join: 'l1' }],
  })

describe('killed after each step of the request, on l2, while the others run on with OLD', () => {
  test.each<[KillPoint, Text, Text, readonly Text[], Started, Started, string]>([
    ['passwd', 'NEW', 'OLD', ['OLD'], 'newer than datastore', 'different token', 'OLD'],
    ['server/token', 'NEW', 'NEW', ['OLD'], 'newer than datastore', 'different token', 'OLD'],
    [
      'new key',
      'NEW',
      'NEW',
      ['OLD', 'NEW'],
      'newer than datastore',
      'newer than datastore',
      'OLD',
    ],
    ['old key', 'NEW', 'NEW', ['NEW'], 'newer than datastore', 'newer than datastore', 'NEW'],
    ['save', 'NEW', 'NEW', ['NEW'], 'different token', 'ready', 'NEW'],
  ])('%s', (point, passwd, written, keys, withOld, withNew, wayOn) => {
    const after = (source: Text, forget = false) => {
      const cluster = three()
      const server = cluster.server('l2')
      cluster.put(server, 'OLD', 'NEW', point)
      expect(server).toMatchObject({ memory: undefined, passwd, written })
      expect(cluster.keys).toEqual(keys)
      if (forget) cluster.forget(server)
      server.source = source
      return cluster.start(server)
    }
    expect(after('OLD')).toBe(withOld)
    expect(after('NEW')).toBe(withNew)
    // Without the passwords on its disk it starts with the token that the key is of.
    expect(after(wayOn as Text, true)).toBe('ready')
  })
})

describe('a start after a whole rotation on l3', () => {
  const rotated = (downMeanwhile?: string): ModelCluster => {
    const cluster = three()
    if (downMeanwhile !== undefined) cluster.kill(cluster.server(downMeanwhile))
    expect(cluster.put(cluster.server('l3'), 'OLD', 'NEW')).toBe(200)
    expect(cluster.keys).toEqual(['NEW'])
    return cluster
  }
  const restart = (cluster: ModelCluster, name: string, source: Text): Started => {
    const server = cluster.server(name)
    cluster.kill(server)
    server.source = source
    return cluster.start(server)
  }

  test.each(['l1', 'l2', 'l3'])('%s was up: it starts with the new token, also first', (name) => {
    expect(restart(rotated(), name, 'NEW')).toBe('ready')
  })

  test.each(['l1', 'l2'])(
    '%s with the former token does not, and nothing is left of that',
    (name) => {
      const cluster = rotated()
      expect(restart(cluster, name, 'OLD')).toBe('different token')
      expect(restart(cluster, name, 'NEW')).toBe('ready')
    },
  )

  test('l2 was down: it comes when the server behind its URL has the new token', () => {
    const cluster = rotated('l2')
    expect(restart(cluster, 'l2', 'NEW')).toBe('different token')
    expect(restart(cluster, 'l1', 'NEW')).toBe('ready')
    expect(restart(cluster, 'l2', 'NEW')).toBe('ready')
  })

  test('l1 was down, and joins through nobody: never by itself; by one start with the former token', () => {
    const cluster = rotated('l1')
    restart(cluster, 'l2', 'NEW')
    expect(restart(cluster, 'l1', 'NEW')).toBe('different token')
    expect(restart(cluster, 'l1', 'OLD')).toBe('different token')
    expect(restart(cluster, 'l1', 'NEW')).toBe('ready')
  })

  test('l1 was down: or by one start through a server that has the new token', () => {
    const cluster = rotated('l1')
    restart(cluster, 'l2', 'NEW')
    const server = cluster.server('l1')
    server.source = 'NEW'
    expect(cluster.start(server, 'l2')).toBe('ready')
  })

  test('a control plane alone waits for the server behind its URL', () => {
    const cluster = new ModelCluster({
      servers: [{ name: 'l1' }, { name: 'c1', join: 'l1', controlPlane: true }],
    })
    cluster.put(cluster.server('l1'), 'OLD', 'NEW')
    expect(restart(cluster, 'c1', 'NEW')).toBe('not authorized')
    expect(restart(cluster, 'l1', 'NEW')).toBe('ready')
    expect(restart(cluster, 'c1', 'NEW')).toBe('ready')
  })
})

describe('the request', () => {
  test('is authorized by what the process remembers, until it is restarted', () => {
    const cluster = three()
    const server = cluster.server('l1')
    expect(cluster.put(server, 'NEW', 'NEW')).toBe(401)
    expect(cluster.put(server, 'OLD', 'NEW')).toBe(200)
    expect(cluster.put(server, 'NEW', 'NEW2')).toBe(401)
    expect(cluster.put(server, 'OLD', 'NEW')).toBe(200)
  })

  test('to another server comes half-way, and is mended there by the token of the key', () => {
    const cluster = three()
    cluster.put(cluster.server('l1'), 'OLD', 'NEW')
    const other = cluster.server('l2')
    expect(cluster.put(other, 'OLD', 'NEW2')).toBe(500)
    expect([other.passwd, cluster.keys]).toEqual(['NEW2', ['NEW']])
    expect(cluster.put(other, 'OLD', 'NEW')).toBe(200)
    expect([other.passwd, cluster.keys]).toEqual(['NEW', ['NEW']])
  })

  test('without quorum ends the process', () => {
    const cluster = three()
    for (const name of ['l2', 'l3']) cluster.kill(cluster.server(name))
    const server = cluster.server('l1')
    expect(cluster.put(server, 'OLD', 'NEW')).toBe(0)
    expect([cluster.isRunning(server), cluster.keys]).toEqual([false, ['OLD']])
  })

  test('with two keys there merges them to the new one, and to nothing else', () => {
    const cluster = three()
    const server = cluster.server('l2')
    cluster.put(server, 'OLD', 'NEW', 'new key')
    cluster.forget(server)
    cluster.start(server)
    expect(cluster.put(server, 'OLD', 'OLD')).toBe(500)
    expect(cluster.put(server, 'OLD', 'NEW')).toBe(200)
    expect(cluster.keys).toEqual(['NEW'])
  })

  test('has no more points than these', () => expect(KILL_POINTS).toHaveLength(5))
})
