// Generated from src/config/schema.ts by `npm run generate`.
'use strict'
module.exports = validate21
module.exports.default = validate21
const schema6 = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  $id: 'k3s_vars.schema.json',
  definitions: {
    custom: {
      type: 'object',
      additionalProperties: false,
      properties: {
        groups: {
          type: 'object',
          additionalProperties: false,
          properties: {
            cluster: { type: 'string', pattern: '^(?!_meta$).' },
            server: { type: 'string', pattern: '^(?!_meta$).' },
            agent: { type: 'string', pattern: '^(?!_meta$).' },
          },
        },
        variables: {
          type: 'object',
          additionalProperties: false,
          properties: {
            cluster: { $ref: '#/definitions/tokenVariables' },
            server: { $ref: '#/definitions/tokenVariables' },
            agent: { $ref: '#/definitions/tokenVariables' },
          },
        },
        files: {
          type: 'array',
          items: {
            type: 'object',
            additionalProperties: false,
            required: ['side', 'file', 'encoding'],
            properties: {
              side: { enum: ['server', 'agent'] },
              file: { type: 'string', pattern: '.' },
              encoding: {
                enum: [
                  'to_nice_yaml',
                  'yaml-unquoted',
                  'systemd-environment-file',
                  'systemd-exec-start',
                  'openrc-sourced-file',
                  'install-script',
                  'command-module',
                  'shell',
                  'cut-at-colons',
                  'plain-file',
                ],
              },
              kind: { enum: ['server', 'agent'] },
            },
          },
        },
      },
    },
    tokenVariables: {
      type: 'object',
      propertyNames: { pattern: '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$' },
      additionalProperties: { enum: ['server', 'agent'] },
    },
  },
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
          role: {
            enum: [
              'k3s-io',
              'timothystewart6',
              'pyratlabs',
              'rke2-ansible',
              'lablabs',
              'ednz',
              'jon-stumpf',
              'custom',
            ],
          },
          custom: { $ref: '#/definitions/custom' },
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
        role: {
          enum: [
            'k3s-io',
            'timothystewart6',
            'pyratlabs',
            'rke2-ansible',
            'lablabs',
            'ednz',
            'jon-stumpf',
            'custom',
          ],
        },
        custom: { $ref: '#/definitions/custom' },
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
const pattern9 = new RegExp('^[^;@\\s]+$', 'u')
const pattern10 = new RegExp('^[^\\u0000]+$', 'u')
const pattern5 = new RegExp('.', 'u')
const func2 = Object.prototype.hasOwnProperty
const schema7 = {
  type: 'object',
  additionalProperties: false,
  properties: {
    groups: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cluster: { type: 'string', pattern: '^(?!_meta$).' },
        server: { type: 'string', pattern: '^(?!_meta$).' },
        agent: { type: 'string', pattern: '^(?!_meta$).' },
      },
    },
    variables: {
      type: 'object',
      additionalProperties: false,
      properties: {
        cluster: { $ref: '#/definitions/tokenVariables' },
        server: { $ref: '#/definitions/tokenVariables' },
        agent: { $ref: '#/definitions/tokenVariables' },
      },
    },
    files: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['side', 'file', 'encoding'],
        properties: {
          side: { enum: ['server', 'agent'] },
          file: { type: 'string', pattern: '.' },
          encoding: {
            enum: [
              'to_nice_yaml',
              'yaml-unquoted',
              'systemd-environment-file',
              'systemd-exec-start',
              'openrc-sourced-file',
              'install-script',
              'command-module',
              'shell',
              'cut-at-colons',
              'plain-file',
            ],
          },
          kind: { enum: ['server', 'agent'] },
        },
      },
    },
  },
}
const schema8 = {
  type: 'object',
  propertyNames: { pattern: '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$' },
  additionalProperties: { enum: ['server', 'agent'] },
}
const pattern4 = new RegExp('^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$', 'u')
function validate23(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      for (const key0 in data) {
        const _errs1 = errors
        if (typeof key0 === 'string') {
          if (!pattern4.test(key0)) {
            const err0 = {
              instancePath,
              schemaPath: '#/propertyNames/pattern',
              keyword: 'pattern',
              params: { pattern: '^[A-Za-z_]\\w*(?:\\.[^.\\s]+)?$' },
              propertyName: key0,
            }
            if (vErrors === null) {
              vErrors = [err0]
            } else {
              vErrors.push(err0)
            }
            errors++
          }
        }
        var valid0 = _errs1 === errors
        if (!valid0) {
          const err1 = {
            instancePath,
            schemaPath: '#/propertyNames',
            keyword: 'propertyNames',
            params: { propertyName: key0 },
          }
          if (vErrors === null) {
            vErrors = [err1]
          } else {
            vErrors.push(err1)
          }
          errors++
          validate23.errors = vErrors
          return false
          break
        }
      }
      if (valid0) {
        for (const key1 in data) {
          let data0 = data[key1]
          const _errs3 = errors
          if (!(data0 === 'server' || data0 === 'agent')) {
            validate23.errors = [
              {
                instancePath: instancePath + '/' + key1.replace(/~/g, '~0').replace(/\//g, '~1'),
                schemaPath: '#/additionalProperties/enum',
                keyword: 'enum',
                params: { allowedValues: schema8.additionalProperties.enum },
              },
            ]
            return false
          }
          var valid1 = _errs3 === errors
          if (!valid1) {
            break
          }
        }
      }
    } else {
      validate23.errors = [
        { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } },
      ]
      return false
    }
  }
  validate23.errors = vErrors
  return errors === 0
}
function validate22(
  data,
  { instancePath = '', parentData, parentDataProperty, rootData = data } = {},
) {
  let vErrors = null
  let errors = 0
  if (errors === 0) {
    if (data && typeof data == 'object' && !Array.isArray(data)) {
      const _errs1 = errors
      for (const key0 in data) {
        if (!(key0 === 'groups' || key0 === 'variables' || key0 === 'files')) {
          validate22.errors = [
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
        if (data.groups !== undefined) {
          let data0 = data.groups
          const _errs2 = errors
          if (errors === _errs2) {
            if (data0 && typeof data0 == 'object' && !Array.isArray(data0)) {
              const _errs4 = errors
              for (const key1 in data0) {
                if (!(key1 === 'cluster' || key1 === 'server' || key1 === 'agent')) {
                  validate22.errors = [
                    {
                      instancePath: instancePath + '/groups',
                      schemaPath: '#/properties/groups/additionalProperties',
                      keyword: 'additionalProperties',
                      params: { additionalProperty: key1 },
                    },
                  ]
                  return false
                  break
                }
              }
              if (_errs4 === errors) {
                if (data0.cluster !== undefined) {
                  let data1 = data0.cluster
                  const _errs5 = errors
                  if (errors === _errs5) {
                    if (typeof data1 === 'string') {
                      if (!pattern1.test(data1)) {
                        validate22.errors = [
                          {
                            instancePath: instancePath + '/groups/cluster',
                            schemaPath: '#/properties/groups/properties/cluster/pattern',
                            keyword: 'pattern',
                            params: { pattern: '^(?!_meta$).' },
                          },
                        ]
                        return false
                      }
                    } else {
                      validate22.errors = [
                        {
                          instancePath: instancePath + '/groups/cluster',
                          schemaPath: '#/properties/groups/properties/cluster/type',
                          keyword: 'type',
                          params: { type: 'string' },
                        },
                      ]
                      return false
                    }
                  }
                  var valid1 = _errs5 === errors
                } else {
                  var valid1 = true
                }
                if (valid1) {
                  if (data0.server !== undefined) {
                    let data2 = data0.server
                    const _errs7 = errors
                    if (errors === _errs7) {
                      if (typeof data2 === 'string') {
                        if (!pattern1.test(data2)) {
                          validate22.errors = [
                            {
                              instancePath: instancePath + '/groups/server',
                              schemaPath: '#/properties/groups/properties/server/pattern',
                              keyword: 'pattern',
                              params: { pattern: '^(?!_meta$).' },
                            },
                          ]
                          return false
                        }
                      } else {
                        validate22.errors = [
                          {
                            instancePath: instancePath + '/groups/server',
                            schemaPath: '#/properties/groups/properties/server/type',
                            keyword: 'type',
                            params: { type: 'string' },
                          },
                        ]
                        return false
                      }
                    }
                    var valid1 = _errs7 === errors
                  } else {
                    var valid1 = true
                  }
                  if (valid1) {
                    if (data0.agent !== undefined) {
                      let data3 = data0.agent
                      const _errs9 = errors
                      if (errors === _errs9) {
                        if (typeof data3 === 'string') {
                          if (!pattern1.test(data3)) {
                            validate22.errors = [
                              {
                                instancePath: instancePath + '/groups/agent',
                                schemaPath: '#/properties/groups/properties/agent/pattern',
                                keyword: 'pattern',
                                params: { pattern: '^(?!_meta$).' },
                              },
                            ]
                            return false
                          }
                        } else {
                          validate22.errors = [
                            {
                              instancePath: instancePath + '/groups/agent',
                              schemaPath: '#/properties/groups/properties/agent/type',
                              keyword: 'type',
                              params: { type: 'string' },
                            },
                          ]
                          return false
                        }
                      }
                      var valid1 = _errs9 === errors
                    } else {
                      var valid1 = true
                    }
                  }
                }
              }
            } else {
              validate22.errors = [
                {
                  instancePath: instancePath + '/groups',
                  schemaPath: '#/properties/groups/type',
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
          if (data.variables !== undefined) {
            let data4 = data.variables
            const _errs11 = errors
            if (errors === _errs11) {
              if (data4 && typeof data4 == 'object' && !Array.isArray(data4)) {
                const _errs13 = errors
                for (const key2 in data4) {
                  if (!(key2 === 'cluster' || key2 === 'server' || key2 === 'agent')) {
                    validate22.errors = [
                      {
                        instancePath: instancePath + '/variables',
                        schemaPath: '#/properties/variables/additionalProperties',
                        keyword: 'additionalProperties',
                        params: { additionalProperty: key2 },
                      },
                    ]
                    return false
                    break
                  }
                }
                if (_errs13 === errors) {
                  if (data4.cluster !== undefined) {
                    const _errs14 = errors
                    if (
                      !validate23(data4.cluster, {
                        instancePath: instancePath + '/variables/cluster',
                        parentData: data4,
                        parentDataProperty: 'cluster',
                        rootData,
                      })
                    ) {
                      vErrors =
                        vErrors === null ? validate23.errors : vErrors.concat(validate23.errors)
                      errors = vErrors.length
                    }
                    var valid2 = _errs14 === errors
                  } else {
                    var valid2 = true
                  }
                  if (valid2) {
                    if (data4.server !== undefined) {
                      const _errs15 = errors
                      if (
                        !validate23(data4.server, {
                          instancePath: instancePath + '/variables/server',
                          parentData: data4,
                          parentDataProperty: 'server',
                          rootData,
                        })
                      ) {
                        vErrors =
                          vErrors === null ? validate23.errors : vErrors.concat(validate23.errors)
                        errors = vErrors.length
                      }
                      var valid2 = _errs15 === errors
                    } else {
                      var valid2 = true
                    }
                    if (valid2) {
                      if (data4.agent !== undefined) {
                        const _errs16 = errors
                        if (
                          !validate23(data4.agent, {
                            instancePath: instancePath + '/variables/agent',
                            parentData: data4,
                            parentDataProperty: 'agent',
                            rootData,
                          })
                        ) {
                          vErrors =
                            vErrors === null ? validate23.errors : vErrors.concat(validate23.errors)
                          errors = vErrors.length
                        }
                        var valid2 = _errs16 === errors
                      } else {
                        var valid2 = true
                      }
                    }
                  }
                }
              } else {
                validate22.errors = [
                  {
                    instancePath: instancePath + '/variables',
                    schemaPath: '#/properties/variables/type',
                    keyword: 'type',
                    params: { type: 'object' },
                  },
                ]
                return false
              }
            }
            var valid0 = _errs11 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.files !== undefined) {
              let data8 = data.files
              const _errs17 = errors
              if (errors === _errs17) {
                if (Array.isArray(data8)) {
                  var valid3 = true
                  const len0 = data8.length
                  for (let i0 = 0; i0 < len0; i0++) {
                    let data9 = data8[i0]
                    const _errs19 = errors
                    if (errors === _errs19) {
                      if (data9 && typeof data9 == 'object' && !Array.isArray(data9)) {
                        let missing0
                        if (
                          (data9.side === undefined && (missing0 = 'side')) ||
                          (data9.file === undefined && (missing0 = 'file')) ||
                          (data9.encoding === undefined && (missing0 = 'encoding'))
                        ) {
                          validate22.errors = [
                            {
                              instancePath: instancePath + '/files/' + i0,
                              schemaPath: '#/properties/files/items/required',
                              keyword: 'required',
                              params: { missingProperty: missing0 },
                            },
                          ]
                          return false
                        } else {
                          const _errs21 = errors
                          for (const key3 in data9) {
                            if (!(
                              key3 === 'side' ||
                              key3 === 'file' ||
                              key3 === 'encoding' ||
                              key3 === 'kind'
                            )) {
                              validate22.errors = [
                                {
                                  instancePath: instancePath + '/files/' + i0,
                                  schemaPath: '#/properties/files/items/additionalProperties',
                                  keyword: 'additionalProperties',
                                  params: { additionalProperty: key3 },
                                },
                              ]
                              return false
                              break
                            }
                          }
                          if (_errs21 === errors) {
                            if (data9.side !== undefined) {
                              let data10 = data9.side
                              const _errs22 = errors
                              if (!(data10 === 'server' || data10 === 'agent')) {
                                validate22.errors = [
                                  {
                                    instancePath: instancePath + '/files/' + i0 + '/side',
                                    schemaPath: '#/properties/files/items/properties/side/enum',
                                    keyword: 'enum',
                                    params: {
                                      allowedValues:
                                        schema7.properties.files.items.properties.side.enum,
                                    },
                                  },
                                ]
                                return false
                              }
                              var valid4 = _errs22 === errors
                            } else {
                              var valid4 = true
                            }
                            if (valid4) {
                              if (data9.file !== undefined) {
                                let data11 = data9.file
                                const _errs23 = errors
                                if (errors === _errs23) {
                                  if (typeof data11 === 'string') {
                                    if (!pattern5.test(data11)) {
                                      validate22.errors = [
                                        {
                                          instancePath: instancePath + '/files/' + i0 + '/file',
                                          schemaPath:
                                            '#/properties/files/items/properties/file/pattern',
                                          keyword: 'pattern',
                                          params: { pattern: '.' },
                                        },
                                      ]
                                      return false
                                    }
                                  } else {
                                    validate22.errors = [
                                      {
                                        instancePath: instancePath + '/files/' + i0 + '/file',
                                        schemaPath: '#/properties/files/items/properties/file/type',
                                        keyword: 'type',
                                        params: { type: 'string' },
                                      },
                                    ]
                                    return false
                                  }
                                }
                                var valid4 = _errs23 === errors
                              } else {
                                var valid4 = true
                              }
                              if (valid4) {
                                if (data9.encoding !== undefined) {
                                  let data12 = data9.encoding
                                  const _errs25 = errors
                                  if (!(
                                    data12 === 'to_nice_yaml' ||
                                    data12 === 'yaml-unquoted' ||
                                    data12 === 'systemd-environment-file' ||
                                    data12 === 'systemd-exec-start' ||
                                    data12 === 'openrc-sourced-file' ||
                                    data12 === 'install-script' ||
                                    data12 === 'command-module' ||
                                    data12 === 'shell' ||
                                    data12 === 'cut-at-colons' ||
                                    data12 === 'plain-file'
                                  )) {
                                    validate22.errors = [
                                      {
                                        instancePath: instancePath + '/files/' + i0 + '/encoding',
                                        schemaPath:
                                          '#/properties/files/items/properties/encoding/enum',
                                        keyword: 'enum',
                                        params: {
                                          allowedValues:
                                            schema7.properties.files.items.properties.encoding.enum,
                                        },
                                      },
                                    ]
                                    return false
                                  }
                                  var valid4 = _errs25 === errors
                                } else {
                                  var valid4 = true
                                }
                                if (valid4) {
                                  if (data9.kind !== undefined) {
                                    let data13 = data9.kind
                                    const _errs26 = errors
                                    if (!(data13 === 'server' || data13 === 'agent')) {
                                      validate22.errors = [
                                        {
                                          instancePath: instancePath + '/files/' + i0 + '/kind',
                                          schemaPath:
                                            '#/properties/files/items/properties/kind/enum',
                                          keyword: 'enum',
                                          params: {
                                            allowedValues:
                                              schema7.properties.files.items.properties.kind.enum,
                                          },
                                        },
                                      ]
                                      return false
                                    }
                                    var valid4 = _errs26 === errors
                                  } else {
                                    var valid4 = true
                                  }
                                }
                              }
                            }
                          }
                        }
                      } else {
                        validate22.errors = [
                          {
                            instancePath: instancePath + '/files/' + i0,
                            schemaPath: '#/properties/files/items/type',
                            keyword: 'type',
                            params: { type: 'object' },
                          },
                        ]
                        return false
                      }
                    }
                    var valid3 = _errs19 === errors
                    if (!valid3) {
                      break
                    }
                  }
                } else {
                  validate22.errors = [
                    {
                      instancePath: instancePath + '/files',
                      schemaPath: '#/properties/files/type',
                      keyword: 'type',
                      params: { type: 'array' },
                    },
                  ]
                  return false
                }
              }
              var valid0 = _errs17 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate22.errors = [
        { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } },
      ]
      return false
    }
  }
  validate22.errors = vErrors
  return errors === 0
}
function validate21(
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
          validate21.errors = [
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
                validate21.errors = [
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
                    validate21.errors = vErrors
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
                      validate21.errors = [
                        {
                          instancePath:
                            instancePath +
                            '/clusters/' +
                            key2.replace(/~/g, '~0').replace(/\//g, '~1'),
                          schemaPath: '#/properties/clusters/additionalProperties/type',
                          keyword: 'type',
                          params: { type: schema6.properties.clusters.additionalProperties.type },
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
                              schema6.properties.clusters.additionalProperties.properties,
                              key3,
                            )
                          ) {
                            validate21.errors = [
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
                            let data2 = data1.role
                            const _errs9 = errors
                            if (!(
                              data2 === 'k3s-io' ||
                              data2 === 'timothystewart6' ||
                              data2 === 'pyratlabs' ||
                              data2 === 'rke2-ansible' ||
                              data2 === 'lablabs' ||
                              data2 === 'ednz' ||
                              data2 === 'jon-stumpf' ||
                              data2 === 'custom'
                            )) {
                              validate21.errors = [
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
                                      schema6.properties.clusters.additionalProperties.properties
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
                            if (data1.custom !== undefined) {
                              const _errs10 = errors
                              if (
                                !validate22(data1.custom, {
                                  instancePath:
                                    instancePath +
                                    '/clusters/' +
                                    key2.replace(/~/g, '~0').replace(/\//g, '~1') +
                                    '/custom',
                                  parentData: data1,
                                  parentDataProperty: 'custom',
                                  rootData,
                                })
                              ) {
                                vErrors =
                                  vErrors === null
                                    ? validate22.errors
                                    : vErrors.concat(validate22.errors)
                                errors = vErrors.length
                              }
                              var valid3 = _errs10 === errors
                            } else {
                              var valid3 = true
                            }
                            if (valid3) {
                              if (data1.groups !== undefined) {
                                let data4 = data1.groups
                                const _errs11 = errors
                                if (errors === _errs11) {
                                  if (data4 && typeof data4 == 'object' && !Array.isArray(data4)) {
                                    const _errs13 = errors
                                    for (const key4 in data4) {
                                      if (!(
                                        key4 === 'cluster' ||
                                        key4 === 'server' ||
                                        key4 === 'agent'
                                      )) {
                                        validate21.errors = [
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
                                    if (_errs13 === errors) {
                                      if (data4.cluster !== undefined) {
                                        let data5 = data4.cluster
                                        const _errs14 = errors
                                        if (errors === _errs14) {
                                          if (typeof data5 === 'string') {
                                            if (!pattern1.test(data5)) {
                                              validate21.errors = [
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
                                            validate21.errors = [
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
                                        var valid4 = _errs14 === errors
                                      } else {
                                        var valid4 = true
                                      }
                                      if (valid4) {
                                        if (data4.server !== undefined) {
                                          let data6 = data4.server
                                          const _errs16 = errors
                                          if (errors === _errs16) {
                                            if (typeof data6 === 'string') {
                                              if (!pattern1.test(data6)) {
                                                validate21.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
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
                                              validate21.errors = [
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
                                          var valid4 = _errs16 === errors
                                        } else {
                                          var valid4 = true
                                        }
                                        if (valid4) {
                                          if (data4.agent !== undefined) {
                                            let data7 = data4.agent
                                            const _errs18 = errors
                                            if (errors === _errs18) {
                                              if (typeof data7 === 'string') {
                                                if (!pattern1.test(data7)) {
                                                  validate21.errors = [
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
                                                validate21.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
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
                                            var valid4 = _errs18 === errors
                                          } else {
                                            var valid4 = true
                                          }
                                        }
                                      }
                                    }
                                  } else {
                                    validate21.errors = [
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
                                var valid3 = _errs11 === errors
                              } else {
                                var valid3 = true
                              }
                              if (valid3) {
                                if (data1.vars !== undefined) {
                                  let data8 = data1.vars
                                  const _errs20 = errors
                                  if (!(
                                    data8 &&
                                    typeof data8 == 'object' &&
                                    !Array.isArray(data8)
                                  )) {
                                    validate21.errors = [
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
                                  var valid3 = _errs20 === errors
                                } else {
                                  var valid3 = true
                                }
                                if (valid3) {
                                  if (data1.agent_token !== undefined) {
                                    const _errs22 = errors
                                    if (typeof data1.agent_token !== 'boolean') {
                                      validate21.errors = [
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
                                    var valid3 = _errs22 === errors
                                  } else {
                                    var valid3 = true
                                  }
                                  if (valid3) {
                                    if (data1.vault_id !== undefined) {
                                      let data10 = data1.vault_id
                                      const _errs24 = errors
                                      if (errors === _errs24) {
                                        if (typeof data10 === 'string') {
                                          if (!pattern9.test(data10)) {
                                            validate21.errors = [
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
                                          validate21.errors = [
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
                                      var valid3 = _errs24 === errors
                                    } else {
                                      var valid3 = true
                                    }
                                    if (valid3) {
                                      if (data1.emit !== undefined) {
                                        let data11 = data1.emit
                                        const _errs26 = errors
                                        if (!(data11 === 'plain' || data11 === 'vaulted')) {
                                          validate21.errors = [
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
                                                  schema6.properties.clusters.additionalProperties
                                                    .properties.emit.enum,
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
                                        if (data1.level !== undefined) {
                                          let data12 = data1.level
                                          const _errs27 = errors
                                          if (!(data12 === 'group' || data12 === 'host')) {
                                            validate21.errors = [
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
                                                    schema6.properties.clusters.additionalProperties
                                                      .properties.level.enum,
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
                                          if (data1.mint !== undefined) {
                                            let data13 = data1.mint
                                            const _errs28 = errors
                                            if (!(data13 === 'first-use' || data13 === 'never')) {
                                              validate21.errors = [
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
                                                      schema6.properties.clusters
                                                        .additionalProperties.properties.mint.enum,
                                                  },
                                                },
                                              ]
                                              return false
                                            }
                                            var valid3 = _errs28 === errors
                                          } else {
                                            var valid3 = true
                                          }
                                          if (valid3) {
                                            if (data1.probe !== undefined) {
                                              const _errs29 = errors
                                              if (typeof data1.probe !== 'boolean') {
                                                validate21.errors = [
                                                  {
                                                    instancePath:
                                                      instancePath +
                                                      '/clusters/' +
                                                      key2
                                                        .replace(/~/g, '~0')
                                                        .replace(/\//g, '~1') +
                                                      '/probe',
                                                    schemaPath:
                                                      '#/properties/clusters/additionalProperties/properties/probe/type',
                                                    keyword: 'type',
                                                    params: { type: 'boolean' },
                                                  },
                                                ]
                                                return false
                                              }
                                              var valid3 = _errs29 === errors
                                            } else {
                                              var valid3 = true
                                            }
                                            if (valid3) {
                                              if (data1.encrypt !== undefined) {
                                                let data15 = data1.encrypt
                                                const _errs31 = errors
                                                if (!(data15 === 'always' || data15 === 'never')) {
                                                  validate21.errors = [
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
                                                          schema6.properties.clusters
                                                            .additionalProperties.properties.encrypt
                                                            .enum,
                                                      },
                                                    },
                                                  ]
                                                  return false
                                                }
                                                var valid3 = _errs31 === errors
                                              } else {
                                                var valid3 = true
                                              }
                                              if (valid3) {
                                                if (data1.token !== undefined) {
                                                  let data16 = data1.token
                                                  const _errs32 = errors
                                                  if (errors === _errs32) {
                                                    if (
                                                      data16 &&
                                                      typeof data16 == 'object' &&
                                                      !Array.isArray(data16)
                                                    ) {
                                                      const _errs34 = errors
                                                      for (const key5 in data16) {
                                                        if (!(
                                                          key5 === 'length' || key5 === 'alphabet'
                                                        )) {
                                                          validate21.errors = [
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
                                                      if (_errs34 === errors) {
                                                        if (data16.length !== undefined) {
                                                          let data17 = data16.length
                                                          const _errs35 = errors
                                                          if (!(
                                                            typeof data17 == 'number' &&
                                                            !(data17 % 1) &&
                                                            !isNaN(data17) &&
                                                            isFinite(data17)
                                                          )) {
                                                            validate21.errors = [
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
                                                          if (errors === _errs35) {
                                                            if (
                                                              typeof data17 == 'number' &&
                                                              isFinite(data17)
                                                            ) {
                                                              if (data17 > 256 || isNaN(data17)) {
                                                                validate21.errors = [
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
                                                                if (data17 < 16 || isNaN(data17)) {
                                                                  validate21.errors = [
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
                                                          var valid5 = _errs35 === errors
                                                        } else {
                                                          var valid5 = true
                                                        }
                                                        if (valid5) {
                                                          if (data16.alphabet !== undefined) {
                                                            let data18 = data16.alphabet
                                                            const _errs37 = errors
                                                            if (!(
                                                              data18 === 'alphanumeric' ||
                                                              data18 === 'hex' ||
                                                              data18 === 'url-safe' ||
                                                              data18 === 'complex'
                                                            )) {
                                                              validate21.errors = [
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
                                                                      schema6.properties.clusters
                                                                        .additionalProperties
                                                                        .properties.token.properties
                                                                        .alphabet.enum,
                                                                  },
                                                                },
                                                              ]
                                                              return false
                                                            }
                                                            var valid5 = _errs37 === errors
                                                          } else {
                                                            var valid5 = true
                                                          }
                                                        }
                                                      }
                                                    } else {
                                                      validate21.errors = [
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
                                                  var valid3 = _errs32 === errors
                                                } else {
                                                  var valid3 = true
                                                }
                                                if (valid3) {
                                                  if (data1.store !== undefined) {
                                                    let data19 = data1.store
                                                    const _errs38 = errors
                                                    if (errors === _errs38) {
                                                      if (typeof data19 === 'string') {
                                                        if (!pattern10.test(data19)) {
                                                          validate21.errors = [
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
                                                        validate21.errors = [
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
                                                    var valid3 = _errs38 === errors
                                                  } else {
                                                    var valid3 = true
                                                  }
                                                  if (valid3) {
                                                    if (data1.hosts !== undefined) {
                                                      let data20 = data1.hosts
                                                      const _errs40 = errors
                                                      if (errors === _errs40) {
                                                        if (
                                                          data20 &&
                                                          typeof data20 == 'object' &&
                                                          !Array.isArray(data20)
                                                        ) {
                                                          const _errs42 = errors
                                                          for (const key6 in data20) {
                                                            if (!(
                                                              key6 === 'server' || key6 === 'agent'
                                                            )) {
                                                              validate21.errors = [
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
                                                          if (_errs42 === errors) {
                                                            if (data20.server !== undefined) {
                                                              let data21 = data20.server
                                                              const _errs43 = errors
                                                              if (
                                                                !data21 ||
                                                                typeof data21 != 'object'
                                                              ) {
                                                                validate21.errors = [
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
                                                                      type: schema6.properties
                                                                        .clusters
                                                                        .additionalProperties
                                                                        .properties.hosts.properties
                                                                        .server.type,
                                                                    },
                                                                  },
                                                                ]
                                                                return false
                                                              }
                                                              if (errors === _errs43) {
                                                                if (Array.isArray(data21)) {
                                                                  var valid7 = true
                                                                  const len0 = data21.length
                                                                  for (
                                                                    let i0 = 0;
                                                                    i0 < len0;
                                                                    i0++
                                                                  ) {
                                                                    let data22 = data21[i0]
                                                                    const _errs45 = errors
                                                                    if (errors === _errs45) {
                                                                      if (
                                                                        typeof data22 === 'string'
                                                                      ) {
                                                                        if (
                                                                          !pattern5.test(data22)
                                                                        ) {
                                                                          validate21.errors = [
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
                                                                        validate21.errors = [
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
                                                                    var valid7 = _errs45 === errors
                                                                    if (!valid7) {
                                                                      break
                                                                    }
                                                                  }
                                                                }
                                                                if (errors === _errs43) {
                                                                  if (
                                                                    data21 &&
                                                                    typeof data21 == 'object' &&
                                                                    !Array.isArray(data21)
                                                                  ) {
                                                                    for (const key7 in data21) {
                                                                      let data23 = data21[key7]
                                                                      const _errs48 = errors
                                                                      if (
                                                                        !(
                                                                          data23 &&
                                                                          typeof data23 ==
                                                                            'object' &&
                                                                          !Array.isArray(data23)
                                                                        ) &&
                                                                        data23 !== null
                                                                      ) {
                                                                        validate21.errors = [
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
                                                                                .replace(
                                                                                  /\//g,
                                                                                  '~1',
                                                                                ),
                                                                            schemaPath:
                                                                              '#/properties/clusters/additionalProperties/properties/hosts/properties/server/additionalProperties/type',
                                                                            keyword: 'type',
                                                                            params: {
                                                                              type: schema6
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
                                                                      var valid8 =
                                                                        _errs48 === errors
                                                                      if (!valid8) {
                                                                        break
                                                                      }
                                                                    }
                                                                  }
                                                                }
                                                              }
                                                              var valid6 = _errs43 === errors
                                                            } else {
                                                              var valid6 = true
                                                            }
                                                            if (valid6) {
                                                              if (data20.agent !== undefined) {
                                                                let data24 = data20.agent
                                                                const _errs50 = errors
                                                                if (
                                                                  !data24 ||
                                                                  typeof data24 != 'object'
                                                                ) {
                                                                  validate21.errors = [
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
                                                                        type: schema6.properties
                                                                          .clusters
                                                                          .additionalProperties
                                                                          .properties.hosts
                                                                          .properties.agent.type,
                                                                      },
                                                                    },
                                                                  ]
                                                                  return false
                                                                }
                                                                if (errors === _errs50) {
                                                                  if (Array.isArray(data24)) {
                                                                    var valid9 = true
                                                                    const len1 = data24.length
                                                                    for (
                                                                      let i1 = 0;
                                                                      i1 < len1;
                                                                      i1++
                                                                    ) {
                                                                      let data25 = data24[i1]
                                                                      const _errs52 = errors
                                                                      if (errors === _errs52) {
                                                                        if (
                                                                          typeof data25 === 'string'
                                                                        ) {
                                                                          if (
                                                                            !pattern5.test(data25)
                                                                          ) {
                                                                            validate21.errors = [
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
                                                                          validate21.errors = [
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
                                                                      var valid9 =
                                                                        _errs52 === errors
                                                                      if (!valid9) {
                                                                        break
                                                                      }
                                                                    }
                                                                  }
                                                                  if (errors === _errs50) {
                                                                    if (
                                                                      data24 &&
                                                                      typeof data24 == 'object' &&
                                                                      !Array.isArray(data24)
                                                                    ) {
                                                                      for (const key8 in data24) {
                                                                        let data26 = data24[key8]
                                                                        const _errs55 = errors
                                                                        if (
                                                                          !(
                                                                            data26 &&
                                                                            typeof data26 ==
                                                                              'object' &&
                                                                            !Array.isArray(data26)
                                                                          ) &&
                                                                          data26 !== null
                                                                        ) {
                                                                          validate21.errors = [
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
                                                                                key8
                                                                                  .replace(
                                                                                    /~/g,
                                                                                    '~0',
                                                                                  )
                                                                                  .replace(
                                                                                    /\//g,
                                                                                    '~1',
                                                                                  ),
                                                                              schemaPath:
                                                                                '#/properties/clusters/additionalProperties/properties/hosts/properties/agent/additionalProperties/type',
                                                                              keyword: 'type',
                                                                              params: {
                                                                                type: schema6
                                                                                  .properties
                                                                                  .clusters
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
                                                                          _errs55 === errors
                                                                        if (!valid10) {
                                                                          break
                                                                        }
                                                                      }
                                                                    }
                                                                  }
                                                                }
                                                                var valid6 = _errs50 === errors
                                                              } else {
                                                                var valid6 = true
                                                              }
                                                            }
                                                          }
                                                        } else {
                                                          validate21.errors = [
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
                                                      var valid3 = _errs40 === errors
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
                    }
                    var valid2 = _errs6 === errors
                    if (!valid2) {
                      break
                    }
                  }
                }
              }
            } else {
              validate21.errors = [
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
            let data27 = data.defaults
            const _errs57 = errors
            if (errors === _errs57) {
              if (data27 && typeof data27 == 'object' && !Array.isArray(data27)) {
                const _errs59 = errors
                for (const key9 in data27) {
                  if (!func2.call(schema6.properties.defaults.properties, key9)) {
                    validate21.errors = [
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
                if (_errs59 === errors) {
                  if (data27.role !== undefined) {
                    let data28 = data27.role
                    const _errs60 = errors
                    if (!(
                      data28 === 'k3s-io' ||
                      data28 === 'timothystewart6' ||
                      data28 === 'pyratlabs' ||
                      data28 === 'rke2-ansible' ||
                      data28 === 'lablabs' ||
                      data28 === 'ednz' ||
                      data28 === 'jon-stumpf' ||
                      data28 === 'custom'
                    )) {
                      validate21.errors = [
                        {
                          instancePath: instancePath + '/defaults/role',
                          schemaPath: '#/properties/defaults/properties/role/enum',
                          keyword: 'enum',
                          params: {
                            allowedValues: schema6.properties.defaults.properties.role.enum,
                          },
                        },
                      ]
                      return false
                    }
                    var valid11 = _errs60 === errors
                  } else {
                    var valid11 = true
                  }
                  if (valid11) {
                    if (data27.custom !== undefined) {
                      const _errs61 = errors
                      if (
                        !validate22(data27.custom, {
                          instancePath: instancePath + '/defaults/custom',
                          parentData: data27,
                          parentDataProperty: 'custom',
                          rootData,
                        })
                      ) {
                        vErrors =
                          vErrors === null ? validate22.errors : vErrors.concat(validate22.errors)
                        errors = vErrors.length
                      }
                      var valid11 = _errs61 === errors
                    } else {
                      var valid11 = true
                    }
                    if (valid11) {
                      if (data27.groups !== undefined) {
                        let data30 = data27.groups
                        const _errs62 = errors
                        if (errors === _errs62) {
                          if (data30 && typeof data30 == 'object' && !Array.isArray(data30)) {
                            const _errs64 = errors
                            for (const key10 in data30) {
                              if (!(
                                key10 === 'cluster' ||
                                key10 === 'server' ||
                                key10 === 'agent'
                              )) {
                                validate21.errors = [
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
                            if (_errs64 === errors) {
                              if (data30.cluster !== undefined) {
                                let data31 = data30.cluster
                                const _errs65 = errors
                                if (errors === _errs65) {
                                  if (typeof data31 === 'string') {
                                    if (!pattern1.test(data31)) {
                                      validate21.errors = [
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
                                    validate21.errors = [
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
                                var valid12 = _errs65 === errors
                              } else {
                                var valid12 = true
                              }
                              if (valid12) {
                                if (data30.server !== undefined) {
                                  let data32 = data30.server
                                  const _errs67 = errors
                                  if (errors === _errs67) {
                                    if (typeof data32 === 'string') {
                                      if (!pattern1.test(data32)) {
                                        validate21.errors = [
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
                                      validate21.errors = [
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
                                  var valid12 = _errs67 === errors
                                } else {
                                  var valid12 = true
                                }
                                if (valid12) {
                                  if (data30.agent !== undefined) {
                                    let data33 = data30.agent
                                    const _errs69 = errors
                                    if (errors === _errs69) {
                                      if (typeof data33 === 'string') {
                                        if (!pattern1.test(data33)) {
                                          validate21.errors = [
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
                                        validate21.errors = [
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
                                    var valid12 = _errs69 === errors
                                  } else {
                                    var valid12 = true
                                  }
                                }
                              }
                            }
                          } else {
                            validate21.errors = [
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
                        var valid11 = _errs62 === errors
                      } else {
                        var valid11 = true
                      }
                      if (valid11) {
                        if (data27.vars !== undefined) {
                          let data34 = data27.vars
                          const _errs71 = errors
                          if (!(data34 && typeof data34 == 'object' && !Array.isArray(data34))) {
                            validate21.errors = [
                              {
                                instancePath: instancePath + '/defaults/vars',
                                schemaPath: '#/properties/defaults/properties/vars/type',
                                keyword: 'type',
                                params: { type: 'object' },
                              },
                            ]
                            return false
                          }
                          var valid11 = _errs71 === errors
                        } else {
                          var valid11 = true
                        }
                        if (valid11) {
                          if (data27.agent_token !== undefined) {
                            const _errs73 = errors
                            if (typeof data27.agent_token !== 'boolean') {
                              validate21.errors = [
                                {
                                  instancePath: instancePath + '/defaults/agent_token',
                                  schemaPath: '#/properties/defaults/properties/agent_token/type',
                                  keyword: 'type',
                                  params: { type: 'boolean' },
                                },
                              ]
                              return false
                            }
                            var valid11 = _errs73 === errors
                          } else {
                            var valid11 = true
                          }
                          if (valid11) {
                            if (data27.vault_id !== undefined) {
                              let data36 = data27.vault_id
                              const _errs75 = errors
                              if (errors === _errs75) {
                                if (typeof data36 === 'string') {
                                  if (!pattern9.test(data36)) {
                                    validate21.errors = [
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
                                  validate21.errors = [
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
                              var valid11 = _errs75 === errors
                            } else {
                              var valid11 = true
                            }
                            if (valid11) {
                              if (data27.emit !== undefined) {
                                let data37 = data27.emit
                                const _errs77 = errors
                                if (!(data37 === 'plain' || data37 === 'vaulted')) {
                                  validate21.errors = [
                                    {
                                      instancePath: instancePath + '/defaults/emit',
                                      schemaPath: '#/properties/defaults/properties/emit/enum',
                                      keyword: 'enum',
                                      params: {
                                        allowedValues:
                                          schema6.properties.defaults.properties.emit.enum,
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
                                if (data27.level !== undefined) {
                                  let data38 = data27.level
                                  const _errs78 = errors
                                  if (!(data38 === 'group' || data38 === 'host')) {
                                    validate21.errors = [
                                      {
                                        instancePath: instancePath + '/defaults/level',
                                        schemaPath: '#/properties/defaults/properties/level/enum',
                                        keyword: 'enum',
                                        params: {
                                          allowedValues:
                                            schema6.properties.defaults.properties.level.enum,
                                        },
                                      },
                                    ]
                                    return false
                                  }
                                  var valid11 = _errs78 === errors
                                } else {
                                  var valid11 = true
                                }
                                if (valid11) {
                                  if (data27.mint !== undefined) {
                                    let data39 = data27.mint
                                    const _errs79 = errors
                                    if (!(data39 === 'first-use' || data39 === 'never')) {
                                      validate21.errors = [
                                        {
                                          instancePath: instancePath + '/defaults/mint',
                                          schemaPath: '#/properties/defaults/properties/mint/enum',
                                          keyword: 'enum',
                                          params: {
                                            allowedValues:
                                              schema6.properties.defaults.properties.mint.enum,
                                          },
                                        },
                                      ]
                                      return false
                                    }
                                    var valid11 = _errs79 === errors
                                  } else {
                                    var valid11 = true
                                  }
                                  if (valid11) {
                                    if (data27.probe !== undefined) {
                                      const _errs80 = errors
                                      if (typeof data27.probe !== 'boolean') {
                                        validate21.errors = [
                                          {
                                            instancePath: instancePath + '/defaults/probe',
                                            schemaPath:
                                              '#/properties/defaults/properties/probe/type',
                                            keyword: 'type',
                                            params: { type: 'boolean' },
                                          },
                                        ]
                                        return false
                                      }
                                      var valid11 = _errs80 === errors
                                    } else {
                                      var valid11 = true
                                    }
                                    if (valid11) {
                                      if (data27.encrypt !== undefined) {
                                        let data41 = data27.encrypt
                                        const _errs82 = errors
                                        if (!(data41 === 'always' || data41 === 'never')) {
                                          validate21.errors = [
                                            {
                                              instancePath: instancePath + '/defaults/encrypt',
                                              schemaPath:
                                                '#/properties/defaults/properties/encrypt/enum',
                                              keyword: 'enum',
                                              params: {
                                                allowedValues:
                                                  schema6.properties.defaults.properties.encrypt
                                                    .enum,
                                              },
                                            },
                                          ]
                                          return false
                                        }
                                        var valid11 = _errs82 === errors
                                      } else {
                                        var valid11 = true
                                      }
                                      if (valid11) {
                                        if (data27.token !== undefined) {
                                          let data42 = data27.token
                                          const _errs83 = errors
                                          if (errors === _errs83) {
                                            if (
                                              data42 &&
                                              typeof data42 == 'object' &&
                                              !Array.isArray(data42)
                                            ) {
                                              const _errs85 = errors
                                              for (const key11 in data42) {
                                                if (!(key11 === 'length' || key11 === 'alphabet')) {
                                                  validate21.errors = [
                                                    {
                                                      instancePath:
                                                        instancePath + '/defaults/token',
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
                                              if (_errs85 === errors) {
                                                if (data42.length !== undefined) {
                                                  let data43 = data42.length
                                                  const _errs86 = errors
                                                  if (!(
                                                    typeof data43 == 'number' &&
                                                    !(data43 % 1) &&
                                                    !isNaN(data43) &&
                                                    isFinite(data43)
                                                  )) {
                                                    validate21.errors = [
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
                                                  if (errors === _errs86) {
                                                    if (
                                                      typeof data43 == 'number' &&
                                                      isFinite(data43)
                                                    ) {
                                                      if (data43 > 256 || isNaN(data43)) {
                                                        validate21.errors = [
                                                          {
                                                            instancePath:
                                                              instancePath +
                                                              '/defaults/token/length',
                                                            schemaPath:
                                                              '#/properties/defaults/properties/token/properties/length/maximum',
                                                            keyword: 'maximum',
                                                            params: {
                                                              comparison: '<=',
                                                              limit: 256,
                                                            },
                                                          },
                                                        ]
                                                        return false
                                                      } else {
                                                        if (data43 < 16 || isNaN(data43)) {
                                                          validate21.errors = [
                                                            {
                                                              instancePath:
                                                                instancePath +
                                                                '/defaults/token/length',
                                                              schemaPath:
                                                                '#/properties/defaults/properties/token/properties/length/minimum',
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
                                                  var valid13 = _errs86 === errors
                                                } else {
                                                  var valid13 = true
                                                }
                                                if (valid13) {
                                                  if (data42.alphabet !== undefined) {
                                                    let data44 = data42.alphabet
                                                    const _errs88 = errors
                                                    if (!(
                                                      data44 === 'alphanumeric' ||
                                                      data44 === 'hex' ||
                                                      data44 === 'url-safe' ||
                                                      data44 === 'complex'
                                                    )) {
                                                      validate21.errors = [
                                                        {
                                                          instancePath:
                                                            instancePath +
                                                            '/defaults/token/alphabet',
                                                          schemaPath:
                                                            '#/properties/defaults/properties/token/properties/alphabet/enum',
                                                          keyword: 'enum',
                                                          params: {
                                                            allowedValues:
                                                              schema6.properties.defaults.properties
                                                                .token.properties.alphabet.enum,
                                                          },
                                                        },
                                                      ]
                                                      return false
                                                    }
                                                    var valid13 = _errs88 === errors
                                                  } else {
                                                    var valid13 = true
                                                  }
                                                }
                                              }
                                            } else {
                                              validate21.errors = [
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
                                          var valid11 = _errs83 === errors
                                        } else {
                                          var valid11 = true
                                        }
                                        if (valid11) {
                                          if (data27.store !== undefined) {
                                            let data45 = data27.store
                                            const _errs89 = errors
                                            if (errors === _errs89) {
                                              if (typeof data45 === 'string') {
                                                if (!pattern10.test(data45)) {
                                                  validate21.errors = [
                                                    {
                                                      instancePath:
                                                        instancePath + '/defaults/store',
                                                      schemaPath:
                                                        '#/properties/defaults/properties/store/pattern',
                                                      keyword: 'pattern',
                                                      params: { pattern: '^[^\\u0000]+$' },
                                                    },
                                                  ]
                                                  return false
                                                }
                                              } else {
                                                validate21.errors = [
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
                                            var valid11 = _errs89 === errors
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
                }
              } else {
                validate21.errors = [
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
            var valid0 = _errs57 === errors
          } else {
            var valid0 = true
          }
          if (valid0) {
            if (data.include !== undefined) {
              let data46 = data.include
              const _errs91 = errors
              if (typeof data46 !== 'string' && !Array.isArray(data46)) {
                validate21.errors = [
                  {
                    instancePath: instancePath + '/include',
                    schemaPath: '#/properties/include/type',
                    keyword: 'type',
                    params: { type: schema6.properties.include.type },
                  },
                ]
                return false
              }
              if (errors === _errs91) {
                if (typeof data46 === 'string') {
                  if (!pattern5.test(data46)) {
                    validate21.errors = [
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
                if (errors === _errs91) {
                  if (Array.isArray(data46)) {
                    var valid14 = true
                    const len2 = data46.length
                    for (let i2 = 0; i2 < len2; i2++) {
                      let data47 = data46[i2]
                      const _errs93 = errors
                      if (errors === _errs93) {
                        if (typeof data47 === 'string') {
                          if (!pattern5.test(data47)) {
                            validate21.errors = [
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
                          validate21.errors = [
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
                      var valid14 = _errs93 === errors
                      if (!valid14) {
                        break
                      }
                    }
                  }
                }
              }
              var valid0 = _errs91 === errors
            } else {
              var valid0 = true
            }
          }
        }
      }
    } else {
      validate21.errors = [
        { instancePath, schemaPath: '#/type', keyword: 'type', params: { type: 'object' } },
      ]
      return false
    }
  }
  validate21.errors = vErrors
  return errors === 0
}
