// Generated from src/config/schema.ts by `npm run generate`.
'use strict'
module.exports = validate10
module.exports.default = validate10
const schema11 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'k3s_vars.schema.json',
  type: 'object',
  additionalProperties: false,
  properties: {
    clusters: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$' },
      additionalProperties: {
        type: ['object', 'null'],
        additionalProperties: false,
        properties: {
          role: { enum: ['k3s-io'] },
          groups: {
            type: 'object',
            additionalProperties: false,
            properties: {
              cluster: { type: 'string', pattern: '^(?!_meta$).' },
              server: { type: 'string', pattern: '^(?!_meta$).' },
              agent: { type: 'string', pattern: '^(?!_meta$).' },
            },
          },
          vars: { type: 'object' },
          agent_token: { type: 'boolean' },
          vault_id: { type: 'string', pattern: '^[^;@\\s]+$' },
          emit: { enum: ['plain', 'vaulted'] },
          level: { enum: ['group', 'host'] },
          mint: { enum: ['first-use', 'never'] },
          probe: { type: 'boolean' },
          encrypt: { enum: ['always', 'never'] },
          token: {
            type: 'object',
            additionalProperties: false,
            properties: {
              length: { type: 'integer', minimum: 16, maximum: 256 },
              alphabet: { enum: ['alphanumeric', 'hex', 'url-safe', 'complex'] },
            },
          },
          store: { type: 'string', pattern: '^[^\\u0000]+$' },
          hosts: {
            type: 'object',
            additionalProperties: false,
            properties: {
              server: {
                type: ['array', 'object'],
                items: { type: 'string', pattern: '.' },
                additionalProperties: { type: ['object', 'null'] },
              },
              agent: {
                type: ['array', 'object'],
                items: { type: 'string', pattern: '.' },
                additionalProperties: { type: ['object', 'null'] },
              },
            },
          },
        },
      },
    },
    defaults: {
      type: 'object',
      additionalProperties: false,
      properties: {
        role: { enum: ['k3s-io'] },
        groups: {
          type: 'object',
          additionalProperties: false,
          properties: {
            cluster: { type: 'string', pattern: '^(?!_meta$).' },
            server: { type: 'string', pattern: '^(?!_meta$).' },
            agent: { type: 'string', pattern: '^(?!_meta$).' },
          },
        },
        vars: { type: 'object' },
        agent_token: { type: 'boolean' },
        vault_id: { type: 'string', pattern: '^[^;@\\s]+$' },
        emit: { enum: ['plain', 'vaulted'] },
        level: { enum: ['group', 'host'] },
        mint: { enum: ['first-use', 'never'] },
        probe: { type: 'boolean' },
        encrypt: { enum: ['always', 'never'] },
        token: {
          type: 'object',
          additionalProperties: false,
          properties: {
            length: { type: 'integer', minimum: 16, maximum: 256 },
            alphabet: { enum: ['alphanumeric', 'hex', 'url-safe', 'complex'] },
          },
        },
        store: { type: 'string', pattern: '^[^\\u0000]+$' },
      },
    },
    include: { type: ['string', 'array'], pattern: '.', items: { type: 'string', pattern: '.' } },
  },
}
const pattern0 = new RegExp('^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$', 'u')
const pattern1 = new RegExp('^(?!_meta$).', 'u')
const pattern4 = new RegExp('^[^;@\\s]+$', 'u')
const pattern5 = new RegExp('^[^\\u0000]+$', 'u')
const pattern6 = new RegExp('.', 'u')
const func2 = Object.prototype.hasOwnProperty
function validate10(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  /*# sourceURL="k3s_vars.schema.json" */ let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'clusters' || key0 === 'defaults' || key0 === 'include')) {
          validate10.errors = [
            {
              instancePath,
              schemaPath: '#/additionalProperties',
              keyword: 'additionalProperties',
              params: { additionalProperty: key0 },
            },
          ]
          return false
          break
        }
      }
      if (_errs1 === errors) {
        if (data.clusters !== undefined) {
          let data0 = data.clusters
          const _errs2 = errors
          if (errors === _errs2) {
            if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
              if (Object.keys(data0).length < 1) {
                validate10.errors = [
                  {
                    instancePath: instancePath + '/clusters',
                    schemaPath: '#/properties/clusters/minProperties',
                    keyword: 'minProperties',
                    params: { limit: 1 },
                  },
                ]
                return false
              } else {
                for (const key1 in data0) {
                  const _errs4 = errors
                  if (typeof key1 === 'string') {
                    if (!pattern0.test(key1)) {
                      const err0 = {
                        instancePath: instancePath + '/clusters',
                        schemaPath: '#/properties/clusters/propertyNames/pattern',
                        keyword: 'pattern',
                        params: { pattern: '^[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?$' },
                        propertyName: key1,
                      }
                      if (vErrors === null) {
                        vErrors = [err0]
                      } else {
                        vErrors.push(err0)
                      }
                      errors++
                    }
                  }
                  var valid1 = _errs4 === errors
                  if (!valid1) {
                    const err1 = {
                      instancePath: instancePath + '/clusters',
                      schemaPath: '#/properties/clusters/propertyNames',
                      keyword: 'propertyNames',
                      params: { propertyName: key1 },
                    }
                    if (vErrors === null) {
                      vErrors = [err1]
                    } else {
                      vErrors.push(err1)
                    }
                    errors++
                    validate10.errors = vErrors
                    return false
                    break
                  }
                }
                if (valid1) {
                  for (const key2 in data0) {
                    let data1 = data0[key2]
                    const _errs6 = errors
                    if (
                      !(data1 && typeof data1 == 'object' && !Array.isArray(data1)) &&
                      data1 !== null
                    ) {
                      validate10.errors = [
                        {
                          instancePath:
                            instancePath +
                            '/clusters/' +
                            key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                          schemaPath: '#/properties/clusters/additionalProperties/type',
                          keyword: 'type',
                          params: { type: schema11.properties.clusters.additionalProperties.type },
                        },
                      ]
                      return false
                    }
                    if (errors === _errs6) {
                      if (data1 && typeof data1 == 'object' && !Array.isArray(data1)) {
                        const _errs8 = errors
                        for (const key3 in data1) {
                          if (
                            !func2.call(
                              schema11.properties.clusters.additionalProperties.properties,
                              key3,
                            )
                          ) {
                            validate10.errors = [
                              {
                                instancePath:
                                  instancePath +
                                  '/clusters/' +
                                  key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                                schemaPath:
                                  '#/properties/clusters/additionalProperties/additionalProperties',
                                keyword: 'additionalProperties',
                                params: { additionalProperty: key3 },
                              },
                            ]
                            return false
                            break
                          }
                        }
                        if (_errs8 === errors) {
                          if (data1.role !== undefined) {
                            const _errs9 = errors
                            if (!(data1.role === 'k3s-io')) {
                              validate10.errors = [
                                {
                                  instancePath:
                                    instancePath +
                                    '/clusters/' +
                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                    '/role',
                                  schemaPath:
                                    '#/properties/clusters/additionalProperties/properties/role/enum',
                                  keyword: 'enum',
                                  params: {
                                    allowedValues:
                                      schema11.properties.clusters.additionalProperties.properties
                                        .role.enum,
                                  },
                                },
                              ]
                              return false
                            }
                            var valid3 = _errs9 === errors
                          } else {
                            var valid3 = true
                          }
                          if (valid3) {
                            if (data1.groups !== undefined) {
                              let data3 = data1.groups
                              const _errs10 = errors
                              if (errors === _errs10) {
                                if (data3 && typeof data3 == 'object' && !Array.isArray(data3)) {
                                  const _errs12 = errors
                                  for (const key4 in data3) {
                                    if (!(
                                      key4 === 'cluster' ||
                                      key4 === 'server' ||
                                      key4 === 'agent'
                                    )) {
                                      validate10.errors = [
                                        {
                                          instancePath:
                                            instancePath +
                                            '/clusters/' +
                                            key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                            '/groups',
                                          schemaPath:
                                            '#/properties/clusters/additionalProperties/properties/groups/additionalProperties',
                                          keyword: 'additionalProperties',
                                          params: { additionalProperty: key4 },
                                        },
                                      ]
                                      return false
                                      break
                                    }
                                  }
                                  if (_errs12 === errors) {
                                    if (data3.cluster !== undefined) {
                                      let data4 = data3.cluster
                                      const _errs13 = errors
                                      if (errors === _errs13) {
                                        if (typeof data4 === 'string') {
                                          if (!pattern1.test(data4)) {
                                            validate10.errors = [
                                              {
                                                instancePath:
                                                  instancePath +
                                                  '/clusters/' +
                                                  key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                  '/groups/cluster',
                                                schemaPath:
                                                  '#/properties/clusters/additionalProperties/properties/groups/properties/cluster/pattern',
                                                keyword: 'pattern',
                                                params: { pattern: '^(?!_meta$).' },
                                              },
                                            ]
                                            return false
                                          }
                                        } else {
                                          validate10.errors = [
                                            {
                                              instancePath:
                                                instancePath +
                                                '/clusters/' +
                                                key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                '/groups/cluster',
                                              schemaPath:
                                                '#/properties/clusters/additionalProperties/properties/groups/properties/cluster/type',
                                              keyword: 'type',
                                              params: { type: 'string' },
                                            },
                                          ]
                                          return false
                                        }
                                      }
                                      var valid4 = _errs13 === errors
                                    } else {
                                      var valid4 = true
                                    }
                                    if (valid4) {
                                      if (data3.server !== undefined) {
                                        let data5 = data3.server
                                        const _errs15 = errors
                                        if (errors === _errs15) {
                                          if (typeof data5 === 'string') {
                                            if (!pattern1.test(data5)) {
                                              validate10.errors = [
                                                {
                                                  instancePath:
                                                    instancePath +
                                                    '/clusters/' +
                                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                    '/groups/server',
                                                  schemaPath:
                                                    '#/properties/clusters/additionalProperties/properties/groups/properties/server/pattern',
                                                  keyword: 'pattern',
                                                  params: { pattern: '^(?!_meta$).' },
                                                },
                                              ]
                                              return false
                                            }
                                          } else {
                                            validate10.errors = [
                                              {
                                                instancePath:
                                                  instancePath +
                                                  '/clusters/' +
                                                  key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                  '/groups/server',
                                                schemaPath:
                                                  '#/properties/clusters/additionalProperties/properties/groups/properties/server/type',
                                                keyword: 'type',
                                                params: { type: 'string' },
                                              },
                                            ]
                                            return false
                                          }
                                        }
                                        var valid4 = _errs15 === errors
                                      } else {
                                        var valid4 = true
                                      }
                                      if (valid4) {
                                        if (data3.agent !== undefined) {
                                          let data6 = data3.agent
                                          const _errs17 = errors
                                          if (errors === _errs17) {
                                            if (typeof data6 === 'string') {
                                              if (!pattern1.test(data6)) {
                                                validate10.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
                                                      '/groups/agent',
                                                    schemaPath:
                                                      '#/properties/clusters/additionalProperties/properties/groups/properties/agent/pattern',
                                                    keyword: 'pattern',
                                                    params: { pattern: '^(?!_meta$).' },
                                                  },
                                                ]
                                                return false
                                              }
                                            } else {
                                              validate10.errors = [
                                                {
                                                  instancePath:
                                                    instancePath +
                                                    '/clusters/' +
                                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                    '/groups/agent',
                                                  schemaPath:
                                                    '#/properties/clusters/additionalProperties/properties/groups/properties/agent/type',
                                                  keyword: 'type',
                                                  params: { type: 'string' },
                                                },
                                              ]
                                              return false
                                            }
                                          }
                                          var valid4 = _errs17 === errors
                                        } else {
                                          var valid4 = true
                                        }
                                      }
                                    }
                                  }
                                } else {
                                  validate10.errors = [
                                    {
                                      instancePath:
                                        instancePath +
                                        '/clusters/' +
                                        key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                        '/groups',
                                      schemaPath:
                                        '#/properties/clusters/additionalProperties/properties/groups/type',
                                      keyword: 'type',
                                      params: { type: 'object' },
                                    },
                                  ]
                                  return false
                                }
                              }
                              var valid3 = _errs10 === errors
                            } else {
                              var valid3 = true
                            }
                            if (valid3) {
                              if (data1.vars !== undefined) {
                                let data7 = data1.vars
                                const _errs19 = errors
                                if (!(data7 && typeof data7 == 'object' && !Array.isArray(data7))) {
                                  validate10.errors = [
                                    {
                                      instancePath:
                                        instancePath +
                                        '/clusters/' +
                                        key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                        '/vars',
                                      schemaPath:
                                        '#/properties/clusters/additionalProperties/properties/vars/type',
                                      keyword: 'type',
                                      params: { type: 'object' },
                                    },
                                  ]
                                  return false
                                }
                                var valid3 = _errs19 === errors
                              } else {
                                var valid3 = true
                              }
                              if (valid3) {
                                if (data1.agent_token !== undefined) {
                                  const _errs21 = errors
                                  if (typeof data1.agent_token !== 'boolean') {
                                    validate10.errors = [
                                      {
                                        instancePath:
                                          instancePath +
                                          '/clusters/' +
                                          key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                          '/agent_token',
                                        schemaPath:
                                          '#/properties/clusters/additionalProperties/properties/agent_token/type',
                                        keyword: 'type',
                                        params: { type: 'boolean' },
                                      },
                                    ]
                                    return false
                                  }
                                  var valid3 = _errs21 === errors
                                } else {
                                  var valid3 = true
                                }
                                if (valid3) {
                                  if (data1.vault_id !== undefined) {
                                    let data9 = data1.vault_id
                                    const _errs23 = errors
                                    if (errors === _errs23) {
                                      if (typeof data9 === 'string') {
                                        if (!pattern4.test(data9)) {
                                          validate10.errors = [
                                            {
                                              instancePath:
                                                instancePath +
                                                '/clusters/' +
                                                key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                '/vault_id',
                                              schemaPath:
                                                '#/properties/clusters/additionalProperties/properties/vault_id/pattern',
                                              keyword: 'pattern',
                                              params: { pattern: '^[^;@\\s]+$' },
                                            },
                                          ]
                                          return false
                                        }
                                      } else {
                                        validate10.errors = [
                                          {
                                            instancePath:
                                              instancePath +
                                              '/clusters/' +
                                              key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                              '/vault_id',
                                            schemaPath:
                                              '#/properties/clusters/additionalProperties/properties/vault_id/type',
                                            keyword: 'type',
                                            params: { type: 'string' },
                                          },
                                        ]
                                        return false
                                      }
                                    }
                                    var valid3 = _errs23 === errors
                                  } else {
                                    var valid3 = true
                                  }
                                  if (valid3) {
                                    if (data1.emit !== undefined) {
                                      let data10 = data1.emit
                                      const _errs25 = errors
                                      if (!(data10 === 'plain' || data10 === 'vaulted')) {
                                        validate10.errors = [
                                          {
                                            instancePath:
                                              instancePath +
                                              '/clusters/' +
                                              key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                              '/emit',
                                            schemaPath:
                                              '#/properties/clusters/additionalProperties/properties/emit/enum',
                                            keyword: 'enum',
                                            params: {
                                              allowedValues:
                                                schema11.properties.clusters.additionalProperties
                                                  .properties.emit.enum,
                                            },
                                          },
                                        ]
                                        return false
                                      }
                                      var valid3 = _errs25 === errors
                                    } else {
                                      var valid3 = true
                                    }
                                    if (valid3) {
                                      if (data1.level !== undefined) {
                                        let data11 = data1.level
                                        const _errs26 = errors
                                        if (!(data11 === 'group' || data11 === 'host')) {
                                          validate10.errors = [
                                            {
                                              instancePath:
                                                instancePath +
                                                '/clusters/' +
                                                key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                '/level',
                                              schemaPath:
                                                '#/properties/clusters/additionalProperties/properties/level/enum',
                                              keyword: 'enum',
                                              params: {
                                                allowedValues:
                                                  schema11.properties.clusters.additionalProperties
                                                    .properties.level.enum,
                                              },
                                            },
                                          ]
                                          return false
                                        }
                                        var valid3 = _errs26 === errors
                                      } else {
                                        var valid3 = true
                                      }
                                      if (valid3) {
                                        if (data1.mint !== undefined) {
                                          let data12 = data1.mint
                                          const _errs27 = errors
                                          if (!(data12 === 'first-use' || data12 === 'never')) {
                                            validate10.errors = [
                                              {
                                                instancePath:
                                                  instancePath +
                                                  '/clusters/' +
                                                  key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                  '/mint',
                                                schemaPath:
                                                  '#/properties/clusters/additionalProperties/properties/mint/enum',
                                                keyword: 'enum',
                                                params: {
                                                  allowedValues:
                                                    schema11.properties.clusters
                                                      .additionalProperties.properties.mint.enum,
                                                },
                                              },
                                            ]
                                            return false
                                          }
                                          var valid3 = _errs27 === errors
                                        } else {
                                          var valid3 = true
                                        }
                                        if (valid3) {
                                          if (data1.probe !== undefined) {
                                            const _errs28 = errors
                                            if (typeof data1.probe !== 'boolean') {
                                              validate10.errors = [
                                                {
                                                  instancePath:
                                                    instancePath +
                                                    '/clusters/' +
                                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                                    '/probe',
                                                  schemaPath:
                                                    '#/properties/clusters/additionalProperties/properties/probe/type',
                                                  keyword: 'type',
                                                  params: { type: 'boolean' },
                                                },
                                              ]
                                              return false
                                            }
                                            var valid3 = _errs28 === errors
                                          } else {
                                            var valid3 = true
                                          }
                                          if (valid3) {
                                            if (data1.encrypt !== undefined) {
                                              let data14 = data1.encrypt
                                              const _errs30 = errors
                                              if (!(data14 === 'always' || data14 === 'never')) {
                                                validate10.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
                                                      '/encrypt',
                                                    schemaPath:
                                                      '#/properties/clusters/additionalProperties/properties/encrypt/enum',
                                                    keyword: 'enum',
                                                    params: {
                                                      allowedValues:
                                                        schema11.properties.clusters
                                                          .additionalProperties.properties.encrypt
                                                          .enum,
                                                    },
                                                  },
                                                ]
                                                return false
                                              }
                                              var valid3 = _errs30 === errors
                                            } else {
                                              var valid3 = true
                                            }
                                            if (valid3) {
                                              if (data1.token !== undefined) {
                                                let data15 = data1.token
                                                const _errs31 = errors
                                                if (errors === _errs31) {
                                                  if (
                                                    data15 &&
                                                    typeof data15 == 'object' &&
                                                    !Array.isArray(data15)
                                                  ) {
                                                    const _errs33 = errors
                                                    for (const key5 in data15) {
                                                      if (!(
                                                        key5 === 'length' || key5 === 'alphabet'
                                                      )) {
                                                        validate10.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              '/clusters/' +
                                                              key2
                                                                .replace(/~/g, '~0')
                                                                .replace(/\//g, '~1') +
                                                              '/token',
                                                            schemaPath:
                                                              '#/properties/clusters/additionalProperties/properties/token/additionalProperties',
                                                            keyword: 'additionalProperties',
                                                            params: { additionalProperty: key5 },
                                                          },
                                                        ]
                                                        return false
                                                        break
                                                      }
                                                    }
                                                    if (_errs33 === errors) {
                                                      if (data15.length !== undefined) {
                                                        let data16 = data15.length
                                                        const _errs34 = errors
                                                        if (!(
                                                          typeof data16 == 'number' &&
                                                          !(data16 % 1) &&
                                                          !isNaN(data16) &&
                                                          isFinite(data16)
                                                        )) {
                                                          validate10.errors = [
                                                            {
                                                              instancePath:
                                                                instancePath +
                                                                '/clusters/' +
                                                                key2
                                                                  .replace(/~/g, '~0')
                                                                  .replace(/\//g, '~1') +
                                                                '/token/length',
                                                              schemaPath:
                                                                '#/properties/clusters/additionalProperties/properties/token/properties/length/type',
                                                              keyword: 'type',
                                                              params: { type: 'integer' },
                                                            },
                                                          ]
                                                          return false
                                                        }
                                                        if (errors === _errs34) {
                                                          if (
                                                            typeof data16 == 'number' &&
                                                            isFinite(data16)
                                                          ) {
                                                            if (data16 > 256 || isNaN(data16)) {
                                                              validate10.errors = [
                                                                {
                                                                  instancePath:
                                                                    instancePath +
                                                                    '/clusters/' +
                                                                    key2
                                                                      .replace(/~/g, '~0')
                                                                      .replace(/\//g, '~1') +
                                                                    '/token/length',
                                                                  schemaPath:
                                                                    '#/properties/clusters/additionalProperties/properties/token/properties/length/maximum',
                                                                  keyword: 'maximum',
                                                                  params: {
                                                                    comparison: '<=',
                                                                    limit: 256,
                                                                  },
                                                                },
                                                              ]
                                                              return false
                                                            } else {
                                                              if (data16 < 16 || isNaN(data16)) {
                                                                validate10.errors = [
                                                                  {
                                                                    instancePath:
                                                                      instancePath +
                                                                      '/clusters/' +
                                                                      key2
                                                                        .replace(/~/g, '~0')
                                                                        .replace(/\//g, '~1') +
                                                                      '/token/length',
                                                                    schemaPath:
                                                                      '#/properties/clusters/additionalProperties/properties/token/properties/length/minimum',
                                                                    keyword: 'minimum',
                                                                    params: {
                                                                      comparison: '>=',
                                                                      limit: 16,
                                                                    },
                                                                  },
                                                                ]
                                                                return false
                                                              }
                                                            }
                                                          }
                                                        }
                                                        var valid5 = _errs34 === errors
                                                      } else {
                                                        var valid5 = true
                                                      }
                                                      if (valid5) {
                                                        if (data15.alphabet !== undefined) {
                                                          let data17 = data15.alphabet
                                                          const _errs36 = errors
                                                          if (!(
                                                            data17 === 'alphanumeric' ||
                                                            data17 === 'hex' ||
                                                            data17 === 'url-safe' ||
                                                            data17 === 'complex'
                                                          )) {
                                                            validate10.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  '/clusters/' +
                                                                  key2
                                                                    .replace(/~/g, '~0')
                                                                    .replace(/\//g, '~1') +
                                                                  '/token/alphabet',
                                                                schemaPath:
                                                                  '#/properties/clusters/additionalProperties/properties/token/properties/alphabet/enum',
                                                                keyword: 'enum',
                                                                params: {
                                                                  allowedValues:
                                                                    schema11.properties.clusters
                                                                      .additionalProperties
                                                                      .properties.token.properties
                                                                      .alphabet.enum,
                                                                },
                                                              },
                                                            ]
                                                            return false
                                                          }
                                                          var valid5 = _errs36 === errors
                                                        } else {
                                                          var valid5 = true
                                                        }
                                                      }
                                                    }
                                                  } else {
                                                    validate10.errors = [
                                                      {
                                                        instancePath:
                                                          instancePath +
                                                          '/clusters/' +
                                                          key2
                                                            .replace(/~/g, '~0')
                                                            .replace(/\//g, '~1') +
                                                          '/token',
                                                        schemaPath:
                                                          '#/properties/clusters/additionalProperties/properties/token/type',
                                                        keyword: 'type',
                                                        params: { type: 'object' },
                                                      },
                                                    ]
                                                    return false
                                                  }
                                                }
                                                var valid3 = _errs31 === errors
                                              } else {
                                                var valid3 = true
                                              }
                                              if (valid3) {
                                                if (data1.store !== undefined) {
                                                  let data18 = data1.store
                                                  const _errs37 = errors
                                                  if (errors === _errs37) {
                                                    if (typeof data18 === 'string') {
                                                      if (!pattern5.test(data18)) {
                                                        validate10.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              '/clusters/' +
                                                              key2
                                                                .replace(/~/g, '~0')
                                                                .replace(/\//g, '~1') +
                                                              '/store',
                                                            schemaPath:
                                                              '#/properties/clusters/additionalProperties/properties/store/pattern',
                                                            keyword: 'pattern',
                                                            params: { pattern: '^[^\\u0000]+$' },
                                                          },
                                                        ]
                                                        return false
                                                      }
                                                    } else {
                                                      validate10.errors = [
                                                        {
                                                          instancePath:
                                                            instancePath +
                                                            '/clusters/' +
                                                            key2
                                                              .replace(/~/g, '~0')
                                                              .replace(/\//g, '~1') +
                                                            '/store',
                                                          schemaPath:
                                                            '#/properties/clusters/additionalProperties/properties/store/type',
                                                          keyword: 'type',
                                                          params: { type: 'string' },
                                                        },
                                                      ]
                                                      return false
                                                    }
                                                  }
                                                  var valid3 = _errs37 === errors
                                                } else {
                                                  var valid3 = true
                                                }
                                                if (valid3) {
                                                  if (data1.hosts !== undefined) {
                                                    let data19 = data1.hosts
                                                    const _errs39 = errors
                                                    if (errors === _errs39) {
                                                      if (
                                                        data19 &&
                                                        typeof data19 == 'object' &&
                                                        !Array.isArray(data19)
                                                      ) {
                                                        const _errs41 = errors
                                                        for (const key6 in data19) {
                                                          if (!(
                                                            key6 === 'server' || key6 === 'agent'
                                                          )) {
                                                            validate10.errors = [
                                                              {
                                                                instancePath:
                                                                  instancePath +
                                                                  '/clusters/' +
                                                                  key2
                                                                    .replace(/~/g, '~0')
                                                                    .replace(/\//g, '~1') +
                                                                  '/hosts',
                                                                schemaPath:
                                                                  '#/properties/clusters/additionalProperties/properties/hosts/additionalProperties',
                                                                keyword: 'additionalProperties',
                                                                params: {
                                                                  additionalProperty: key6,
                                                                },
                                                              },
                                                            ]
                                                            return false
                                                            break
                                                          }
                                                        }
                                                        if (_errs41 === errors) {
                                                          if (data19.server !== undefined) {
                                                            let data20 = data19.server
                                                            const _errs42 = errors
                                                            if (
                                                              !data20 ||
                                                              typeof data20 != 'object'
                                                            ) {
                                                              validate10.errors = [
                                                                {
                                                                  instancePath:
                                                                    instancePath +
                                                                    '/clusters/' +
                                                                    key2
                                                                      .replace(/~/g, '~0')
                                                                      .replace(/\//g, '~1') +
                                                                    '/hosts/server',
                                                                  schemaPath:
                                                                    '#/properties/clusters/additionalProperties/properties/hosts/properties/server/type',
                                                                  keyword: 'type',
                                                                  params: {
                                                                    type: schema11.properties
                                                                      .clusters.additionalProperties
                                                                      .properties.hosts.properties
                                                                      .server.type,
                                                                  },
                                                                },
                                                              ]
                                                              return false
                                                            }
                                                            if (errors === _errs42) {
                                                              if (Array.isArray(data20)) {
                                                                var valid7 = true
                                                                const len0 = data20.length
                                                                for (let i0 = 0; i0 < len0; i0++) {
                                                                  let data21 = data20[i0]
                                                                  const _errs44 = errors
                                                                  if (errors === _errs44) {
                                                                    if (
                                                                      typeof data21 === 'string'
                                                                    ) {
                                                                      if (!pattern6.test(data21)) {
                                                                        validate10.errors = [
                                                                          {
                                                                            instancePath:
                                                                              instancePath +
                                                                              '/clusters/' +
                                                                              key2
                                                                                .replace(/~/g, '~0')
                                                                                .replace(
                                                                                  /\//g,
                                                                                  '~1',
                                                                                ) +
                                                                              '/hosts/server/' +
                                                                              i0,
                                                                            schemaPath:
                                                                              '#/properties/clusters/additionalProperties/properties/hosts/properties/server/items/pattern',
                                                                            keyword: 'pattern',
                                                                            params: {
                                                                              pattern: '.',
                                                                            },
                                                                          },
                                                                        ]
                                                                        return false
                                                                      }
                                                                    } else {
                                                                      validate10.errors = [
                                                                        {
                                                                          instancePath:
                                                                            instancePath +
                                                                            '/clusters/' +
                                                                            key2
                                                                              .replace(/~/g, '~0')
                                                                              .replace(
                                                                                /\//g,
                                                                                '~1',
                                                                              ) +
                                                                            '/hosts/server/' +
                                                                            i0,
                                                                          schemaPath:
                                                                            '#/properties/clusters/additionalProperties/properties/hosts/properties/server/items/type',
                                                                          keyword: 'type',
                                                                          params: {
                                                                            type: 'string',
                                                                          },
                                                                        },
                                                                      ]
                                                                      return false
                                                                    }
                                                                  }
                                                                  var valid7 = _errs44 === errors
                                                                  if (!valid7) {
                                                                    break
                                                                  }
                                                                }
                                                              }
                                                              if (errors === _errs42) {
                                                                if (
                                                                  data20 &&
                                                                  typeof data20 == 'object' &&
                                                                  !Array.isArray(data20)
                                                                ) {
                                                                  for (const key7 in data20) {
                                                                    let data22 = data20[key7]
                                                                    const _errs47 = errors
                                                                    if (
                                                                      !(
                                                                        data22 &&
                                                                        typeof data22 == 'object' &&
                                                                        !Array.isArray(data22)
                                                                      ) &&
                                                                      data22 !== null
                                                                    ) {
                                                                      validate10.errors = [
                                                                        {
                                                                          instancePath:
                                                                            instancePath +
                                                                            '/clusters/' +
                                                                            key2
                                                                              .replace(/~/g, '~0')
                                                                              .replace(
                                                                                /\//g,
                                                                                '~1',
                                                                              ) +
                                                                            '/hosts/server/' +
                                                                            key7
                                                                              .replace(/~/g, '~0')
                                                                              .replace(/\//g, '~1'),
                                                                          schemaPath:
                                                                            '#/properties/clusters/additionalProperties/properties/hosts/properties/server/additionalProperties/type',
                                                                          keyword: 'type',
                                                                          params: {
                                                                            type: schema11
                                                                              .properties.clusters
                                                                              .additionalProperties
                                                                              .properties.hosts
                                                                              .properties.server
                                                                              .additionalProperties
                                                                              .type,
                                                                          },
                                                                        },
                                                                      ]
                                                                      return false
                                                                    }
                                                                    var valid8 = _errs47 === errors
                                                                    if (!valid8) {
                                                                      break
                                                                    }
                                                                  }
                                                                }
                                                              }
                                                            }
                                                            var valid6 = _errs42 === errors
                                                          } else {
                                                            var valid6 = true
                                                          }
                                                          if (valid6) {
                                                            if (data19.agent !== undefined) {
                                                              let data23 = data19.agent
                                                              const _errs49 = errors
                                                              if (
                                                                !data23 ||
                                                                typeof data23 != 'object'
                                                              ) {
                                                                validate10.errors = [
                                                                  {
                                                                    instancePath:
                                                                      instancePath +
                                                                      '/clusters/' +
                                                                      key2
                                                                        .replace(/~/g, '~0')
                                                                        .replace(/\//g, '~1') +
                                                                      '/hosts/agent',
                                                                    schemaPath:
                                                                      '#/properties/clusters/additionalProperties/properties/hosts/properties/agent/type',
                                                                    keyword: 'type',
                                                                    params: {
                                                                      type: schema11.properties
                                                                        .clusters
                                                                        .additionalProperties
                                                                        .properties.hosts.properties
                                                                        .agent.type,
                                                                    },
                                                                  },
                                                                ]
                                                                return false
                                                              }
                                                              if (errors === _errs49) {
                                                                if (Array.isArray(data23)) {
                                                                  var valid9 = true
                                                                  const len1 = data23.length
                                                                  for (
                                                                    let i1 = 0;
                                                                    i1 < len1;
                                                                    i1++
                                                                  ) {
                                                                    let data24 = data23[i1]
                                                                    const _errs51 = errors
                                                                    if (errors === _errs51) {
                                                                      if (
                                                                        typeof data24 === 'string'
                                                                      ) {
                                                                        if (
                                                                          !pattern6.test(data24)
                                                                        ) {
                                                                          validate10.errors = [
                                                                            {
                                                                              instancePath:
                                                                                instancePath +
                                                                                '/clusters/' +
                                                                                key2
                                                                                  .replace(
                                                                                    /~/g,
                                                                                    '~0',
                                                                                  )
                                                                                  .replace(
                                                                                    /\//g,
                                                                                    '~1',
                                                                                  ) +
                                                                                '/hosts/agent/' +
                                                                                i1,
                                                                              schemaPath:
                                                                                '#/properties/clusters/additionalProperties/properties/hosts/properties/agent/items/pattern',
                                                                              keyword: 'pattern',
                                                                              params: {
                                                                                pattern: '.',
                                                                              },
                                                                            },
                                                                          ]
                                                                          return false
                                                                        }
                                                                      } else {
                                                                        validate10.errors = [
                                                                          {
                                                                            instancePath:
                                                                              instancePath +
                                                                              '/clusters/' +
                                                                              key2
                                                                                .replace(/~/g, '~0')
                                                                                .replace(
                                                                                  /\//g,
                                                                                  '~1',
                                                                                ) +
                                                                              '/hosts/agent/' +
                                                                              i1,
                                                                            schemaPath:
                                                                              '#/properties/clusters/additionalProperties/properties/hosts/properties/agent/items/type',
                                                                            keyword: 'type',
                                                                            params: {
                                                                              type: 'string',
                                                                            },
                                                                          },
                                                                        ]
                                                                        return false
                                                                      }
                                                                    }
                                                                    var valid9 = _errs51 === errors
                                                                    if (!valid9) {
                                                                      break
                                                                    }
                                                                  }
                                                                }
                                                                if (errors === _errs49) {
                                                                  if (
                                                                    data23 &&
                                                                    typeof data23 == 'object' &&
                                                                    !Array.isArray(data23)
                                                                  ) {
                                                                    for (const key8 in data23) {
                                                                      let data25 = data23[key8]
                                                                      const _errs54 = errors
                                                                      if (
                                                                        !(
                                                                          data25 &&
                                                                          typeof data25 ==
                                                                            'object' &&
                                                                          !Array.isArray(data25)
                                                                        ) &&
                                                                        data25 !== null
                                                                      ) {
                                                                        validate10.errors = [
                                                                          {
                                                                            instancePath:
                                                                              instancePath +
                                                                              '/clusters/' +
                                                                              key2
                                                                                .replace(/~/g, '~0')
                                                                                .replace(
                                                                                  /\//g,
                                                                                  '~1',
                                                                                ) +
                                                                              '/hosts/agent/' +
                                                                              key8
                                                                                .replace(/~/g, '~0')
                                                                                .replace(
                                                                                  /\//g,
                                                                                  '~1',
                                                                                ),
                                                                            schemaPath:
                                                                              '#/properties/clusters/additionalProperties/properties/hosts/properties/agent/additionalProperties/type',
                                                                            keyword: 'type',
                                                                            params: {
                                                                              type: schema11
                                                                                .properties.clusters
                                                                                .additionalProperties
                                                                                .properties.hosts
                                                                                .properties.agent
                                                                                .additionalProperties
                                                                                .type,
                                                                            },
                                                                          },
                                                                        ]
                                                                        return false
                                                                      }
                                                                      var valid10 =
                                                                        _errs54 === errors
                                                                      if (!valid10) {
                                                                        break
                                                                      }
                                                                    }
                                                                  }
                                                                }
                                                              }
                                                              var valid6 = _errs49 === errors
                                                            } else {
                                                              var valid6 = true
                                                            }
                                                          }
                                                        }
                                                      } else {
                                                        validate10.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              '/clusters/' +
                                                              key2
                                                                .replace(/~/g, '~0')
                                                                .replace(/\//g, '~1') +
                                                              '/hosts',
                                                            schemaPath:
                                                              '#/properties/clusters/additionalProperties/properties/hosts/type',
                                                            keyword: 'type',
                                                            params: { type: 'object' },
                                                          },
                                                        ]
                                                        return false
                                                      }
                                                    }
                                                    var valid3 = _errs39 === errors
                                                  } else {
                                                    var valid3 = true
                                                  }
                                                }
                                              }
                                            }
                                          }
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                    var valid2 = _errs6 === errors
                    if (!valid2) {
                      break
                    }
                  }
                }
              }
            } else {
              validate10.errors = [
                {
                  instancePath: instancePath + '/clusters',
                  schemaPath: '#/properties/clusters/type',
                  keyword: 'type',
                  params: { type: 'object' },
                },
              ]
              return false
            }
          }
          var valid0 = _errs2 === errors
        } else {
          var valid0 = true
        }
        if (valid0) {
          if (data.defaults !== undefined) {
            let data26 = data.defaults
            const _errs56 = errors
            if (errors === _errs56) {
              if (data26 && typeof data26 == 'object' && !Array.isArray(data26)) {
                const _errs58 = errors
                for (const key9 in data26) {
                  if (!func2.call(schema11.properties.defaults.properties, key9)) {
                    validate10.errors = [
                      {
                        instancePath: instancePath + '/defaults',
                        schemaPath: '#/properties/defaults/additionalProperties',
                        keyword: 'additionalProperties',
                        params: { additionalProperty: key9 },
                      },
                    ]
                    return false
                    break
                  }
                }
                if (_errs58 === errors) {
                  if (data26.role !== undefined) {
                    const _errs59 = errors
                    if (!(data26.role === 'k3s-io')) {
                      validate10.errors = [
                        {
                          instancePath: instancePath + '/defaults/role',
                          schemaPath: '#/properties/defaults/properties/role/enum',
                          keyword: 'enum',
                          params: {
                            allowedValues: schema11.properties.defaults.properties.role.enum,
                          },
                        },
                      ]
                      return false
                    }
                    var valid11 = _errs59 === errors
                  } else {
                    var valid11 = true
                  }
                  if (valid11) {
                    if (data26.groups !== undefined) {
                      let data28 = data26.groups
                      const _errs60 = errors
                      if (errors === _errs60) {
                        if (data28 && typeof data28 == 'object' && !Array.isArray(data28)) {
                          const _errs62 = errors
                          for (const key10 in data28) {
                            if (!(key10 === 'cluster' || key10 === 'server' || key10 === 'agent')) {
                              validate10.errors = [
                                {
                                  instancePath: instancePath + '/defaults/groups',
                                  schemaPath:
                                    '#/properties/defaults/properties/groups/additionalProperties',
                                  keyword: 'additionalProperties',
                                  params: { additionalProperty: key10 },
                                },
                              ]
                              return false
                              break
                            }
                          }
                          if (_errs62 === errors) {
                            if (data28.cluster !== undefined) {
                              let data29 = data28.cluster
                              const _errs63 = errors
                              if (errors === _errs63) {
                                if (typeof data29 === 'string') {
                                  if (!pattern1.test(data29)) {
                                    validate10.errors = [
                                      {
                                        instancePath: instancePath + '/defaults/groups/cluster',
                                        schemaPath:
                                          '#/properties/defaults/properties/groups/properties/cluster/pattern',
                                        keyword: 'pattern',
                                        params: { pattern: '^(?!_meta$).' },
                                      },
                                    ]
                                    return false
                                  }
                                } else {
                                  validate10.errors = [
                                    {
                                      instancePath: instancePath + '/defaults/groups/cluster',
                                      schemaPath:
                                        '#/properties/defaults/properties/groups/properties/cluster/type',
                                      keyword: 'type',
                                      params: { type: 'string' },
                                    },
                                  ]
                                  return false
                                }
                              }
                              var valid12 = _errs63 === errors
                            } else {
                              var valid12 = true
                            }
                            if (valid12) {
                              if (data28.server !== undefined) {
                                let data30 = data28.server
                                const _errs65 = errors
                                if (errors === _errs65) {
                                  if (typeof data30 === 'string') {
                                    if (!pattern1.test(data30)) {
                                      validate10.errors = [
                                        {
                                          instancePath: instancePath + '/defaults/groups/server',
                                          schemaPath:
                                            '#/properties/defaults/properties/groups/properties/server/pattern',
                                          keyword: 'pattern',
                                          params: { pattern: '^(?!_meta$).' },
                                        },
                                      ]
                                      return false
                                    }
                                  } else {
                                    validate10.errors = [
                                      {
                                        instancePath: instancePath + '/defaults/groups/server',
                                        schemaPath:
                                          '#/properties/defaults/properties/groups/properties/server/type',
                                        keyword: 'type',
                                        params: { type: 'string' },
                                      },
                                    ]
                                    return false
                                  }
                                }
                                var valid12 = _errs65 === errors
                              } else {
                                var valid12 = true
                              }
                              if (valid12) {
                                if (data28.agent !== undefined) {
                                  let data31 = data28.agent
                                  const _errs67 = errors
                                  if (errors === _errs67) {
                                    if (typeof data31 === 'string') {
                                      if (!pattern1.test(data31)) {
                                        validate10.errors = [
                                          {
                                            instancePath: instancePath + '/defaults/groups/agent',
                                            schemaPath:
                                              '#/properties/defaults/properties/groups/properties/agent/pattern',
                                            keyword: 'pattern',
                                            params: { pattern: '^(?!_meta$).' },
                                          },
                                        ]
                                        return false
                                      }
                                    } else {
                                      validate10.errors = [
                                        {
                                          instancePath: instancePath + '/defaults/groups/agent',
                                          schemaPath:
                                            '#/properties/defaults/properties/groups/properties/agent/type',
                                          keyword: 'type',
                                          params: { type: 'string' },
                                        },
                                      ]
                                      return false
                                    }
                                  }
                                  var valid12 = _errs67 === errors
                                } else {
                                  var valid12 = true
                                }
                              }
                            }
                          }
                        } else {
                          validate10.errors = [
                            {
                              instancePath: instancePath + '/defaults/groups',
                              schemaPath: '#/properties/defaults/properties/groups/type',
                              keyword: 'type',
                              params: { type: 'object' },
                            },
                          ]
                          return false
                        }
                      }
                      var valid11 = _errs60 === errors
                    } else {
                      var valid11 = true
                    }
                    if (valid11) {
                      if (data26.vars !== undefined) {
                        let data32 = data26.vars
                        const _errs69 = errors
                        if (!(data32 && typeof data32 == 'object' && !Array.isArray(data32))) {
                          validate10.errors = [
                            {
                              instancePath: instancePath + '/defaults/vars',
                              schemaPath: '#/properties/defaults/properties/vars/type',
                              keyword: 'type',
                              params: { type: 'object' },
                            },
                          ]
                          return false
                        }
                        var valid11 = _errs69 === errors
                      } else {
                        var valid11 = true
                      }
                      if (valid11) {
                        if (data26.agent_token !== undefined) {
                          const _errs71 = errors
                          if (typeof data26.agent_token !== 'boolean') {
                            validate10.errors = [
                              {
                                instancePath: instancePath + '/defaults/agent_token',
                                schemaPath: '#/properties/defaults/properties/agent_token/type',
                                keyword: 'type',
                                params: { type: 'boolean' },
                              },
                            ]
                            return false
                          }
                          var valid11 = _errs71 === errors
                        } else {
                          var valid11 = true
                        }
                        if (valid11) {
                          if (data26.vault_id !== undefined) {
                            let data34 = data26.vault_id
                            const _errs73 = errors
                            if (errors === _errs73) {
                              if (typeof data34 === 'string') {
                                if (!pattern4.test(data34)) {
                                  validate10.errors = [
                                    {
                                      instancePath: instancePath + '/defaults/vault_id',
                                      schemaPath:
                                        '#/properties/defaults/properties/vault_id/pattern',
                                      keyword: 'pattern',
                                      params: { pattern: '^[^;@\\s]+$' },
                                    },
                                  ]
                                  return false
                                }
                              } else {
                                validate10.errors = [
                                  {
                                    instancePath: instancePath + '/defaults/vault_id',
                                    schemaPath: '#/properties/defaults/properties/vault_id/type',
                                    keyword: 'type',
                                    params: { type: 'string' },
                                  },
                                ]
                                return false
                              }
                            }
                            var valid11 = _errs73 === errors
                          } else {
                            var valid11 = true
                          }
                          if (valid11) {
                            if (data26.emit !== undefined) {
                              let data35 = data26.emit
                              const _errs75 = errors
                              if (!(data35 === 'plain' || data35 === 'vaulted')) {
                                validate10.errors = [
                                  {
                                    instancePath: instancePath + '/defaults/emit',
                                    schemaPath: '#/properties/defaults/properties/emit/enum',
                                    keyword: 'enum',
                                    params: {
                                      allowedValues:
                                        schema11.properties.defaults.properties.emit.enum,
                                    },
                                  },
                                ]
                                return false
                              }
                              var valid11 = _errs75 === errors
                            } else {
                              var valid11 = true
                            }
                            if (valid11) {
                              if (data26.level !== undefined) {
                                let data36 = data26.level
                                const _errs76 = errors
                                if (!(data36 === 'group' || data36 === 'host')) {
                                  validate10.errors = [
                                    {
                                      instancePath: instancePath + '/defaults/level',
                                      schemaPath: '#/properties/defaults/properties/level/enum',
                                      keyword: 'enum',
                                      params: {
                                        allowedValues:
                                          schema11.properties.defaults.properties.level.enum,
                                      },
                                    },
                                  ]
                                  return false
                                }
                                var valid11 = _errs76 === errors
                              } else {
                                var valid11 = true
                              }
                              if (valid11) {
                                if (data26.mint !== undefined) {
                                  let data37 = data26.mint
                                  const _errs77 = errors
                                  if (!(data37 === 'first-use' || data37 === 'never')) {
                                    validate10.errors = [
                                      {
                                        instancePath: instancePath + '/defaults/mint',
                                        schemaPath: '#/properties/defaults/properties/mint/enum',
                                        keyword: 'enum',
                                        params: {
                                          allowedValues:
                                            schema11.properties.defaults.properties.mint.enum,
                                        },
                                      },
                                    ]
                                    return false
                                  }
                                  var valid11 = _errs77 === errors
                                } else {
                                  var valid11 = true
                                }
                                if (valid11) {
                                  if (data26.probe !== undefined) {
                                    const _errs78 = errors
                                    if (typeof data26.probe !== 'boolean') {
                                      validate10.errors = [
                                        {
                                          instancePath: instancePath + '/defaults/probe',
                                          schemaPath: '#/properties/defaults/properties/probe/type',
                                          keyword: 'type',
                                          params: { type: 'boolean' },
                                        },
                                      ]
                                      return false
                                    }
                                    var valid11 = _errs78 === errors
                                  } else {
                                    var valid11 = true
                                  }
                                  if (valid11) {
                                    if (data26.encrypt !== undefined) {
                                      let data39 = data26.encrypt
                                      const _errs80 = errors
                                      if (!(data39 === 'always' || data39 === 'never')) {
                                        validate10.errors = [
                                          {
                                            instancePath: instancePath + '/defaults/encrypt',
                                            schemaPath:
                                              '#/properties/defaults/properties/encrypt/enum',
                                            keyword: 'enum',
                                            params: {
                                              allowedValues:
                                                schema11.properties.defaults.properties.encrypt
                                                  .enum,
                                            },
                                          },
                                        ]
                                        return false
                                      }
                                      var valid11 = _errs80 === errors
                                    } else {
                                      var valid11 = true
                                    }
                                    if (valid11) {
                                      if (data26.token !== undefined) {
                                        let data40 = data26.token
                                        const _errs81 = errors
                                        if (errors === _errs81) {
                                          if (
                                            data40 &&
                                            typeof data40 == 'object' &&
                                            !Array.isArray(data40)
                                          ) {
                                            const _errs83 = errors
                                            for (const key11 in data40) {
                                              if (!(key11 === 'length' || key11 === 'alphabet')) {
                                                validate10.errors = [
                                                  {
                                                    instancePath: instancePath + '/defaults/token',
                                                    schemaPath:
                                                      '#/properties/defaults/properties/token/additionalProperties',
                                                    keyword: 'additionalProperties',
                                                    params: { additionalProperty: key11 },
                                                  },
                                                ]
                                                return false
                                                break
                                              }
                                            }
                                            if (_errs83 === errors) {
                                              if (data40.length !== undefined) {
                                                let data41 = data40.length
                                                const _errs84 = errors
                                                if (!(
                                                  typeof data41 == 'number' &&
                                                  !(data41 % 1) &&
                                                  !isNaN(data41) &&
                                                  isFinite(data41)
                                                )) {
                                                  validate10.errors = [
                                                    {
                                                      instancePath:
                                                        instancePath + '/defaults/token/length',
                                                      schemaPath:
                                                        '#/properties/defaults/properties/token/properties/length/type',
                                                      keyword: 'type',
                                                      params: { type: 'integer' },
                                                    },
                                                  ]
                                                  return false
                                                }
                                                if (errors === _errs84) {
                                                  if (
                                                    typeof data41 == 'number' &&
                                                    isFinite(data41)
                                                  ) {
                                                    if (data41 > 256 || isNaN(data41)) {
                                                      validate10.errors = [
                                                        {
                                                          instancePath:
                                                            instancePath + '/defaults/token/length',
                                                          schemaPath:
                                                            '#/properties/defaults/properties/token/properties/length/maximum',
                                                          keyword: 'maximum',
                                                          params: { comparison: '<=', limit: 256 },
                                                        },
                                                      ]
                                                      return false
                                                    } else {
                                                      if (data41 < 16 || isNaN(data41)) {
                                                        validate10.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              '/defaults/token/length',
                                                            schemaPath:
                                                              '#/properties/defaults/properties/token/properties/length/minimum',
                                                            keyword: 'minimum',
                                                            params: { comparison: '>=', limit: 16 },
                                                          },
                                                        ]
                                                        return false
                                                      }
                                                    }
                                                  }
                                                }
                                                var valid13 = _errs84 === errors
                                              } else {
                                                var valid13 = true
                                              }
                                              if (valid13) {
                                                if (data40.alphabet !== undefined) {
                                                  let data42 = data40.alphabet
                                                  const _errs86 = errors
                                                  if (!(
                                                    data42 === 'alphanumeric' ||
                                                    data42 === 'hex' ||
                                                    data42 === 'url-safe' ||
                                                    data42 === 'complex'
                                                  )) {
                                                    validate10.errors = [
                                                      {
                                                        instancePath:
                                                          instancePath + '/defaults/token/alphabet',
                                                        schemaPath:
                                                          '#/properties/defaults/properties/token/properties/alphabet/enum',
                                                        keyword: 'enum',
                                                        params: {
                                                          allowedValues:
                                                            schema11.properties.defaults.properties
                                                              .token.properties.alphabet.enum,
                                                        },
                                                      },
                                                    ]
                                                    return false
                                                  }
                                                  var valid13 = _errs86 === errors
                                                } else {
                                                  var valid13 = true
                                                }
                                              }
                                            }
                                          } else {
                                            validate10.errors = [
                                              {
                                                instancePath: instancePath + '/defaults/token',
                                                schemaPath:
                                                  '#/properties/defaults/properties/token/type',
                                                keyword: 'type',
                                                params: { type: 'object' },
                                              },
                                            ]
                                            return false
                                          }
                                        }
                                        var valid11 = _errs81 === errors
                                      } else {
                                        var valid11 = true
                                      }
                                      if (valid11) {
                                        if (data26.store !== undefined) {
                                          let data43 = data26.store
                                          const _errs87 = errors
                                          if (errors === _errs87) {
                                            if (typeof data43 === 'string') {
                                              if (!pattern5.test(data43)) {
                                                validate10.errors = [
                                                  {
                                                    instancePath: instancePath + '/defaults/store',
                                                    schemaPath:
                                                      '#/properties/defaults/properties/store/pattern',
                                                    keyword: 'pattern',
                                                    params: { pattern: '^[^\\u0000]+$' },
                                                  },
                                                ]
                                                return false
                                              }
                                            } else {
                                              validate10.errors = [
                                                {
                                                  instancePath: instancePath + '/defaults/store',
                                                  schemaPath:
                                                    '#/properties/defaults/properties/store/type',
                                                  keyword: 'type',
                                                  params: { type: 'string' },
                                                },
                                              ]
                                              return false
                                            }
                                          }
                                          var valid11 = _errs87 === errors
                                        } else {
                                          var valid11 = true
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              } else {
                validate10.errors = [
                  {
                    instancePath: instancePath + '/defaults',
                    schemaPath: '#/properties/defaults/type',
                    keyword: 'type',
                    params: { type: 'object' },
                  },
                ]
                return false
              }
            }
            var valid0 = _errs56 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.include !== undefined) {
              let data44 = data.include
              const _errs89 = errors
              if (typeof data44 !== 'string' && !Array.isArray(data44)) {
                validate10.errors = [
                  {
                    instancePath: instancePath + '/include',
                    schemaPath: '#/properties/include/type',
                    keyword: 'type',
                    params: { type: schema11.properties.include.type },
                  },
                ]
                return false
              }
              if (errors === _errs89) {
                if (typeof data44 === 'string') {
                  if (!pattern6.test(data44)) {
                    validate10.errors = [
                      {
                        instancePath: instancePath + '/include',
                        schemaPath: '#/properties/include/pattern',
                        keyword: 'pattern',
                        params: { pattern: '.' },
                      },
                    ]
                    return false
                  }
                }
                if (errors === _errs89) {
                  if (Array.isArray(data44)) {
                    var valid14 = true
                    const len2 = data44.length
                    for (let i2 = 0; i2 < len2; i2++) {
                      let data45 = data44[i2]
                      const _errs91 = errors
                      if (errors === _errs91) {
                        if (typeof data45 === 'string') {
                          if (!pattern6.test(data45)) {
                            validate10.errors = [
                              {
                                instancePath: instancePath + '/include/' + i2,
                                schemaPath: '#/properties/include/items/pattern',
                                keyword: 'pattern',
                                params: { pattern: '.' },
                              },
                            ]
                            return false
                          }
                        } else {
                          validate10.errors = [
                            {
                              instancePath: instancePath + '/include/' + i2,
                              schemaPath: '#/properties/include/items/type',
                              keyword: 'type',
                              params: { type: 'string' },
                            },
                          ]
                          return false
                        }
                      }
                      var valid14 = _errs91 === errors
                      if (!valid14) {
                        break
                      }
                    }
                  }
                }
              }
              var valid0 = _errs89 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate10.errors = [
        { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } },
      ]
      return false
    }
  }
  validate10.errors = vErrors
  return errors === 0
}
